"""The deliver process: tells webhooks what happened, until SIGTERM or SIGINT.

Promise: ends within GRACE seconds or so of the signal; what was under way by then is sent again by the next one. Two
of them share the work.
"""

from __future__ import annotations

import asyncio
import signal

import structlog
from django.conf import settings

from gongdan.listeners.webhooks.engine import Engine
from gongdan.listeners.webhooks.sending import Sender

GRACE = 3.0  # seconds

log = structlog.get_logger(__name__)


def main() -> None:
    """Run until told to stop. An error of the engine ends the process, so that it is started anew."""
    asyncio.run(_deliver())


async def _deliver() -> None:
    engine = Engine(Sender(settings.WEBHOOK_SECONDS), GRACE)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, engine.stop)
    log.info("deliver.ready", seconds=settings.WEBHOOK_SECONDS)
    await engine.run()
    log.info("deliver.stopped")
