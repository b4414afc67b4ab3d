"""Waking the feed's readers after a commit, without slowing any commit down.

Promise: after `poke()` every process that listens on CHANNEL is told within about PAUSE seconds, once for all pokes
in that time. A NOTIFY inside the writers' own transactions would make their commits queue one behind the other, so
one thread per process sends it on a connection of its own. If it is lost, readers find the events at their next poll.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import Any

import psycopg
from django.db import connections

CHANNEL = "gongdan_events"
PAUSE = 0.02  # seconds in which pokes are gathered
IDLE = 10.0  # seconds without a poke after which the connection is given back


class _Sender:
    """The thread of one process and its connection."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.poked = threading.Event()
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run, name="wake", daemon=True)
        self.connection: psycopg.Connection[tuple[object, ...]] | None = None

    def run(self) -> None:
        while not self.stopping.is_set():
            if not self.poked.wait(IDLE):
                self.disconnect()
                self.poked.wait()
            self.stopping.wait(PAUSE)
            self.poked.clear()
            self.notify()
        self.disconnect()

    def notify(self) -> None:
        """Tell, with one new connection if the old one is broken; otherwise leave it to the readers' poll."""
        for _ in range(2):
            try:
                if self.connection is None:
                    self.connection = connect()
                self.connection.execute(f"NOTIFY {CHANNEL}")
            except psycopg.Error:
                self.disconnect()
            else:
                return

    def disconnect(self) -> None:
        if self.connection is not None:
            with contextlib.suppress(psycopg.Error):
                self.connection.close()
        self.connection = None


class _Current:
    """The sender of this process; a forked child makes its own."""

    lock = threading.Lock()
    sender: _Sender | None = None


def connect() -> psycopg.Connection[tuple[object, ...]]:
    """A connection of one's own to the product's database, each statement its own transaction."""
    return psycopg.connect(**_options(), autocommit=True)


async def connect_async() -> psycopg.AsyncConnection[tuple[object, ...]]:
    """The same, for an event loop."""
    return await psycopg.AsyncConnection.connect(**_options(), autocommit=True)


def _options() -> dict[str, Any]:
    default = connections["default"]
    given = {**default.get_connection_params(), "application_name": "gongdan wake"}
    wanted = {"dbname", "user", "password", "host", "port", "service", "passfile", "application_name"}
    return {name: value for name, value in given.items() if name in wanted or name.startswith("ssl")}


def poke() -> None:
    """There is something new in the feed. Returns at once; safe in any thread and after a fork."""
    sender = _Current.sender
    if sender is None or sender.process != os.getpid():
        sender = _start()
    sender.poked.set()


def _start() -> _Sender:
    with _Current.lock:
        sender = _Current.sender
        if sender is None or sender.process != os.getpid():
            sender = _Current.sender = _Sender()
            sender.thread.start()
        return sender


def stop() -> None:
    """End the thread and its connection (tests, before their database is dropped); a later poke starts anew."""
    with _Current.lock:
        sender, _Current.sender = _Current.sender, None
    if sender is not None and sender.process == os.getpid():
        sender.stopping.set()
        sender.poked.set()
        sender.thread.join()
