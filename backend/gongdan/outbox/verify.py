"""Checking the trail: was any record changed, removed, inserted, or a chain cut off, and where.

Promise: reads one snapshot, in memory that does not grow with the log. Every record's hash is recomputed; every chain
is compared with its head in the subject's own row and with the anchors. Found out are: a changed record; one removed
from the middle or the end; a forged one; swapped ones; a whole chain removed; a row removed whose chain is there; a
cut-off chain whose head was rewritten, if an anchor was made before; a changed or removed anchor.
Not found out: the removal of a whole ticket, row and all, before any anchor saw it; and anything by who has the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

import msgspec
from django.db import DataError, connection, transaction

from gongdan.outbox import anchors, chains, record
from gongdan.outbox.chain_check import Anchored, Finding, Record, check_chain
from gongdan.outbox.feed import BIGGEST
from gongdan.outbox.models import Anchor

CHUNK = 2000  # rows fetched at a time
_decode = msgspec.json.Decoder(dict[str, Any]).decode


END = BIGGEST + 1  # beyond every id
Report = Callable[[int], None]


def verify(
    *, subject: str | None = None, subject_id: int | None = None, progress: Report = lambda _: None
) -> Iterator[Finding]:
    """Everything wrong with all chains, or those of a subject, or one. `progress` is told records read, in steps."""
    first, last = (0, BIGGEST) if subject_id is None else (subject_id, subject_id)
    with transaction.atomic():
        _one_snapshot()
        if subject is None:
            yield from _check_anchors()
        for each in chains.subjects() if subject is None else [subject]:
            yield from _verify_subject(each, first, last, progress)


def count() -> int:
    """About how many records there are, for a progress bar; never too few."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM outbox_eventrecord")
        return int(cursor.fetchone()[0])


def _one_snapshot() -> None:
    """All that follows sees the same moment; within a caller's transaction, that one's."""
    if len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _verify_subject(subject: str, first: int, last: int, progress: Report) -> Iterator[Finding]:
    """Walk three streams side by side: the records, the heads in the subjects' rows, what anchors say."""
    records = _Groups(_records(subject, first, last, progress))
    heads = _Groups(chains.keeper_of(subject).heads(first, last))
    marks = _Groups(_anchored(subject, first, last))
    while (subject_id := min(records.at, heads.at, marks.at)) != END:
        kept = list(heads.take(subject_id))
        anchored = list(marks.take(subject_id))
        yield from check_chain(
            subject, subject_id, records.take(subject_id), kept[0] if kept else None, anchored
        )


class _Keyed(Protocol):
    @property
    def subject_id(self) -> int: ...


Row = TypeVar("Row", bound=_Keyed)


class _Groups(Generic[Row]):
    """A stream sorted by subject id, taken group by group. `at` is the next group's id, END when there is none."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.rows = rows
        self.row = next(rows, None)

    @property
    def at(self) -> int:
        return END if self.row is None else self.row.subject_id

    def take(self, subject_id: int) -> Iterator[Row]:
        """The rows of this subject; read them to the end before the next group."""
        while self.row is not None and self.row.subject_id == subject_id:
            yield self.row
            self.row = next(self.rows, None)


def _records(subject: str, first: int, last: int, progress: Report) -> Iterator[Record]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_RECORDS, [subject, first, last])
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield _record(subject, *row)
            progress(len(rows))


_RECORDS = """
SELECT subject_id, id, seq, type, version, actor::text, actor_staff_id,
CASE WHEN at BETWEEN '0002-01-01' AND '9998-01-01' THEN at END, data::text, previous_hash, hash
FROM outbox_eventrecord WHERE subject = %s AND subject_id BETWEEN %s AND %s ORDER BY subject_id, seq"""


def _record(
    subject: str, subject_id: int, id_: int, seq: int, type_: str, version: int, actor: str,
    staff_id: int | None, at: datetime | None, data: str, previous: bytes, hash_: bytes,
) -> Record:  # fmt: skip
    text = _content(subject, subject_id, seq, type_, version, actor, staff_id, at, data)
    true = record.chain(bytes(previous), text) if text is not None else None
    return Record(subject_id, id_, seq, bytes(previous), bytes(hash_), true)


def _content(
    subject: str, subject_id: int, seq: int, type_: str, version: int, actor: str,
    staff_id: int | None, at: datetime | None, data: str,
) -> bytes | None:  # fmt: skip
    """What the hash covers; None for what cannot have been written by us, so that nothing stops the verifier."""
    try:
        who, what = _decode(actor), _decode(data)
        if at is None or staff_id != (who.get("id") if who.get("kind") == "staff" else None):
            return None
        sides = record.canonical(who), record.canonical(what)
        return record.content(subject, subject_id, seq, type_, version, at, *sides)
    except (ValueError, RecursionError):
        return None


def _anchored(subject: str, first: int, last: int) -> Iterator[Anchored]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ANCHORED, [subject, first, last])
        while rows := cursor.fetchmany(CHUNK):
            yield from (Anchored(*row) for row in rows)


_ANCHORED = """
SELECT id, seq, hash, anchor_id FROM (
    SELECT CASE WHEN head->>1 ~ '^\\d{1,18}$' THEN (head->>1)::bigint END id,
        CASE WHEN head->>2 ~ '^\\d{1,9}$' THEN (head->>2)::int END seq, head->>3 hash, anchor.id anchor_id
    FROM outbox_anchor anchor,
        jsonb_array_elements(CASE jsonb_typeof(anchor.heads) WHEN 'array' THEN anchor.heads ELSE '[]' END) head
    WHERE head->>0 = %s
) marks WHERE id BETWEEN %s AND %s AND seq IS NOT NULL AND hash IS NOT NULL ORDER BY id, seq"""


def _check_anchors() -> Iterator[Finding]:
    previous = b""
    noted = anchors.noted()
    for key in list(Anchor.objects.order_by("id").values_list("pk", flat=True)):
        outside = noted.pop(key, None)
        anchor = _readable(key)
        if anchor is None:
            yield _of_anchor(key, "was changed")
            continue
        true = anchors.digest(
            bytes(anchor.previous_hash), anchor.made_at, anchor.upto_xact, anchor.upto_id, anchor.heads
        )
        if bytes(anchor.hash) != true or (outside is not None and outside != true.hex()):
            yield _of_anchor(anchor.pk, "was changed")
        elif bytes(anchor.previous_hash) != previous:
            yield _of_anchor(anchor.pk, "does not follow the one before it: an anchor was removed")
        previous = bytes(anchor.hash)
    for missing in sorted(noted):
        yield _of_anchor(missing, "is in the file of anchors but not in the database")


def _readable(key: int) -> Anchor | None:
    """The anchor; None if its row holds what no Python value can."""
    try:
        return Anchor.objects.get(pk=key)
    except (DataError, ValueError, RecursionError):
        return None


def _of_anchor(anchor_id: int, words: str) -> Finding:
    return Finding("anchor", "anchor", anchor_id, str(anchor_id), 0, None, f"Anchor {anchor_id} {words}.")
