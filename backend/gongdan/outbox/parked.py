"""Events a consumer could not handle, and those of the same subject that wait behind them.

Promise: a subject's events are retried in order, one at a time; the first of them is tried again ever more slowly
and after ATTEMPTS becomes a dead letter, which a person replays or dismisses. What waits behind it waits until then.
Every change here that lets the next event through says when it is due, so nothing waits behind nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from gongdan.kernel import clock
from gongdan.kernel.errors import NotFound
from gongdan.outbox import feed, wake
from gongdan.outbox.feed import Event

ATTEMPTS = 12
SLOWEST = timedelta(hours=1)
ERROR_LENGTH = 4000  # characters kept of an error, its end

Subject = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Failure:
    """An event to park; `error` is empty when it only waits behind an earlier one."""

    event: Event
    error: str


@dataclass(frozen=True, slots=True)
class Due:
    """A parked event whose time has come."""

    id: int
    event: Event
    attempts: int


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What a person sees of an event that was given up on; `waiting` counts the events behind it (up to 100)."""

    id: int
    consumer: str
    subject: str
    subject_id: int
    event_id: int
    type: str
    attempts: int
    error: str
    parked_at: datetime
    waiting: int


@dataclass(frozen=True, slots=True)
class Which:
    """Which dead letters are meant: of one consumer, parked not before `since` and before `until`. None: any."""

    consumer: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def sql(self) -> tuple[str, list[Any]]:
        """A condition on outbox_parkedevent p, and its parameters."""
        given = [
            ("p.consumer = %s", self.consumer), ("p.parked_at >= %s", self.since), ("p.parked_at < %s", self.until)
        ]  # fmt: skip
        asked = [(text, value) for text, value in given if value is not None]
        return " AND ".join(["p.state = 'dead'", *(text for text, _ in asked)]), [value for _, value in asked]


def delay(attempts: int) -> timedelta:
    """How long to wait after the `attempts`-th failure: 1, 2, 4, 8 … seconds."""
    return min(timedelta(seconds=2 ** min(attempts - 1, 20)), SLOWEST)


def blocked(consumer: str, subjects: Iterable[Subject]) -> set[Subject]:
    """Those of the subjects that have parked events."""
    wanted = set(subjects)
    if not wanted:
        return set()
    names, ids = zip(*wanted, strict=True)
    rows = _rows(
        "SELECT DISTINCT p.subject, p.subject_id FROM unnest(%s::text[], %s::bigint[]) AS w(subject, subject_id)"
        " JOIN outbox_parkedevent p ON p.consumer = %s AND p.subject = w.subject AND p.subject_id = w.subject_id",
        [list(names), list(ids), consumer],
    )
    return {(row[0], row[1]) for row in rows}


def park(consumer: str, failures: Sequence[Failure]) -> None:
    """Keep these for later, in the caller's transaction. Parking again what is parked changes nothing."""
    now = clock.now()
    for failure in failures:
        event = failure.event
        failed = bool(failure.error)
        _do(
            "INSERT INTO outbox_parkedevent (consumer, subject, subject_id, event_id, state, attempts, next_try_at,"
            " error, parked_at) VALUES (%s, %s, %s, %s, 'retrying', %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [
                consumer, event.subject, event.subject_id, event.id, int(failed),
                now + delay(1) if failed else None, failure.error[-ERROR_LENGTH:], now,
            ],
        )  # fmt: skip
    for subject in {(failure.event.subject, failure.event.subject_id) for failure in failures}:
        _release_first(consumer, *subject)


def due(consumer: str, limit: int = 50) -> list[Due]:
    """Parked events to try now, one per subject."""
    columns = ", ".join(f"e.{name}" for name in feed.COLUMNS.split(", "))
    rows = _rows(
        f"SELECT p.id, p.attempts, {columns} FROM outbox_parkedevent p"  # noqa: S608  constants only
        " JOIN outbox_eventrecord e ON e.id = p.event_id"
        " WHERE p.consumer = %s AND p.state = 'retrying' AND p.next_try_at <= %s ORDER BY p.next_try_at LIMIT %s",
        [consumer, clock.now(), limit],
    )
    return [Due(row[0], feed.event_of(row[2:]), row[1]) for row in rows]


def next_due(consumer: str) -> datetime | None:
    """When the next parked event is to be tried."""
    (row,) = _rows(
        "SELECT min(next_try_at) FROM outbox_parkedevent"
        " WHERE consumer = %s AND state = 'retrying' AND next_try_at IS NOT NULL",
        [consumer],
    )
    when: datetime | None = row[0]
    return when


def done(consumer: str, one: Due) -> None:
    """It was handled at last: the next of its subject may come."""
    _remove(one.id, consumer, one.event.subject, one.event.subject_id)


def failed_again(one: Due, error: str) -> None:
    """Plan the next try, or give up."""
    attempts = one.attempts + 1
    dead = attempts >= ATTEMPTS
    _do(
        "UPDATE outbox_parkedevent SET attempts = %s, error = %s, state = %s, next_try_at = %s WHERE id = %s",
        [
            attempts, error[-ERROR_LENGTH:], "dead" if dead else "retrying",
            None if dead else clock.now() + delay(attempts), one.id,
        ],
    )  # fmt: skip


def dead_letters(
    which: Which | None = None, *, before: int | None = None, limit: int = 50
) -> list[DeadLetter]:
    """The newest dead letters of all consumers, or `which`; `before` is the id of the last one seen."""
    condition, parameters = (which or Which()).sql()
    rows = _rows(
        "SELECT p.id, p.consumer, p.subject, p.subject_id, p.event_id, e.type, p.attempts, p.error, p.parked_at,"  # noqa: S608
        " (SELECT count(*) FROM (SELECT 1 FROM outbox_parkedevent b WHERE b.consumer = p.consumer"
        "   AND b.subject = p.subject AND b.subject_id = p.subject_id AND b.event_id > p.event_id LIMIT 100) w)"
        " FROM outbox_parkedevent p JOIN outbox_eventrecord e ON e.id = p.event_id"
        f" WHERE p.id < %s AND {condition} ORDER BY p.id DESC LIMIT %s",
        [before or feed.BIGGEST, *parameters, limit],
    )
    return [DeadLetter(*row) for row in rows]


def dead_ids(which: Which, *, after: int, limit: int) -> list[int]:
    """The ids of dead letters, oldest first; `after` is the last one seen."""
    condition, parameters = which.sql()
    rows = _rows(
        f"SELECT p.id FROM outbox_parkedevent p WHERE p.id > %s AND {condition} ORDER BY p.id LIMIT %s",  # noqa: S608
        [after, *parameters, limit],
    )
    return [row[0] for row in rows]


def replay(letter_id: int) -> None:
    """Try a dead letter again, now, from its first attempt. Raises NotFound("unknown_dead_letter")."""
    with transaction.atomic():
        _dead(letter_id)
        _do(
            "UPDATE outbox_parkedevent SET state = 'retrying', attempts = 0, next_try_at = %s WHERE id = %s",
            [clock.now(), letter_id],
        )
        transaction.on_commit(wake.poke)


def dismiss(letter_id: int) -> None:
    """Give a dead letter up for good; what waited behind it goes on. Raises NotFound("unknown_dead_letter")."""
    with transaction.atomic():
        consumer, subject, subject_id = _dead(letter_id)
        # The relay parks under the same lock: either it sees this gone, or this sees what it parked.
        _rows("SELECT 1 FROM outbox_consumercursor WHERE name = %s FOR UPDATE", [consumer])
        _remove(letter_id, consumer, subject, subject_id)
        transaction.on_commit(wake.poke)


def _dead(letter_id: int) -> tuple[str, str, int]:
    rows = _rows(
        "SELECT consumer, subject, subject_id FROM outbox_parkedevent WHERE id = %s AND state = 'dead' FOR UPDATE",
        [letter_id],
    )
    if not rows:
        raise NotFound("unknown_dead_letter", "There is no such dead letter.", id=letter_id)
    consumer, subject, subject_id = rows[0]
    return consumer, subject, subject_id


def _remove(parked_id: int, consumer: str, subject: str, subject_id: int) -> None:
    with transaction.atomic():
        _do("DELETE FROM outbox_parkedevent WHERE id = %s", [parked_id])
        _release_first(consumer, subject, subject_id)


def _release_first(consumer: str, subject: str, subject_id: int) -> None:
    """Whoever is first in line of its subject and has no time of its own is due now."""
    _do(
        "UPDATE outbox_parkedevent SET next_try_at = %s WHERE next_try_at IS NULL AND state = 'retrying' AND id = ("
        "SELECT id FROM outbox_parkedevent WHERE consumer = %s AND subject = %s AND subject_id = %s"
        " ORDER BY event_id LIMIT 1)",
        [clock.now(), consumer, subject, subject_id],
    )


def _do(sql: str, parameters: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
