"""From signals to rows: what changed in the calls of a batch is written, and told in events. See docs/calls.md.

Promise: whatever the order in which signals came, a call's rows end up the same; a batch costs a bounded number of
statements, not some for each call. Runs inside `take_in`'s transaction, which holds the calls' locks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from gongdan.core.interactions import line_words, matching, missed_calls, readings, rows, wrap_up
from gongdan.core.interactions.call_state import CallState
from gongdan.core.interactions.ledger import reckon
from gongdan.core.interactions.models import Call, CallPart, CallQueue, QueueEntry, Recording
from gongdan.core.interactions.people import seats
from gongdan.core.interactions.phone_signals import Kind, Signal
from gongdan.core.interactions.taken_call import TakenCall, settle
from gongdan.core.interactions.taking_events import events_of
from gongdan.kernel import sql
from gongdan.kernel.actor import Actor
from gongdan.outbox import log

_CODE = "SELECT code FROM interactions_telephonesystem WHERE id = %s"
_CALLS = "system_id = %s AND key = ANY(%s::text[]) ORDER BY id FOR NO KEY UPDATE"
_OF_CALLS = "call_id = ANY(%s::bigint[]) ORDER BY call_id, seq"
_RECORDINGS = "call_id = ANY(%s::bigint[]) ORDER BY id"
_CALL_COLUMNS = (
    "direction", "caller_id", "dialled", "line", "customer_number", "customer_id", "queue", "menu", "stays", "talks",
    "phase", "outcome", "began_at", "answered_at", "ended_at", "ended_by", "closed_by_us", "waiting_seconds",
    "talk_seconds", "hold_seconds", "agent_id", "department_id", "event_seq", "head_hash",
)  # fmt: skip
_PART_COLUMNS = (
    "extension", "leg", "direction", "queue", "rang_at", "answered_at", "ended_at", "outcome", "ring_seconds",
    "talk_seconds", "hold_seconds", "transferred_to", "transfer_mode",
)  # fmt: skip
_ENTRY_COLUMNS = ("queue", "entered_at", "left_at", "waited_seconds", "outcome")


def bring_up(
    system_id: int, fresh: Mapping[str, Collection[str]], *, now: datetime, actor: Actor
) -> list[TakenCall]:
    """Reckon these calls anew and write what is different; answers the calls that are. `fresh`: the keys of the
    messages of each that were just kept."""
    told = readings.of_calls(system_id, fresh)
    states = {key: reckon(one.signals) for key, one in told.items() if _speaks_of_a_call(one.signals)}
    old = {key for key, one in told.items() if one.keys - set(fresh[key])}
    calls = _remembered(_load(system_id, states), old, system_id, fresh)
    found = seats(system_id, {talk.party for one in calls if _has_new_parts(one) for talk in one.state.talks})
    for one in calls:
        settle(one, found)
    _match_customers(calls)
    touched = [one for one in calls if one.touched]
    if touched:
        _meet_queues(system_id, touched)
        _write(touched, system_id, now=now, actor=actor)
        settings = line_words.settings()
        over = [part for one in touched if one.call.direction != "internal" for part in one.over]
        wrap_up.follow(over, settings.wrap_up_seconds, now=now, actor=actor)
        missed_calls.follow(touched, settings, now=now, actor=actor)
    return touched


def _speaks_of_a_call(signals: Sequence[Signal]) -> bool:
    """A recording, or that something is gone, makes no call of what nothing else was ever told of."""
    return any(signal.kind not in (Kind.RECORDED, Kind.VANISHED) for signal in signals)


def _load(system_id: int, states: Mapping[str, CallState]) -> list[TakenCall]:
    """The calls as they are stored, locked, or new ones. One statement, and up to three more if any is stored."""
    known = {call.key: call for call in sql.fetch(Call, _CALLS, [system_id, sorted(states)])}
    taken = {key: _begun(system_id, key, state, known.get(key)) for key, state in states.items()}
    by_id = {call.pk: taken[call.key] for call in known.values()}
    if by_id:
        ids = [list(by_id)]
        for part in sql.fetch(CallPart, _OF_CALLS, ids):
            by_id[part.call_id].parts.append(part)
        for entry in sql.fetch(QueueEntry, _OF_CALLS, ids):
            by_id[entry.call_id].entries.append(entry)
        recorded = [key for key, one in by_id.items() if one.state.recordings]
        for recording in sql.fetch(Recording, _RECORDINGS, [recorded]) if recorded else ():
            by_id[recording.call_id].recordings.append(recording)
    return list(taken.values())


def _has_new_parts(one: TakenCall) -> bool:
    return [talk.party for talk in one.state.talks] != [part.extension for part in one.parts]


def _begun(system_id: int, key: str, state: CallState, call: Call | None) -> TakenCall:
    return TakenCall(state, call or Call(system_id=system_id, key=key), new=call is None)


def _remembered(
    calls: Sequence[TakenCall], old: Collection[str], system_id: int, fresh: Mapping[str, Collection[str]]
) -> list[TakenCall]:
    """Without calls whose earlier signals are forgotten: what comes now would make something else of the call."""
    forgotten = [one.call.key for one in calls if not one.new and one.call.key not in old]
    for key in forgotten:
        readings.set_aside(system_id, key, sorted(fresh[key]))
    return [one for one in calls if one.call.key not in forgotten]


def _match_customers(calls: Sequence[TakenCall]) -> None:
    """Who it is, where one customer alone has the number; never against what a person said."""
    wanted = {
        matching.customer_side(one.state)
        for one in calls
        if one.call.customer_id is None and not one.call.chosen and one.call.customer_number
    }
    found = matching.only_customers(wanted)
    for one in calls:
        customer_id = found.get(matching.customer_side(one.state))
        if one.call.customer_id is None and not one.call.chosen and customer_id:
            one.call.customer_id = customer_id
            one.changed = True


def _meet_queues(system_id: int, calls: Sequence[TakenCall]) -> None:
    """A queue that is met for the first time gets a row, so that it can be given a title and a service level."""
    names = {entry.queue for one in calls for entry in one.new_entries if entry.queue}
    unknown = [name for name in sorted(names) if (system_id, name) not in line_words.queues()]
    rows.insert_all([CallQueue(system_id=system_id, name=name) for name in unknown], once=True)


def _write(calls: Sequence[TakenCall], system_id: int, *, now: datetime, actor: Actor) -> None:
    _give_keys(calls)
    code = sql.execute(_CODE, [system_id])[0][0] if any(one.new for one in calls) else ""
    for recording in (row for one in calls for row in one.new_recordings):
        recording.next_try_at = now
    with sql.pipeline():
        for one in calls:
            _tell(one, code, now=now, actor=actor)
        rows.insert_all([one.call for one in calls if one.new])
        rows.update_all([one.call for one in calls if not one.new and one.changed], _CALL_COLUMNS)
        _delete(CallPart, [row for one in calls for row in one.gone_parts])
        _delete(QueueEntry, [row for one in calls for row in one.gone_entries])
        rows.insert_all([row for one in calls for row in one.new_parts])
        rows.update_all([row for one in calls for row in one.changed_parts], _PART_COLUMNS)
        rows.insert_all([row for one in calls for row in one.new_entries])
        rows.update_all([row for one in calls for row in one.changed_entries], _ENTRY_COLUMNS)
        rows.insert_all([row for one in calls for row in one.new_recordings], once=True)
        rows.update_all([row for one in calls for row in one.changed_recordings], ("url", "seconds"))


def _give_keys(calls: Sequence[TakenCall]) -> None:
    """New rows get their keys before they are written, for events and parts name their call."""
    new = [one.call for one in calls if one.new]
    for call, key in zip(new, rows.new_keys(Call, len(new)), strict=True):
        call.pk = key
    parts = [part for one in calls for part in one.new_parts]
    for part, key in zip(parts, rows.new_keys(CallPart, len(parts)), strict=True):
        part.pk = key
    belonging: Iterable[Any] = (
        row for one in calls for row in (*one.new_parts, *one.new_entries, *one.new_recordings)
    )
    for row in belonging:
        row.call_id = row.call.pk


def _tell(one: TakenCall, code: str, *, now: datetime, actor: Actor) -> None:
    events = events_of(one, code)
    if events:
        call = one.call
        head = log.append(
            "call", call.pk, log.Head(call.event_seq, bytes(call.head_hash)), events, actor=actor, at=now
        )
        call.event_seq, call.head_hash = head.seq, head.hash
        one.changed = True


def _delete(model: type[Model], gone: Sequence[Any]) -> None:
    """Rows of which the signals say nothing any more: an earlier reading took two for what is one."""
    if gone:
        text = f'DELETE FROM "{model._meta.db_table}" WHERE id = ANY(%s::bigint[])'  # noqa: S608  model name
        sql.send(text, [[row.pk for row in gone]])
