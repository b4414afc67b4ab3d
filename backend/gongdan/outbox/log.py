"""Appending to the event log: one INSERT, in the caller's transaction, chained by keyed hashes.

Promise: an event is in the log exactly when what it tells of is in the database. Events of one subject form a chain
(`seq` from 1, `hash` over the previous hash and the record) and come out of the feed in that order.
Readers are woken after the commit, by `wake`; nothing here waits for anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db import connection, transaction

from gongdan.kernel import clock, sql
from gongdan.kernel.actor import Actor
from gongdan.outbox import record, registry, wake


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What happened, in past tense, with old and new values; `type` is in the catalogue (registry.TYPES)."""

    type: str
    data: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a subject's chain: the last record's seq (0 before the first) and hash (32 bytes, or none)."""

    seq: int = 0
    hash: bytes = b""


def append(
    subject: str, subject_id: int, head: Head, events: Sequence[NewEvent], *, actor: Actor, at: datetime
) -> Head:
    """Write `events` after `head` with one statement; returns the new head, which the caller keeps.

    The caller holds the subject's row lock, in a transaction. Raises registry.UndeclaredEvent for what the catalogue
    does not know, and django.db.IntegrityError when `head` is not the end of the chain.
    """
    if not events:
        return head
    who = _actor_json(actor)
    who_text = who.decode()
    seq, last = head.seq, bytes(head.hash)
    parameters: list[Any] = [subject, subject_id, head.seq] if head.seq else []
    for event in events:
        registry.check(subject, event.type, event.version, event.data)
        data = record.canonical(event.data)
        seq += 1
        previous = last
        text = record.content(subject, subject_id, seq, event.type, event.version, at, who, data)
        last = record.chain(previous, text)
        parameters += (
            subject, subject_id, seq, event.type, event.version, who_text, actor.staff_id, at, data.decode(),
            previous, last,
        )  # fmt: skip
    sql.send(_insert(len(events), first=not head.seq), parameters)
    transaction.on_commit(wake.poke)
    return Head(seq, last)


def append_to(
    subject: str, subject_id: int, events: Sequence[NewEvent], *, actor: Actor, at: datetime | None = None
) -> None:
    """`append` for subjects that do not keep their own head: it is kept, and locked, in ChainHead."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK_HEAD, [subject, subject_id])
        row = cursor.fetchone()
        head = append(
            subject, subject_id, Head(row[0], bytes(row[1])), events, actor=actor, at=at or clock.now()
        )
        cursor.execute(_KEEP_HEAD, [head.seq, head.hash, subject, subject_id])


def append_to_each(subject: str, events: Mapping[int, NewEvent], *, actor: Actor, at: datetime) -> None:
    """`append_to` for an event each of several subjects, by their ids: two statements beside one of each."""
    if not events:
        return
    ids = sorted(events)
    with transaction.atomic(savepoint=False):
        found = {key: Head(seq, bytes(last)) for key, seq, last in sql.execute(_LOCK_HEADS, [subject, ids])}
        with sql.pipeline():
            heads = [append(subject, key, found[key], [events[key]], actor=actor, at=at) for key in ids]
            sql.send(_KEEP_HEADS, [[head.seq for head in heads], [head.hash for head in heads], ids, subject])


def actor_of(actor: Actor) -> dict[str, Any]:
    """An actor as it stands in a record: {kind, id, name, via}."""
    identity = actor.staff_id if actor.kind == "staff" else actor.customer_id
    return {"kind": actor.kind, "id": identity, "name": actor.name, "via": actor.via}


@lru_cache(maxsize=1024)
def _actor_json(actor: Actor) -> bytes:
    return record.canonical(actor_of(actor))


# A transaction that took its id early and wrote this subject late would otherwise come out of the feed before the
# record it follows. A later id than one's own is safe: the feed shows neither before both have ended.
_AFTER_LAST = """WITH own AS MATERIALIZED (SELECT greatest(pg_current_xact_id()::text::bigint, (
  SELECT xact FROM outbox_eventrecord WHERE subject = %s AND subject_id = %s AND seq = %s)) AS xact)
"""
_COLUMNS = "subject, subject_id, seq, type, version, actor, actor_staff_id, at, data, previous_hash, hash"
_ROW = ", ".join(["%s"] * 11)


@cache
def _insert(count: int, *, first: bool) -> str:
    """The statement for `count` records; a chain's first need not look at a record before them."""
    row = f"({_ROW})" if first else f"((SELECT xact FROM own), {_ROW})"  # noqa: S608  constants only
    begin = "" if first else _AFTER_LAST
    columns = _COLUMNS if first else f"xact, {_COLUMNS}"
    rows = ", ".join([row] * count)
    return f"{begin}INSERT INTO outbox_eventrecord ({columns}) VALUES {rows}"  # noqa: S608  constants only


# The update that changes nothing locks the row and returns it, whether it is new or not.
_LOCK_HEAD = """
INSERT INTO outbox_chainhead (subject, subject_id, seq, hash) VALUES (%s, %s, 0, '')
ON CONFLICT (subject, subject_id) DO UPDATE SET seq = outbox_chainhead.seq
RETURNING seq, hash"""
_KEEP_HEAD = "UPDATE outbox_chainhead SET seq = %s, hash = %s WHERE subject = %s AND subject_id = %s"
# In the order of their ids, so that two who write to the same subjects do not wait for each other for ever.
_LOCK_HEADS = """
INSERT INTO outbox_chainhead (subject, subject_id, seq, hash) SELECT %s, id, 0, '' FROM unnest(%s::bigint[]) AS id
ON CONFLICT (subject, subject_id) DO UPDATE SET seq = outbox_chainhead.seq
RETURNING subject_id, seq, hash"""
_KEEP_HEADS = """UPDATE outbox_chainhead kept SET seq = found.seq, hash = found.hash
FROM unnest(%s::integer[], %s::bytea[], %s::bigint[]) AS found(seq, hash, id)
WHERE kept.subject = %s AND kept.subject_id = found.id"""
