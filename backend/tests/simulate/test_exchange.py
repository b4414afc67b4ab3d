"""The exchange itself: the same day at every run, nothing out of order, recordings, what tests may do to it."""

from __future__ import annotations

import asyncio
import http.client
import io
import json
import wave
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdan.config.simulate import script
from gongdan.config.simulate.day import PROFILE, busiest_rate, day
from gongdan.config.simulate.exchange import Exchange, Setup, exchange
from gongdan.config.simulate.model import KINDS, Happening, Plan
from gongdan.config.simulate.robots import Robots
from gongdan.config.simulate.switchboard import Switchboard
from gongdan.config.simulate.threaded import exchange_thread
from gongdan.config.simulate.timeline import Timeline
from gongdan.config.simulate.truth import truth_of
from tests.simulate.talking import Talk, manager, run

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROBOTS = ("8001", "8002", "8003", "8004")


def plans(seed: int) -> Iterator[Plan]:
    return day(seed, hours=(9, 12), rate=busiest_rate(len(ROBOTS)), numbers=["13800138000"])


def played(seed: int) -> tuple[Switchboard, list[Happening]]:
    timeline = Timeline(BEGIN, speed=0)
    board = Switchboard(timeline)
    heard: list[Happening] = []
    board.add_phones(ROBOTS, robot=True)
    board.queue("hotline")
    robots = Robots(board)
    board.listeners.append(heard.append)
    for plan in plans(seed):
        timeline.after(plan.after, partial(robots.ring_in, plan))
    timeline.finish()
    return board, heard


def shape(heard: list[Happening]) -> list[tuple[str, datetime, int]]:
    return [(one.kind, one.at, one.channel.serial if one.channel else 0) for one in heard]


def test_a_seed_gives_the_same_day_and_another_seed_another() -> None:
    assert list(plans(1)) == list(plans(1))
    assert list(plans(1)) != list(plans(2))
    assert shape(played(3)[1]) == shape(played(3)[1])


@given(st.integers(min_value=0, max_value=60))
def test_whatever_the_seed_everyone_is_gone_in_the_end(seed: int) -> None:
    board, heard = played(seed)
    assert board.calls == {}
    assert all(not phone.lines and phone.ringing is None for phone in board.phones.values())
    assert all(not queue.waiting for queue in board.queues.values())
    assert [one.at for one in heard] == sorted(one.at for one in heard)
    assert {one.kind for one in heard} <= KINDS
    truth = truth_of(board.ended)
    assert truth.answered + truth.abandoned + truth.overflowed == truth.offered
    assert truth.talked + truth.unheard == truth.calls


def test_a_phone_has_one_call_at_a_time() -> None:
    """Robots are rung by queues only when they are free."""
    heard = played(5)[1]
    busy: dict[str, int] = dict.fromkeys(ROBOTS, 0)
    for one in heard:
        if one.channel is None or not one.channel.extension:
            continue
        if one.kind == "channel":
            busy[one.channel.extension] += 1
            assert busy[one.channel.extension] == 1
        if one.kind == "hangup":
            busy[one.channel.extension] -= 1


def test_more_calls_come_in_busy_hours() -> None:
    hours = [int(9 + plan.after / 3600) for plan in day(1, hours=(9, 18), rate=0.1)]
    assert PROFILE[10] > 1.5 * PROFILE[12]
    assert hours.count(10) > 1.3 * hours.count(12)


def test_recordings_come_and_some_do_not() -> None:
    with exchange_thread(speed=20.0) as made:
        comes = made.ring_in("13800138000", ring="8001", recording_comes=True)
        made.answer("8001")
        made.hang_up("8001")
        made.ring_in("13800138000", ring="8001", recording_comes=False)
        made.answer("8001")
        never = made.do(lambda one: one.phone("8001").call)
        made.hang_up("8001")
        status, kind, body = fetched(made.recordings + comes.recording)
        assert (status, kind) == (200, "audio/wav")
        with wave.open(io.BytesIO(body)) as sound:
            assert (sound.getframerate(), sound.getnchannels()) == (8000, 1)
        assert fetched(made.recordings + never.recording)[0] == 404


def fetched(address: str) -> tuple[int, str | None, bytes]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read()
    finally:
        connection.close()


def test_connections_are_dropped_garbage_is_sent_calls_are_forgotten() -> None:
    async def test(made: Exchange) -> None:
        talk = await manager(made)
        call = made.ring_in("13800138000", ring="8001")
        made.garbage(b"\x00 what?\r\n\r\n")
        await talk.until(lambda block: block.get("Event") == "DialBegin")
        made.forget_call(call)
        made.drop_connections()
        with pytest.raises(OSError):  # noqa: PT011  reset or closed, as it comes
            await until_closed(talk)
        assert made.board.channels() == []
        made.ring_in("13800138000", ring="8001")
        assert made.phone("8001").state == "ringing"

    run(test)


async def until_closed(talk: Talk) -> None:
    while await talk.reader.read(1000):
        pass
    raise ConnectionResetError


def test_people_come_before_robots() -> None:
    async def test() -> None:
        async with exchange(Setup(people=("8009",), robots=ROBOTS)) as made:
            made.ring_in("13800138000")
            assert made.phone("8009").state == "ringing"

    asyncio.run(test())


def test_a_script_makes_calls_ring_where_it_says() -> None:
    async def test() -> None:
        async with exchange(speed=20.0) as made:
            first = await said(made, call={"from": "13800138000", "to": "4008001235", "ring": "8002"})
            assert first == {"ok": True, "call": 1}
            assert (await said(made, state=True))["calls"][0]["channels"][1] == {
                "number": "8002",
                "state": "ringing",
                "held": False,
                "talks": False,
            }
            assert await said(made, answer="8002") == {"ok": True}
            assert await said(made, transfer={"from": "8002", "to": "8001"}) == {"ok": True}
            assert await said(made, answer="8001") == {"ok": True}
            assert await said(made, hang_up=1) == {"ok": True}
            assert (await said(made, state=True))["calls"] == []
            assert (await said(made, answer="8002"))["why"] == "no call at 8002"
            assert not (await said(made, dance=1))["ok"]
            assert not json.loads(await script.obey(made, "no json"))["ok"]
            assert asdict(made.truth())["transfers"] == 1

    asyncio.run(test())


async def said(made: Exchange, **order: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(await script.obey(made, json.dumps(order)))
    return answer
