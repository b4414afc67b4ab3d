"""One call of a batch: its rows as they were, brought to what its signals add up to now. Reads and writes nothing.

A part keeps its row, and its row its seq, whatever comes later: rows are known again by extension and leg, not by
their place, for a ring that was told late takes its place before others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model

from gongdan.core.interactions import shaping
from gongdan.core.interactions.call_state import CallState, RecordingRef, Talk
from gongdan.core.interactions.models import Call, CallPart, QueueEntry, Recording
from gongdan.core.interactions.people import Seat
from gongdan.core.interactions.readings import storable


@dataclass(slots=True)
class TakenCall:
    """`before`: (phase, outcome, ended_at) and `reached`: (answered_at, customer_number), as they were stored. The lists
    name the rows that are to be written; `answered`, `over` and `given_on` the parts that were answered, are over after
    an answer, or went elsewhere now."""

    state: CallState
    call: Call
    new: bool
    parts: list[CallPart] = field(default_factory=list)
    entries: list[QueueEntry] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    before: tuple[str, str, datetime | None] = ("", "", None)
    reached: tuple[datetime | None, str] = (None, "")
    changed: bool = False
    new_parts: list[CallPart] = field(default_factory=list)
    changed_parts: list[CallPart] = field(default_factory=list)
    gone_parts: list[CallPart] = field(default_factory=list)
    new_entries: list[QueueEntry] = field(default_factory=list)
    changed_entries: list[QueueEntry] = field(default_factory=list)
    gone_entries: list[QueueEntry] = field(default_factory=list)
    new_recordings: list[Recording] = field(default_factory=list)
    changed_recordings: list[Recording] = field(default_factory=list)
    answered: list[CallPart] = field(default_factory=list)
    over: list[CallPart] = field(default_factory=list)
    given_on: list[CallPart] = field(default_factory=list)

    @property
    def touched(self) -> bool:
        """Whether anything a page shows is different."""
        rows = (self.new_parts, self.changed_parts, self.gone_parts, self.new_entries, self.changed_entries)
        return self.changed or any(rows) or bool(self.gone_entries or self.new_recordings)

    @property
    def staff(self) -> set[int]:
        """Whose pages show it: those who are in it, or were until now."""
        told = [*self.parts, *self.gone_parts]
        now = [
            part
            for part in told
            if part.ended_at is None or part in self.changed_parts or part in self.new_parts
        ]
        return {part.staff_id for part in [*now, *self.gone_parts] if part.staff_id}


def settle(taken: TakenCall, seats: Mapping[str, Seat]) -> None:
    """Bring every row to the state."""
    call = taken.call
    taken.before = (call.phase, call.outcome, call.ended_at)
    taken.reached = (call.answered_at, call.customer_number)
    matched = _settle_parts(taken, seats)
    _settle_entries(taken)
    _settle_recordings(taken)
    columns = shaping.call_columns(taken.state)
    columns["talks"] = [shaping.talk_json(talk, row.seq) for talk, row in matched]
    agent = _agent(taken.parts)
    columns["agent_id"] = agent.staff_id if agent else None
    columns["department_id"] = agent.department_id if agent else None
    taken.changed = put(call, columns) or taken.new


def put(row: Model, columns: Mapping[str, Any]) -> bool:
    """Set the columns; whether any was different."""
    different = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _settle_parts(taken: TakenCall, seats: Mapping[str, Seat]) -> list[tuple[Talk, CallPart]]:
    shapes = [(talk, shaping.part_columns(taken.state, talk)) for talk in taken.state.talks]
    known = _known_again(taken.parts, [(columns["extension"], columns["leg"]) for _, columns in shapes])
    taken.gone_parts = [row for row in taken.parts if row not in known.values()]
    last = max((row.seq for row in taken.parts), default=0)
    matched = []
    for place, (talk, columns) in enumerate(shapes):
        row = known.get(place)
        if row is None:
            last += 1
            row = _new_part(taken.call, last, seats.get(columns["extension"]))
            taken.new_parts.append(row)
        _settle_part(taken, row, columns)
        matched.append((talk, row))
    taken.parts = [row for _, row in matched]
    return matched


def _known_again(rows: list[CallPart], wanted: list[tuple[str, str]]) -> dict[int, CallPart]:
    """The row of each talk by its place: the same extension and leg, else the same extension."""
    free, found = list(rows), {}
    for exactly in (True, False):
        for place, (extension, leg) in enumerate(wanted):
            fits = (row for row in free if row.extension == extension and (row.leg == leg or not exactly))
            row = next(fits, None) if place not in found else None
            if row is not None:
                found[place] = row
                free.remove(row)
    return found


def _new_part(call: Call, seq: int, seat: Seat | None) -> CallPart:
    return CallPart(
        call=call,
        seq=seq,
        system_id=call.system_id,
        staff_id=seat.staff_id if seat else None,
        department_id=seat.department_id if seat else None,
    )


def _settle_part(taken: TakenCall, row: CallPart, columns: Mapping[str, Any]) -> None:
    answered, over, to = row.answered_at, row.ended_at, row.transferred_to
    if not put(row, columns):
        return
    if row not in taken.new_parts:
        taken.changed_parts.append(row)
    if row.answered_at and not answered:
        taken.answered.append(row)
    if row.answered_at and row.ended_at and not (over and answered):
        taken.over.append(row)
    if row.transferred_to and not to:
        taken.given_on.append(row)


def _agent(parts: list[CallPart]) -> CallPart | None:
    """Who talked last; while nobody has, whom it rings at."""
    staff = [part for part in parts if part.staff_id]
    talked = [part for part in staff if part.answered_at]
    if talked:
        return max(talked, key=lambda part: (part.answered_at, part.seq))
    return next((part for part in staff if part.ended_at is None), None)


def _settle_entries(taken: TakenCall) -> None:
    """Stays are known again by their order."""
    for place, stay in enumerate(taken.state.stays):
        columns = shaping.entry_columns(stay)
        if place < len(taken.entries):
            row = taken.entries[place]
            if put(row, columns):
                taken.changed_entries.append(row)
        else:
            row = QueueEntry(call=taken.call, seq=place + 1, system_id=taken.call.system_id)
            put(row, columns)
            taken.new_entries.append(row)
    taken.gone_entries = taken.entries[len(taken.state.stays) :]


def _settle_recordings(taken: TakenCall) -> None:
    known = {row.ref: row for row in taken.recordings}
    for told in taken.state.recordings:
        ref = storable(told.ref, 300)
        row = known.get(ref)
        if row is None and ref:
            taken.new_recordings.append(_new_recording(taken.call, ref, told))
        elif row is not None and row.state == "awaited" and _told_more(row, told):
            taken.changed_recordings.append(row)


def _new_recording(call: Call, ref: str, told: RecordingRef) -> Recording:
    url = storable(told.url, 2000)
    return Recording(call=call, ref=ref, url=url, began_at=told.at, seconds=told.seconds)


def _told_more(row: Recording, told: RecordingRef) -> bool:
    return put(row, {"url": row.url or storable(told.url, 2000), "seconds": max(row.seconds, told.seconds)})
