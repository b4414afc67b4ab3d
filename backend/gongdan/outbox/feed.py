"""Reading the event log in an order that cannot skip.

Promise: who reads page after page with the cursor of the page before sees every event exactly once, and the events of
one subject in their order. Ids alone cannot promise that: id 1 may be committed after a reader has passed id 2. So
the feed is ordered by (transaction id, id) and shows only transactions older than the oldest one still running.
The price: a long writing transaction holds the feed back for everybody, until it ends.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from django.db import connection

from gongdan.kernel.errors import Invalid

BIGGEST = 2**63 - 1
WINDOW = 2000  # events looked at in one call when only some types are wanted
_decode = msgspec.json.Decoder(dict[str, Any]).decode
_is_cursor = re.compile(r"[0-9a-f]{1,16}-[0-9a-f]{1,16}").fullmatch


def _unusable() -> Invalid:
    return Invalid("invalid_cursor", "The cursor was not made by the feed.", field="after")


class Cursor(NamedTuple):
    """A place in the feed: everything up to it was read. Opaque to callers: use `str()` and `parse()`."""

    xact: int = 0
    id: int = 0

    def __str__(self) -> str:
        return f"{self.xact:x}-{self.id:x}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """The cursor that `text` stands for, the beginning for "". Raises Invalid("invalid_cursor")."""
        if not text:
            return cls()
        if not _is_cursor(text):
            raise _unusable()
        xact, id_ = (int(part, 16) for part in text.split("-"))
        if max(xact, id_) > BIGGEST:
            raise _unusable()
        return cls(xact, id_)


@dataclass(frozen=True, slots=True)
class Event:
    """One event as its readers get it; `cursor` is the place right after it."""

    cursor: Cursor
    id: int
    subject: str
    subject_id: int
    seq: int
    type: str
    version: int
    actor: dict[str, Any]
    at: datetime
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Events in order, and the cursor to go on from (beyond events that were filtered out)."""

    events: Sequence[Event]
    cursor: Cursor


COLUMNS = "xact, id, subject, subject_id, seq, type, version, actor, at, data"
_SETTLED = "xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_AFTER = f"FROM outbox_eventrecord WHERE {_SETTLED} AND (xact, id) > (%s, %s)"
_ORDER = "ORDER BY xact, id LIMIT %s"
_ALL = f"SELECT {COLUMNS} {_AFTER} {_ORDER}"
_OF_SUBJECT = f"SELECT {COLUMNS} {_AFTER} AND subject = %s AND subject_id = %s {_ORDER}"
_OF_TYPES = f"""
WITH seen AS MATERIALIZED (SELECT {COLUMNS} {_AFTER} {_ORDER}),
  last AS (SELECT xact AS last_xact, id AS last_id FROM seen ORDER BY xact DESC, id DESC LIMIT 1),
  wanted AS (SELECT {COLUMNS} FROM seen WHERE type = ANY(%s) {_ORDER})
SELECT last.*, wanted.* FROM last LEFT JOIN wanted ON true ORDER BY wanted.xact, wanted.id"""  # noqa: S608


def read(after: Cursor, limit: int, *, types: Collection[str] | None = None) -> FeedPage:
    """At most `limit` events after the cursor, oldest first, of all types or of `types`.

    With `types` one call looks at WINDOW events at most, so an empty page may still move the cursor; the feed is read
    up when the cursor does not move.
    """
    if types is None:
        return _page(after, _rows(_ALL, [*after, limit]))
    rows = _rows(_OF_TYPES, [*after, WINDOW, list(types), limit])
    events = [event_of(row[2:]) for row in rows if row[2] is not None]
    if len(events) == limit or not rows:
        return FeedPage(events, events[-1].cursor if events else after)
    return FeedPage(events, Cursor(rows[0][0], rows[0][1]))


def read_subject(subject: str, subject_id: int, after: Cursor, limit: int) -> FeedPage:
    """The same, of one subject only."""
    return _page(after, _rows(_OF_SUBJECT, [*after, subject, subject_id, limit]))


def by_ids(ids: Collection[int]) -> dict[int, Event]:
    """Events by their ids, settled or not; an id nobody has is left out."""
    rows = _rows(f"SELECT {COLUMNS} FROM outbox_eventrecord WHERE id = ANY(%s)", [list(ids)])  # noqa: S608
    return {event.id: event for event in map(event_of, rows)}


def ids_of(subject: str, subject_id: int) -> list[int]:
    """The ids of all events of one subject, in order."""
    statement = "SELECT id FROM outbox_eventrecord WHERE subject = %s AND subject_id = %s ORDER BY seq"
    return [row[0] for row in _rows(statement, [subject, subject_id])]


def position() -> Cursor:
    """The end of the feed now. Take it before a snapshot is read: going on from it then repeats, but misses nothing."""
    (row,) = _rows("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint", [])
    return Cursor(row[0] - 1, BIGGEST)


def event_of(row: Sequence[Any]) -> Event:
    """An event from a row of COLUMNS, whose JSON comes as text from Django's raw cursors."""
    xact, id_, subject, subject_id, seq, type_, version, actor, at, data = row
    return Event(
        Cursor(xact, id_), id_, subject, subject_id, seq, type_, version, _decode(actor), at, _decode(data)
    )


def _page(after: Cursor, rows: Sequence[Sequence[Any]]) -> FeedPage:
    events = [event_of(row) for row in rows]
    return FeedPage(events, events[-1].cursor if events else after)


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
