"""The exchange's own time: as fast as wanted, and things happen in its order, so that a day is the same at every run.

Promise: what is due happens at exactly its time, however late the machine is; `now` never goes back and never runs
past something that is still due.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

BREATH = 20  # happenings between two looks at the connections


@dataclass(order=True)
class Due:
    """Something to be done at `at`; cancelled things are passed over."""

    at: datetime
    serial: int
    what: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class Timeline:
    """`speed`: seconds of this time in one real second; 0: no waiting at all."""

    def __init__(self, begin: datetime, speed: float = 1.0) -> None:
        self.speed = speed
        self._begin = begin
        self._last = begin
        self._started: float | None = time.monotonic()
        self._due: list[Due] = []
        self._serial = 0
        self._within = False
        self._changed = asyncio.Event()

    def now(self) -> datetime:
        """The time of what happens, or the running time between happenings."""
        if not self._within:
            running = self._running()
            self._drop_cancelled()
            if self._due:
                running = min(running, self._due[0].at)
            self._last = max(self._last, running)
        return self._last

    def stand_still(self) -> None:
        """Until `go_on`. Before anything has happened only."""
        self._started = None

    def go_on(self, at: datetime | None = None) -> None:
        """From where it stood, or from `at` if that is later."""
        if self._started is None:
            self._begin = max(self._begin, at or self._begin)
            self._started = time.monotonic()
        self._changed.set()

    def after(self, seconds: float, what: Callable[[], None]) -> Due:
        """Do `what` in `seconds` of this time."""
        self._serial += 1
        due = Due(self.now() + timedelta(seconds=max(0.0, seconds)), self._serial, what)
        heapq.heappush(self._due, due)
        self._changed.set()
        return due

    async def run(self, breathe: Callable[[], Awaitable[None]]) -> None:
        """Until cancelled. `breathe` is awaited now and then, so that a slow listener slows the exchange."""
        done = 0
        while True:
            self._drop_cancelled()
            self._changed.clear()
            wait = self._wait()
            if wait is None or wait > 0:
                await breathe()
                await self._sleep(wait)
                continue
            self._do(heapq.heappop(self._due))
            done += 1
            if done % BREATH == 0:
                await breathe()
                await asyncio.sleep(0)  # others have a turn even when nothing is waited for

    def finish(self) -> None:
        """Let everything that is due happen, without waiting, until nothing is."""
        while True:
            self._drop_cancelled()
            if not self._due:
                return
            self._do(heapq.heappop(self._due))

    def _do(self, due: Due) -> None:
        self._last = max(self._last, due.at)
        self._within = True
        try:
            due.what()
        finally:
            self._within = False

    def _wait(self) -> float | None:
        """Real seconds until the next thing is due; None when there is none."""
        if not self._due:
            return None
        if self.speed <= 0:
            return 0.0
        return (self._due[0].at - self._running()).total_seconds() / self.speed

    async def _sleep(self, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return

    def _running(self) -> datetime:
        if self.speed <= 0 or self._started is None:
            return self._last
        return self._begin + timedelta(seconds=(time.monotonic() - self._started) * self.speed)

    def _drop_cancelled(self) -> None:
        while self._due and self._due[0].cancelled:
            heapq.heappop(self._due)
