"""The raw signals: kept before anything is made of them, and read back by call. See docs/calls.md.

Promise: what came is a row, once, whatever it holds; two processes that take in the same call wait for each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from hashlib import blake2b, sha256
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.phone_signals import Signal, from_json, to_json
from gongdan.kernel import sql

MOST_KEY, MOST_CALL, MOST_FAULT, MOST_RAW = 200, 120, 300, 16_000
# Locks of one kind have one first number, so that calls and numbers never wait for each other by chance.
CALLS, NUMBERS = 1, 2
_LOCK = "SELECT pg_advisory_xact_lock(%s::integer, key) FROM unnest(%s::integer[]) AS key"
_KEEP = """INSERT INTO interactions_phonesignal (system_id, key, call, received_at, raw, reading, fault)
SELECT %s::bigint, * FROM unnest(%s::text[], %s::text[], %s::timestamptz[], %s::text[], %s::jsonb[], %s::text[])
ON CONFLICT DO NOTHING RETURNING key"""
# Of a call that is flooded its beginning and what came last are read, for reading all of it would take ever longer.
MOST_READ, LAST_READ = 1_000, 100
_OF_CALLS = """SELECT call, key, reading FROM (SELECT call, key, reading,
  row_number() OVER (PARTITION BY call ORDER BY id) AS place, count(*) OVER (PARTITION BY call) AS whole
  FROM interactions_phonesignal WHERE system_id = %s AND call = ANY(%s::text[])) AS told
WHERE place <= %s OR place > whole - %s"""
_FAULT = """UPDATE interactions_phonesignal SET fault = %s
WHERE system_id = %s AND call = %s AND key = ANY(%s::text[])"""

_ASIDE = _FAULT.replace("fault = %s", "fault = %s, reading = '[]'")


@dataclass(frozen=True, slots=True)
class Kept:
    """Which calls got something new, with the keys of the new rows, and how many messages were there before."""

    calls: dict[str, list[str]]
    repeated: int


def keep(system_id: int, batch: Sequence[RawSignal]) -> Kept:
    """Store a batch; its calls are locked until the transaction ends. Two statements."""
    found = list({row.key: row for message in batch for row in _rows(message)}.values())
    lock(CALLS, {f"{system_id}:{row.call}" for row in found if row.call})
    stored = {key for (key,) in sql.execute(_KEEP, [system_id, *_columns(found)])}
    calls: dict[str, list[str]] = {}
    for row in found:
        if row.key in stored and row.signals:
            calls.setdefault(row.call, []).append(row.key)
    fresh = sum(_key(message.key) in stored for message in {one.key: one for one in batch}.values())
    return Kept(calls, len(batch) - fresh)


def lock(kind: int, names: Collection[str]) -> None:
    """Hold these names until the transaction ends, always taken in one order. One statement, none without names."""
    if names:
        keys = sorted(
            {int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), signed=True) for name in names}
        )
        sql.execute(_LOCK, [kind, keys])


@dataclass(slots=True)
class Told:
    """What is kept of a call: its signals, and the keys of the messages they came in."""

    signals: list[Signal] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


def of_calls(system_id: int, calls: Collection[str]) -> dict[str, Told]:
    """Everything that was ever told of these calls, in any order. One statement."""
    found = {call: Told() for call in calls}
    for call, key, reading in sql.execute(_OF_CALLS, [system_id, sorted(calls), MOST_READ, LAST_READ]):
        found[call].signals += [from_json(one) for one in _list(reading)]
        found[call].keys.add(key)
    return found


def _list(reading: Any) -> list[dict[str, Any]]:
    """Django leaves jsonb as text to be decoded."""
    found: list[dict[str, Any]] = reading if isinstance(reading, list) else msgspec.json.decode(reading)
    return found


def note_fault(system_id: int, call: str, keys: Sequence[str], why: str) -> None:
    """Say at these rows why nothing could be made of them."""
    sql.send(_FAULT, [storable(why, MOST_FAULT), system_id, call, list(keys)])


def set_aside(system_id: int, call: str, keys: Sequence[str]) -> None:
    """Rows that came when everything else of their call was forgotten: the raw words stay, nothing is read of them."""
    sql.send(_ASIDE, ["The call is long over.", system_id, call, list(keys)])


def storable(text: str, most: int) -> str:
    """The text as PostgreSQL takes it: no NUL, no lone surrogates; one too long is cut and told apart by a digest."""
    text = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    if len(text) <= most:
        return text
    return f"{text[: most - 17]}~{sha256(text.encode()).hexdigest()[:16]}"


def _key(key: str) -> str:
    return storable(key, MOST_KEY)


def _rows(message: RawSignal) -> Iterable[RawSignal]:
    """The message, and one row more for every further call it speaks of: a row belongs to one call."""
    signals = [_clean(signal) for signal in message.signals]
    call = storable(message.call, MOST_CALL) or (signals[0].call if signals else "")
    calls = list(dict.fromkeys([call, *(signal.call for signal in signals)]))
    for one in calls:
        own = one == call
        yield RawSignal(
            key=_key(message.key if own else f"{message.key}/{one}"),
            raw=storable(message.raw, MOST_RAW) if own else "",
            received_at=message.received_at,
            call=one,
            signals=tuple(signal for signal in signals if signal.call == one),
            fault=storable(message.fault, MOST_FAULT),
        )


def _clean(signal: Signal) -> Signal:
    """Storable words, aware time, extensions in upper case, seconds a database can hold."""
    words: dict[str, Any] = {
        name: storable(value, 2000)
        for name in (
            "key",
            "leg",
            "caller",
            "dialled",
            "line",
            "queue",
            "digits",
            "label",
            "cause",
            "ref",
            "url",
        )
        if not (value := getattr(signal, name)).isascii() or "\0" in value or len(value) > 2000
    }
    at = signal.at if signal.at.tzinfo else signal.at.replace(tzinfo=UTC)
    return replace(
        signal,
        call=storable(signal.call, MOST_CALL),
        at=at,
        party=storable(signal.party, 2000).upper(),
        to=storable(signal.to, 2000),
        seconds=max(0, min(signal.seconds, 10**9)),
        **words,
    )


def _columns(found: Sequence[RawSignal]) -> list[list[Any]]:
    return [
        [row.key for row in found],
        [row.call for row in found],
        [row.received_at for row in found],
        [row.raw for row in found],
        [Jsonb([to_json(signal) for signal in row.signals], _dump) for row in found],
        [row.fault for row in found],
    ]


def _dump(value: Any) -> str:
    return msgspec.json.encode(value).decode()
