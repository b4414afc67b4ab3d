"""Lets clocks fire: a thread of the worker that looks twice a second what is due, and goes on at once while there is more.

Promise: a card is issued within two seconds of its moment while the worker runs. Several workers share the work. What
goes wrong (a database that restarts) is said and tried again.
"""

from __future__ import annotations

import threading

import structlog
from django.db import connections

from gongdan.core.tickets.firing import Sweeper

LOOK = 0.5  # seconds between two looks
AFTER_TROUBLE = 2.0  # seconds

log = structlog.get_logger(__name__)


class Sweeping:
    """Start once, stop once."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clocks", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """Let the batch under way end, for at most `timeout` seconds."""
        self._stopping.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        sweeper, pause = Sweeper(), 0.0
        while not self._stopping.wait(pause):
            pause = self._once(sweeper)
        connections.close_all()

    def _once(self, sweeper: Sweeper) -> float:
        """One sweep; answers how long to wait before the next."""
        try:
            fired = sweeper.sweep()
        except Exception:
            log.exception("clocks.sweep_failed")
            connections.close_all()
            return AFTER_TROUBLE
        if fired:
            log.info("clocks.fired", count=fired)
        return 0.0 if fired else LOOK
