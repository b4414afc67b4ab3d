"""The phone process: speaks with the telephone systems, until SIGTERM or SIGINT.

Promise: while no system is set up it asks the database every PATIENCE seconds and is small: Django is not loaded
before there is something to do. Two of these processes share the systems.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from pathlib import Path

PATIENCE = 3.0  # seconds


def main() -> None:
    """Run until told to stop. An error of the engine ends the process, so that it is started anew."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    if not _wait_for_work(told):
        return
    from gongdan.config.cli.environment import use_django

    use_django()
    asyncio.run(_speak(told))


def _wait_for_work(told: threading.Event) -> bool:
    """Until a system is wanted; False when told to stop before."""
    while not told.is_set():
        if _is_wanted():
            return True
        told.wait(PATIENCE)
    return False


def _is_wanted() -> bool:
    """Whether a system is active. An unmigrated or absent database has none."""
    import psycopg

    from gongdan.config.cli.environment import home
    from gongdan.kernel.embedded_postgres import database_url

    try:
        with psycopg.connect(database_url(Path(home())), autocommit=True, connect_timeout=5) as connection:
            found = connection.execute("SELECT 1 FROM interactions_telephonesystem WHERE active LIMIT 1")
            return found.fetchone() is not None
    except psycopg.Error:
        return False


async def _speak(told: threading.Event) -> None:
    import structlog

    from gongdan.channels.phone.engine import Engine
    from gongdan.channels.phone.sweeps import SWEEPS

    log = structlog.get_logger(__name__)
    engine = Engine(SWEEPS)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, engine.stop)
    if told.is_set():
        return
    log.info("phone.ready", pid=os.getpid())
    await engine.run()
    log.info("phone.stopped")
