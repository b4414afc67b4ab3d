"""A connection to a FreeSWITCH, real or played, and what it told: the calls as the ledger reckons them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from gongdan.channels.phone.contract import KnownCall, Refused, SystemSettings
from gongdan.channels.phone.providers.freeswitch import FreeswitchConnection
from gongdan.core.interactions.call_state import CallState
from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.ledger import reckon
from gongdan.core.interactions.phone_signals import Signal

PASSWORD = "right"
LIMIT = 10.0  # seconds that anything may take in these tests


class Heard:
    """An Intake that keeps what it is given, each key once as the database would."""

    def __init__(self) -> None:
        self.messages: dict[str, RawSignal] = {}
        self.given = 0
        self.moved = asyncio.Condition()

    async def take(self, messages: Sequence[RawSignal]) -> None:
        for one in messages:
            self.messages.setdefault(one.key, one)
        self.given += len(messages)
        async with self.moved:
            self.moved.notify_all()

    async def until(self, holds: Callable[[Heard], Any]) -> None:
        """Wait until something holds of what was heard."""
        async with asyncio.timeout(LIMIT), self.moved:
            await self.moved.wait_for(lambda: holds(self))

    @property
    def signals(self) -> list[Signal]:
        return [signal for one in self.messages.values() for signal in one.signals]

    @property
    def calls(self) -> dict[str, CallState]:
        keys = dict.fromkeys(signal.call for signal in self.signals)
        return {key: reckon(one for one in self.signals if one.call == key) for key in keys}

    @property
    def one(self) -> CallState:
        """The only call there is."""
        [state] = self.calls.values()
        return state

    def phase(self, phase: str) -> bool:
        return len(self.calls) == 1 and self.one.phase == phase

    @property
    def faults(self) -> list[str]:
        return [one.fault for one in self.messages.values() if one.fault]


def system(port: int, password: str = PASSWORD, **settings: Any) -> SystemSettings:
    extensions = {"8001": "", "8002": "", "8003": ""}
    return SystemSettings(
        1, "fs", "freeswitch", "127.0.0.1", port, "", password, settings, extensions=extensions
    )


class Listening:
    """A connection under way. `done`: its task."""

    def __init__(
        self, settings: SystemSettings, heard: Heard, known: Mapping[str, KnownCall] | None = None
    ) -> None:
        self.heard = heard
        self.ready = asyncio.Event()

        async def live_calls() -> Mapping[str, KnownCall]:
            return known or {}

        self.connection = FreeswitchConnection(settings, heard, self.ready.set, live_calls)
        self.done = asyncio.create_task(self.connection.run())

    async def until_ready(self) -> None:
        waiting = asyncio.create_task(self.ready.wait())
        async with asyncio.timeout(LIMIT):
            await asyncio.wait([waiting, self.done], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not self.ready.is_set():
            self.done.result()
            raise AssertionError("it ended without being ready")

    async def end(self) -> None:
        self.done.cancel()
        with suppress(asyncio.CancelledError, OSError, EOFError, Refused):
            await self.done


@asynccontextmanager
async def listening(
    settings: SystemSettings, known: Mapping[str, KnownCall] | None = None, heard: Heard | None = None
) -> AsyncIterator[Listening]:
    """A connection that is ready."""
    made = Listening(settings, heard or Heard(), known)
    try:
        await made.until_ready()
        yield made
    finally:
        await made.end()
