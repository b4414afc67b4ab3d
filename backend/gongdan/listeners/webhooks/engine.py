"""The delivery engine: claims what is due, sends it, writes down what came of it. Until told to stop.

Promise: at least once, with the same `webhook-id` each time, in each subject's order. Killed at any moment it loses
nothing: what it had claimed is claimed again after the lease. Of an endpoint that works up to AT_ONCE requests are
under way; all that do not work share PROBES. Idle, it asks the database every POLL seconds and writes nothing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import psycopg
import structlog
from django.db import Error as DatabaseError
from django.db import connection

from gongdan.kernel import clock
from gongdan.listeners.webhooks import health, store
from gongdan.listeners.webhooks.hearing import hear
from gongdan.listeners.webhooks.retrying import FAILING
from gongdan.listeners.webhooks.sending import Sender
from gongdan.listeners.webhooks.store import Parcel, Result

AT_ONCE = 8  # requests under way per endpoint
QUOTA = 128  # deliveries claimed ahead per endpoint
PROBES = 64  # requests under way to endpoints that may not work
GATHER = 0.02  # seconds between two claims or marks under load; measured reason: one by one they cost more than sending
POLL = 5.0  # seconds between two looks when nothing is heard
SOON = 1.0  # seconds before looking again at what another engine has
AFTER_TROUBLE = 1.0  # seconds
SPARE = 5.0  # seconds a lease is longer than a request

T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass
class Line:
    """One endpoint's deliveries in this engine: those that wait for a free request, and how many are under way."""

    waiting: deque[Parcel] = field(default_factory=deque)
    under_way: int = 0
    failed: int = 0  # in a row
    probing: bool = False

    @property
    def held(self) -> int:
        return len(self.waiting) + self.under_way


class Engine:
    """Run once. `stop()` ends it: requests under way get `grace` seconds."""

    def __init__(self, sender: Sender, grace: float = 3.0) -> None:
        self.sender = sender
        self.grace = grace
        self.lease = timedelta(seconds=sender.seconds + SPARE)
        self.lines: dict[int, Line] = {}
        self.results: deque[Result] = deque()
        self.tasks: set[asyncio.Task[None]] = set()
        self.woken = asyncio.Event()
        self.arrived = asyncio.Event()
        self.stopping = asyncio.Event()
        self.database = ThreadPoolExecutor(1, thread_name_prefix="webhooks")

    def stop(self) -> None:
        self.stopping.set()
        self.woken.set()
        self.arrived.set()

    async def run(self) -> None:
        """Work until stopped; what was claimed and not sent is given back."""
        marking = asyncio.create_task(self._mark_all())
        hearing = asyncio.create_task(hear(self.woken.set))
        try:
            while not self.stopping.is_set():
                self.woken.clear()
                await self._wait(await self._claim())
        finally:
            hearing.cancel()
            await self._finish(marking)

    async def _claim(self) -> float:
        """Take what is due; answers how many seconds nothing will be due, if nothing is heard."""
        in_flight = {endpoint_id: line.held for endpoint_id, line in self.lines.items()}
        probes = PROBES - sum(line.probing for line in self.lines.values())
        try:
            parcels = await self._in_database(lambda: store.claim(in_flight, QUOTA, probes, self.lease))
            if not parcels and not self.lines:
                return await self._patience()
        except (DatabaseError, psycopg.Error) as error:
            await self._trouble("claim", error)
            return AFTER_TROUBLE
        for parcel in parcels:
            line = self.lines.setdefault(parcel.endpoint_id, Line())
            line.probing = not parcel.proven
            line.waiting.append(parcel)
        for endpoint_id in {parcel.endpoint_id for parcel in parcels}:
            self._pump(endpoint_id)
        return SOON

    async def _patience(self) -> float:
        due = await self._in_database(store.next_due)
        if due is None:
            return POLL
        seconds = (due - clock.now()).total_seconds()
        return min(POLL, seconds) if seconds > 0 else SOON  # what is due and was not to be had, another has

    async def _wait(self, seconds: float) -> None:
        """Until something is heard, or so long; never more than once in GATHER."""
        try:
            async with asyncio.timeout(seconds):
                await self.woken.wait()
        except TimeoutError:
            return
        if self.lines:
            await asyncio.sleep(GATHER)

    def _pump(self, endpoint_id: int) -> None:
        """Begin as many requests as may be under way; what is too old to be sent within its lease is given back."""
        line = self.lines[endpoint_id]
        latest = clock.now() + timedelta(seconds=self.sender.seconds + 1)
        if line.waiting and line.waiting[0].until < latest:
            self._give_back(line)
        while line.waiting and line.under_way < AT_ONCE and not self.stopping.is_set():
            parcel = line.waiting.popleft()
            line.under_way += 1
            self._begin(self._send(parcel, line))
        if not line.held:
            del self.lines[endpoint_id]

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _send(self, parcel: Parcel, line: Line) -> None:
        attempt = await self.sender.send(parcel.target, parcel.message_id, parcel.body)
        result = Result(parcel, attempt)
        self.results.append(result)
        self.arrived.set()
        line.under_way -= 1
        if attempt.succeeded:
            line.failed = 0
        elif health.counts(result):
            line.failed += 1
        if line.failed >= FAILING and line.waiting:
            self._give_back(line)
        self._pump(parcel.endpoint_id)

    def _give_back(self, line: Line) -> None:
        """What waits here is not sent now."""
        back = list(line.waiting)
        line.waiting.clear()
        self._begin(self._release(back))

    async def _release(self, parcels: list[Parcel]) -> None:
        try:
            await self._in_database(lambda: store.release(parcels))
        except (DatabaseError, psycopg.Error) as error:
            await self._trouble("release", error)  # the lease ends by itself
        self.woken.set()

    async def _mark_all(self) -> None:
        while not (self.stopping.is_set() and not self.results and not self.tasks):
            await self.arrived.wait()
            await asyncio.sleep(GATHER)
            self.arrived.clear()
            while self.results:
                await self._mark_some()
            self.woken.set()
            if self.stopping.is_set():
                self.arrived.set()

    async def _mark_some(self) -> None:
        some = [self.results.popleft() for _ in range(min(len(self.results), store.MOST))]
        try:
            await self._in_database(lambda: _mark(some))
        except (DatabaseError, psycopg.Error) as error:
            self.results.extendleft(reversed(some))
            await self._trouble("mark", error)

    async def _finish(self, marking: asyncio.Task[None]) -> None:
        waiting = [parcel for line in self.lines.values() for parcel in line.waiting]
        for line in self.lines.values():
            line.waiting.clear()
        if waiting:
            await self._release(waiting)
        self.arrived.set()
        await asyncio.wait([marking], timeout=self.grace)
        for task in (marking, *self.tasks):
            task.cancel()
        await self.sender.close()
        await self._in_database(_disconnect)
        self.database.shutdown(wait=False)

    async def _in_database(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.database, call)

    async def _trouble(self, doing: str, error: Exception) -> None:
        log.warning("webhooks.interrupted", doing=doing, error=str(error).strip())
        await self._in_database(_disconnect)
        await asyncio.sleep(AFTER_TROUBLE)


def _mark(results: list[Result]) -> None:
    health.note(results, store.mark(results))


def _disconnect() -> None:
    connection.close()  # each thread has its own; this one's
