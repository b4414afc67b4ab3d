"""Messages on their way into the database: held in bounded number, made storable, handed over in batches.

Promise: nothing that was taken is lost while the process lives, whatever the database does; a sender faster than the
database waits. What a message holds never raises: it is cut, cleaned, or kept as a fault.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import islice

import structlog

from gongdan.channels.phone.engine_database import DatabaseThread, is_outage
from gongdan.core.interactions.actions.take_in import take_in
from gongdan.core.interactions.contracts import RawSignal
from gongdan.kernel import clock
from gongdan.web.live import bell

GATHER = 0.02  # seconds in which signals of one moment come together
BATCH = 200
MOST_WAITING = 2000  # messages of one system
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds while the database is away
log = structlog.get_logger(__name__)

MOST_RAW = 8000  # characters of a message that are kept
MOST_KEY = 200
MOST_CALL = 120
MOST_FAULT = 300


def unreadable(raw: bytes, received_at: datetime, why: str) -> RawSignal:
    """A message that could not be read, to be kept with `why`. Its key is made of what it is and when it came."""
    digest = sha256(raw + received_at.isoformat().encode()).hexdigest()
    return RawSignal(
        key=f"fault:{digest}",
        raw=raw[: MOST_RAW * 4].decode("utf-8", "replace"),
        received_at=received_at,
        fault=why,
    )


def storable(message: RawSignal) -> RawSignal:
    """The message as PostgreSQL takes it: without NUL and lone surrogates, no part longer than its column."""
    return replace(
        message,
        key=_clean(message.key, MOST_KEY),
        raw=_clean(message.raw, MOST_RAW),
        call=_clean(message.call, MOST_CALL),
        fault=_clean(message.fault, MOST_FAULT),
    )


def _clean(text: str, most: int) -> str:
    return text[:most].replace("\0", "\ufffd").encode("utf-8", "replace").decode()


class Door:
    """One system's way in: its messages that are not stored yet. An `Intake`."""

    def __init__(self, system_id: int, arrived: asyncio.Event) -> None:
        self.system_id = system_id
        self.arrived = arrived
        self.waiting: deque[RawSignal] = deque()
        self.moved = asyncio.Condition()
        self.given = 0
        self.stored = 0
        self.heard_at: datetime | None = None

    async def take(self, messages: Sequence[RawSignal]) -> None:
        """Keep `messages` for the database; waits for room."""
        for message in messages:
            if len(self.waiting) >= MOST_WAITING:
                await self._room()
            self.waiting.append(storable(message))
            self.given += 1
        if messages:
            self.heard_at = clock.now()
            self.arrived.set()

    async def _room(self) -> None:
        self.arrived.set()
        async with self.moved:
            await self.moved.wait_for(lambda: len(self.waiting) < MOST_WAITING)

    async def settled(self) -> None:
        """Until everything given so far is stored."""
        goal = self.given
        async with self.moved:
            await self.moved.wait_for(lambda: self.stored >= goal)

    async def done(self, count: int) -> None:
        """The first `count` are stored."""
        for _ in range(count):
            self.waiting.popleft()
        self.stored += count
        async with self.moved:
            self.moved.notify_all()


class Writer:
    """Hands over what waits at the doors, one batch of each system in turn, while `run` is under way."""

    def __init__(self, database: DatabaseThread) -> None:
        self.database = database
        self.arrived = asyncio.Event()
        self.doors: dict[int, Door] = {}
        self.pause = FIRST_PAUSE

    def door(self, system_id: int) -> Door:
        return self.doors.setdefault(system_id, Door(system_id, self.arrived))

    @property
    def waiting(self) -> int:
        return sum(len(door.waiting) for door in self.doors.values())

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.arrived.wait()
            if self.waiting < BATCH:
                await asyncio.sleep(GATHER)
            self.arrived.clear()
            await self.round()
            if self.waiting:
                self.arrived.set()

    async def round(self) -> None:
        """One batch of each door; after trouble with the database it waits a while, the messages with it."""
        for door in list(self.doors.values()):
            batch = list(islice(door.waiting, BATCH))
            if not batch:
                continue
            try:
                await self._hand_over(door, batch)
                self.pause = FIRST_PAUSE
            except Exception as error:
                if not is_outage(error):
                    raise
                log.warning("phone.intake_waits", waiting=self.waiting, error=str(error).strip())
                await asyncio.sleep(self.pause)
                self.pause = min(self.pause * 2, LONGEST_PAUSE)

    async def _hand_over(self, door: Door, batch: list[RawSignal]) -> None:
        if not await self._stored(door.system_id, batch):
            for message in batch:
                await self._one(door.system_id, message)
                await door.done(1)
        else:
            await door.done(len(batch))

    async def _one(self, system_id: int, message: RawSignal) -> None:
        """What cannot be taken in is kept as a fault; what cannot even be kept, said."""
        if await self._stored(system_id, [message]):
            return
        kept = replace(
            message, signals=(), call="", fault=message.fault or "could not be taken in; see the log"
        )
        if not await self._stored(system_id, [kept]):
            log.error("phone.message_dropped", system=system_id, key=message.key)

    async def _stored(self, system_id: int, batch: list[RawSignal]) -> bool:
        """False if something in it is bad. Raises when the database is away."""
        try:
            await self.database.call(_storing(system_id, batch))
        except Exception as error:
            if is_outage(error):
                raise
            if len(batch) == 1:
                log.exception("phone.bad_message", system=system_id, key=batch[0].key)
            return False
        return True


def _storing(system_id: int, batch: list[RawSignal]) -> Callable[[], None]:
    def work() -> None:
        taken = take_in(system_id, batch)
        if taken.staff:
            bell.ring(taken.staff, bell.PHONE)

    return work
