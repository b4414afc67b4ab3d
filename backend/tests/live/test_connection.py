"""A slow browser is cut off instead of holding others up or filling the memory."""

from __future__ import annotations

import asyncio

import pytest

from gongdan.web.live import connection
from gongdan.web.live.connection import Connection


def test_what_is_queued_comes_in_one_piece() -> None:
    async def walk() -> bytes | None:
        stream = Connection(1, None)
        stream.offer(b"a")
        stream.offer(b"b")
        return await stream.next(1.0)

    assert asyncio.run(walk()) == b"ab"


def test_nothing_for_a_while_is_a_beat() -> None:
    async def walk() -> bytes | None:
        return await Connection(1, None).next(0.001)

    assert asyncio.run(walk()) == b""


def test_a_closed_stream_says_what_is_queued_and_ends() -> None:
    async def walk() -> list[bytes | None]:
        stream = Connection(1, None)
        stream.offer(b"a")
        stream.close()
        stream.offer(b"b")
        return [await stream.next(1.0), await stream.next(1.0)]

    assert asyncio.run(walk()) == [b"a", None]


def test_a_full_queue_cuts_off_even_in_the_middle_of_sending() -> None:
    async def stuck(begun: asyncio.Event, streams: list[Connection]) -> None:
        streams.append(Connection(1, None))
        begun.set()
        await asyncio.Event().wait()  # a socket that takes nothing

    async def walk() -> tuple[bool, int]:
        begun, streams = asyncio.Event(), list[Connection]()
        sending = asyncio.create_task(stuck(begun, streams))
        await begun.wait()
        for _ in range(connection.QUEUE):
            streams[0].offer(b"x")
        assert not streams[0].closed
        streams[0].offer(b"one too many")
        with pytest.raises(asyncio.CancelledError):
            await sending
        return streams[0].closed, len(streams[0].waiting)

    assert asyncio.run(walk()) == (True, 0)
