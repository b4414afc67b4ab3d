"""A played exchange and a connection to it, and what to wait for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from gongdan.config.simulate.exchange import SECRET, Exchange, exchange
from tests.phone.freeswitch_listening import Heard, Listening, listening, system

Test = Callable[[Exchange, Listening], Awaitable[None]]
CALLER = "13800138000"


@asynccontextmanager
async def both(**settings: Any) -> AsyncIterator[tuple[Exchange, Listening]]:
    async with (
        exchange(dialect="freeswitch", speed=20.0) as played,
        listening(system(played.port, SECRET, **settings)) as heard,
    ):
        yield played, heard


def run(test: Test, **settings: Any) -> None:
    async def inside() -> None:
        async with both(**settings) as (played, connection):
            await test(played, connection)

    asyncio.run(inside())


def rings_at(extension: str) -> Callable[[Heard], bool]:
    return lambda heard: any(
        talk.party == extension and talk.live and talk.answered_at is None
        for call in heard.calls.values()
        for talk in call.talks
    )


def talks_at(extension: str) -> Callable[[Heard], bool]:
    return lambda heard: any(
        talk.party == extension and talk.live and talk.answered_at is not None
        for call in heard.calls.values()
        for talk in call.talks
    )


def phase(phase: str) -> Callable[[Heard], bool]:
    return lambda heard: heard.phase(phase)


def leg(connection: Listening, extension: str) -> str:
    [found] = [
        talk.leg
        for call in connection.heard.calls.values()
        for talk in call.talks
        if talk.party == extension and talk.live
    ]
    return found


async def answered(played: Exchange, connection: Listening, **more: Any) -> None:
    """A call that 8001 talks in."""
    played.ring_in(CALLER, ring="8001", **more)
    await connection.heard.until(rings_at("8001"))
    played.answer("8001")
    await connection.heard.until(talks_at("8001"))
