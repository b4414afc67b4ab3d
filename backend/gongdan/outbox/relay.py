"""Bringing every event to every consumer: at least once, in each subject's order, by one process at a time.

Promise: an event is handled or parked before the consumer's cursor passes it, whenever a process is killed. A success
only moves the cursor, once per batch, so a quiet day writes nothing. What fails is parked (see `parked`) and later
events of the same subject wait behind it; other subjects go on. Of several processes one owns a consumer, by a lock
of its database session: when it dies, the lock goes and another takes over. The cursor is written on that same
session, so who lost the lock cannot move the cursor.
"""

from __future__ import annotations

import hashlib
import threading
import time
import traceback
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
import structlog
from django.db import Error as DatabaseError
from django.db import connection, transaction

from gongdan.kernel import clock, reference
from gongdan.outbox import feed, parked
from gongdan.outbox.feed import Cursor, Event
from gongdan.outbox.listen import POLL, Listener
from gongdan.outbox.parked import Failure
from gongdan.outbox.subscribe import CONSUMERS, Consumer

BATCH = 100  # events between two writes of the cursor
BATCH_SECONDS = 1.0  # or this long
TAKEOVER = 2.0  # seconds between two tries of a standby to become owner
LOCK_CLASS = 0x676F6E67

log = structlog.get_logger(__name__)


class LostOwnership(Exception):
    """The session that held the lock is gone; start over."""


class Relay(threading.Thread):
    """One consumer's thread. `nudge()` tells it to look now."""

    def __init__(self, consumer: Consumer) -> None:
        super().__init__(name=f"relay {consumer.name}", daemon=True)
        self.consumer = consumer
        self.stopping = threading.Event()
        self.nudged = threading.Event()
        self.session: Any = None
        self.cursor = Cursor()

    def nudge(self) -> None:
        self.nudged.set()

    def stop(self) -> None:
        """Finish the event at hand, write the cursor and end. Does not wait."""
        self.stopping.set()
        self.nudged.set()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._own_and_work()
            except (LostOwnership, DatabaseError, psycopg.Error) as error:
                log.warning("relay.interrupted", consumer=self.consumer.name, error=str(error).strip())
                connection.close()
                self.stopping.wait(TAKEOVER / 2)
        connection.close()  # gives the lock back

    def _own_and_work(self) -> None:
        if not self.acquire():
            self.nudged.clear()
            self.nudged.wait(TAKEOVER)
            return
        while not self.stopping.is_set():
            self.nudged.clear()
            if not self.work():
                self.nudged.wait(self._patience())

    def acquire(self) -> bool:
        """Become this consumer's owner, at the place where the last owner stopped."""
        connection.ensure_connection()
        session = connection.connection
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_CLASS, lock_key(self.consumer.name)])
            if not cursor.fetchone()[0]:
                return False
            cursor.execute(_FIRST, [self.consumer.name, clock.now()])
            cursor.execute(_WHERE, [self.consumer.name])
            self.cursor = Cursor(*cursor.fetchone())
        self.session = session
        return True

    def work(self) -> bool:
        """Retry what is due and handle a batch of what is new; whether there was anything."""
        retried = self._retry()
        return self._advance() or retried

    def _advance(self) -> bool:
        page = feed.read(self.cursor, BATCH)
        if not page.events:
            return False
        wanted = [event for event in page.events if event.type in self.consumer.handlers]
        blocked = parked.blocked(self.consumer.name, ((event.subject, event.subject_id) for event in wanted))
        if wanted:
            reference.refresh()
        failures: list[Failure] = []
        reached = self.cursor
        started = time.monotonic()
        handled = self._together([one for one in wanted if (one.subject, one.subject_id) not in blocked])
        for event in page.events:
            if event.id in handled:
                reached = event.cursor
                continue
            failure = self._handle(event, blocked)
            if failure is not None:
                failures.append(failure)
                blocked.add((event.subject, event.subject_id))
            reached = event.cursor
            if self.stopping.is_set() or time.monotonic() - started > BATCH_SECONDS:
                break
        self._mark(reached, failures)
        return True

    def _together(self, events: Sequence[Event]) -> frozenset[int]:
        """The ids of what a handler of batches handled at once: all, or none if it failed or there is no such handler."""
        if self.consumer.batch is None or not events:
            return frozenset()
        try:
            self.consumer.batch(events)
        except Exception as error:  # noqa: BLE001  each is tried alone, and that says whose fault it is
            self._require_ownership()
            log.warning(
                "relay.batch_failed", consumer=self.consumer.name, count=len(events), error=repr(error)
            )
            return frozenset()
        return frozenset(event.id for event in events)

    def _handle(self, event: Event, blocked: set[parked.Subject]) -> Failure | None:
        if event.type not in self.consumer.handlers:
            return None
        if (event.subject, event.subject_id) in blocked:
            return Failure(event, "")
        error = self._attempt(event)
        return Failure(event, error) if error else None

    def _attempt(self, event: Event) -> str:
        """The error's words, or nothing. When it was the database that failed, nobody is to blame: LostOwnership."""
        try:
            for handler in self.consumer.handlers[event.type]:
                handler(event)
        except Exception as error:  # noqa: BLE001  whatever it is, the event is kept and tried again
            self._require_ownership()
            log.warning("relay.failed", consumer=self.consumer.name, event_id=event.id, error=repr(error))
            return "".join(traceback.format_exception(error))
        return ""

    def _mark(self, reached: Cursor, failures: list[Failure]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            self._require_ownership()
            cursor.execute(_MOVE, [*reached, clock.now(), self.consumer.name])
            parked.park(self.consumer.name, failures)
        self.cursor = reached

    def _retry(self) -> bool:
        heads = parked.due(self.consumer.name)
        if heads:
            reference.refresh()
        for one in heads:
            if self.stopping.is_set():
                break
            error = self._attempt(one.event) if one.event.type in self.consumer.handlers else ""
            self._require_ownership()
            if error:
                parked.failed_again(one, error)
            else:
                parked.done(self.consumer.name, one)
        return bool(heads)

    def _require_ownership(self) -> None:
        """Django reconnects by itself, but the lock stays with the old session."""
        now = connection.connection
        if now is None or now is not self.session or now.closed:
            raise LostOwnership(f"{self.consumer.name} lost its database session")

    def _patience(self) -> float:
        """Seconds until the next retry, POLL at most."""
        due = parked.next_due(self.consumer.name)
        return POLL if due is None else min(POLL, max(0.0, (due - clock.now()).total_seconds()))


_FIRST = (
    "INSERT INTO outbox_consumercursor (name, xact, event_id, updated_at) VALUES (%s, 0, 0, %s)"
    " ON CONFLICT DO NOTHING"
)
_WHERE = "SELECT xact, event_id FROM outbox_consumercursor WHERE name = %s"
_MOVE = "UPDATE outbox_consumercursor SET xact = %s, event_id = %s, updated_at = %s WHERE name = %s"


def lock_key(name: str) -> int:
    """A consumer's number for its lock."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big", signed=True)


class Relays:
    """The threads of one process: one per consumer, and one that listens for all."""

    def __init__(self, consumers: Iterable[Consumer] | None = None) -> None:
        self.relays = [Relay(one) for one in (CONSUMERS.values() if consumers is None else consumers)]
        self.listener = Listener(lambda _channel, _payload: self.nudge())

    def nudge(self) -> None:
        for relay in self.relays:
            relay.nudge()

    def start(self) -> None:
        for thread in (*self.relays, self.listener):
            thread.start()

    def stop(self, seconds: float = 4.0) -> None:
        """End all threads; what does not end within `seconds` ends with the process and is done again."""
        for relay in self.relays:
            relay.stop()
        self.listener.stop()
        deadline = time.monotonic() + seconds
        for relay in self.relays:
            relay.join(max(0.0, deadline - time.monotonic()))
