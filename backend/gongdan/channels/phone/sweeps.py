"""What comes about by the clock alone: after-call work that is over, people whose page is long closed, calls that no
system speaks of any more, recordings due."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass

import structlog

from gongdan.channels.phone import recordings
from gongdan.channels.phone.engine_database import TROUBLE, DatabaseThread
from gongdan.core.interactions.actions.absent import sign_out_absent
from gongdan.core.interactions.actions.close_silent import close_silent
from gongdan.core.interactions.actions.end_wrap_ups import end_wrap_ups
from gongdan.kernel import clock
from gongdan.web.live import bell

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """`call` is made every so many seconds in a thread of its own; it answers whose pages must look anew."""

    name: str
    every: float
    call: Callable[[], Collection[int]]


SWEEPS = (
    Sweep("wrap-ups", 1.0, lambda: end_wrap_ups(clock.now())),
    Sweep("absent", 15.0, lambda: sign_out_absent(clock.now())),
    Sweep("silent", 60.0, lambda: close_silent(clock.now())),
    Sweep("recordings", 2.0, recordings.fetch_now),
)


async def run(sweeps: tuple[Sweep, ...]) -> None:
    """Until cancelled. What fails is tried again next time."""
    async with asyncio.TaskGroup() as group:
        for sweep in sweeps:
            group.create_task(_repeat(sweep))


async def _repeat(sweep: Sweep) -> None:
    database = DatabaseThread(sweep.name)
    try:
        while True:
            try:
                await database.call(lambda: _tell(sweep))
            except TROUBLE as error:
                log.warning("phone.sweep_waits", name=sweep.name, error=str(error).strip())
            except Exception:
                log.exception("phone.sweep_failed", name=sweep.name)
            await asyncio.sleep(sweep.every)
    finally:
        database.abandon()


def _tell(sweep: Sweep) -> None:
    told = sweep.call()
    if told:
        bell.ring(told, bell.PHONE)
