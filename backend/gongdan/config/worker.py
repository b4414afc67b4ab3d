"""The worker process: brings events to the listeners, lets clocks fire and runs jobs, until SIGTERM or SIGINT.

Promise: ends within GRACE seconds or so of the signal; what was not finished by then is done again by the next one.
Started twice, both share the jobs, and each listener has one of them as its owner. At the end it anchors the trail.
"""

from __future__ import annotations

import asyncio
import signal

import structlog
from django.db import connections

from gongdan.config import job_list, rooms, schedule
from gongdan.config.sweeping import Sweeping
from gongdan.kernel import jobs
from gongdan.modules.interception import asking
from gongdan.outbox import anchors
from gongdan.outbox.relay import Relays

GRACE = 3.0  # seconds
CONCURRENCY = 2  # jobs at a time

log = structlog.get_logger(__name__)


def main() -> None:
    """Run until told to stop. An error of the job worker ends the process, so that it is started anew."""
    rooms.load()
    schedule.install()
    asking.install()
    relays = Relays()
    relays.start()
    sweeping = Sweeping()
    sweeping.start()
    listeners = [relay.consumer.name for relay in relays.relays]
    try:
        asyncio.run(_work_until_told(listeners))
    finally:
        sweeping.stop(GRACE)
        relays.stop(GRACE)
    log.info("worker.stopped", anchored=anchors.make_anchor())
    connections.close_all()


async def _work_until_told(listeners: list[str]) -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    log.info("worker.ready", listeners=listeners, jobs=job_list.NAMES)  # not before it can be told to end
    async with jobs.worker(concurrency=CONCURRENCY, grace=GRACE) as running:
        waiting = asyncio.ensure_future(told.wait())
        failed = asyncio.ensure_future(running)
        await asyncio.wait([waiting, failed], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not told.is_set():
            await failed
