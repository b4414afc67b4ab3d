"""The only place where presence changes: the row, its spans, the after-call time of the call it belonged to, the event.

Callers hold the presences' row locks, in a transaction. A change to what it is already writes no span and no event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdan.core.interactions import rows
from gongdan.core.interactions.models import Presence, PresenceSpan, PresenceState
from gongdan.kernel import sql
from gongdan.kernel.actor import Actor
from gongdan.outbox.log import NewEvent, append_to_each

_COLUMNS = ("state", "reason", "after", "since", "until", "extension_id", "wrap_up_part", "version")
_CLOSE_SPANS = """UPDATE interactions_presencespan SET ended_at = greatest(began_at, %s::timestamptz)
WHERE staff_id = ANY(%s::bigint[]) AND ended_at IS NULL"""
_NOTE_WRAP_UP = """UPDATE interactions_callpart AS part SET wrap_up_seconds = found.seconds
FROM unnest(%s::bigint[], %s::integer[]) AS found(id, seconds) WHERE part.id = found.id"""
LONGEST = 86_400  # seconds of after-call work that are believed


@dataclass(frozen=True, slots=True)
class Change:
    """What a presence becomes. `until`, `after` and `part` (a CallPart's id) are for wrap_up only: when it ends by
    itself, what comes then, and which part of which call it follows. `extension` is told in the event if given."""

    presence: Presence
    state: str
    reason: str = ""
    until: datetime | None = None
    after: str = ""
    part: int | None = None
    extension: str = ""


def change(
    presence: Presence,
    state: str,
    *,
    now: datetime,
    actor: Actor,
    reason: str = "",
    until: datetime | None = None,
    after: str = "",
    part: int | None = None,
    extension: str = "",
) -> None:
    """Change one presence; its `extension_id` is written as it stands on the row given."""
    change_all([Change(presence, state, reason, until, after, part, extension)], now=now, actor=actor)


def change_all(changes: Sequence[Change], *, now: datetime, actor: Actor) -> None:
    """Change several people's presences, each named once, with as many statements as for one, beside the events."""
    if not changes:
        return
    _note_wrap_up(changes, now)
    moved = [one for one in changes if _moves(one)]
    events = {one.presence.staff_id: _event(one) for one in moved}
    for one in changes:
        _set(one, now)
    rows.update_all([one.presence for one in changes], _COLUMNS)
    if moved:
        sql.send(_CLOSE_SPANS, [now, [one.presence.staff_id for one in moved]])
        rows.insert_all([_span(one, now) for one in moved])
    append_to_each("staff", events, actor=actor, at=now)


def _moves(change: Change) -> bool:
    return (change.presence.state, change.presence.reason) != (change.state, change.reason)


def _note_wrap_up(changes: Sequence[Change], now: datetime) -> None:
    """Write down how long the after-call work took that ends with these changes."""
    ended = {
        old.wrap_up_part: min(LONGEST, max(0, int((now - old.since).total_seconds())))
        for one in changes
        if (old := one.presence).state == PresenceState.WRAP_UP
        and old.wrap_up_part is not None
        and not (one.state == PresenceState.WRAP_UP and one.part == old.wrap_up_part)
    }
    if ended:
        sql.send(_NOTE_WRAP_UP, [list(ended), list(ended.values())])


def _set(change: Change, now: datetime) -> None:
    one = change.presence
    if _moves(change) or one.wrap_up_part != change.part:
        one.since = now
    one.state, one.reason, one.until, one.after = change.state, change.reason, change.until, change.after
    one.wrap_up_part = change.part
    one.version += 1


def _span(change: Change, now: datetime) -> PresenceSpan:
    staff_id = change.presence.staff_id
    return PresenceSpan(staff_id=staff_id, state=change.state, reason=change.reason, began_at=now)


def _event(change: Change) -> NewEvent:
    data = {"old": change.presence.state, "new": change.state}
    if change.reason:
        data["reason"] = change.reason
    if change.extension:
        data["extension"] = change.extension
    return NewEvent("PresenceChanged", data)
