"""A thread that hears NOTIFY, and ticks when it hears nothing.

Promise: the callback is called soon after a notification on one of the channels, and every POLL seconds anyway (with
no channel), because a notification may be lost: the poll heals that. It reconnects by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import psycopg
import structlog

from gongdan.outbox import wake

POLL = 5.0  # seconds
PATIENCE = 0.5  # seconds between two looks at whether to stop
RECONNECT = 1.0  # seconds
# After a quiet moment the first notification is heard at once; under load those of this time are heard together.
# Measured reason: at 270 tickets a second two readers woken fifty times a second took a fifth of the machine.
GATHER = 0.1  # seconds

Heard = Callable[[str | None, str], None]
log = structlog.get_logger(__name__)


class Listener(threading.Thread):
    """Call `heard(channel, payload)` for notifications, `heard(None, "")` for ticks, until `stop()`."""

    def __init__(self, heard: Heard, channels: Sequence[str] = (wake.CHANNEL,)) -> None:
        super().__init__(name="listen", daemon=True)
        self.heard = heard
        self.channels = channels
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                with wake.connect() as connection:
                    self._listen(connection)
            except psycopg.Error as error:
                log.warning("listen.broken", error=str(error).strip())
                self.heard(None, "")
                self.stopping.wait(RECONNECT)

    def _listen(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        for channel in self.channels:
            connection.execute(f"LISTEN {channel}".encode())
        self.heard(None, "")  # what came while nobody listened
        quiet = 0.0
        while not self.stopping.is_set():
            heard = set()
            for notification in connection.notifies(timeout=PATIENCE, stop_after=1):
                heard.add((notification.channel, notification.payload))
            for channel, payload in heard:
                self.heard(channel, payload)
            if heard:
                self.stopping.wait(GATHER)
            quiet = 0.0 if heard else quiet + PATIENCE
            if quiet >= POLL:
                quiet = 0.0
                self.heard(None, "")

    def stop(self) -> None:
        """End the thread within PATIENCE; joins it."""
        self.stopping.set()
        if self.is_alive():
            self.join()
