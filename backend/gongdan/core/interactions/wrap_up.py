"""After-call work follows an answered part by itself, and ends by itself. Presence changes only through presence_changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gongdan.core.interactions import pausing
from gongdan.core.interactions.models import CallPart, Presence, PresenceState
from gongdan.core.interactions.presence_changes import Change, change_all
from gongdan.kernel import sql
from gongdan.kernel.actor import Actor

_PRESENCES = "staff_id = ANY(%s::bigint[]) AND state <> 'offline' ORDER BY staff_id FOR NO KEY UPDATE"
# Asked once the presences are locked: of two calls that end at once the second sees that the first is over.
_STILL_TALKING = """SELECT DISTINCT staff_id FROM interactions_callpart
WHERE staff_id = ANY(%s::bigint[]) AND ended_at IS NULL AND answered_at IS NOT NULL"""
# Two workers do not meet: what one holds the other passes over, and finds it changed the next time.
_DUE = "until <= %s ORDER BY until LIMIT %s FOR NO KEY UPDATE SKIP LOCKED"
BATCH = 200
WRAP_UP = PresenceState.WRAP_UP.value


def follow(over: Sequence[CallPart], seconds: int, *, now: datetime, actor: Actor) -> set[int]:
    """Put the people whose parts are over into after-call work for `seconds`; answers whom. The parts are written.

    Who still talks in another call goes on talking; who is offline stays so; 0 seconds mean that there is none.
    """
    latest = {
        part.staff_id: part for part in sorted(over, key=lambda one: (one.ended_at, one.pk)) if part.staff_id
    }
    if not latest or seconds <= 0:
        return set()
    presences = sql.fetch(Presence, _PRESENCES, [sorted(latest)])
    if not presences:
        return set()
    talking = {staff_id for (staff_id,) in sql.execute(_STILL_TALKING, [sorted(latest)])}
    free = [one for one in presences if one.staff_id not in talking]
    until = now + timedelta(seconds=seconds)
    ready = {one.staff_id: WRAP_UP for one in free if one.state == PresenceState.READY}
    changes = [
        Change(
            one,
            WRAP_UP,
            reason=one.reason,  # of the break it interrupted, to go back to it
            until=until,
            after=one.after if one.state == WRAP_UP else one.state,
            part=latest[one.staff_id].pk,
        )
        for one in free
    ]
    change_all(changes, now=now, actor=actor)
    pausing.tell(ready, now=now)
    return {one.staff_id for one in free}


def end_due(now: datetime, *, actor: Actor) -> set[int]:
    """End the after-call work whose time is over, at most BATCH; answers whose. In a transaction."""
    due = sql.fetch(Presence, _DUE, [now, BATCH])
    changes = [
        Change(one, after, reason=one.reason if after == PresenceState.BREAK else "")
        for one in due
        if (after := one.after or PresenceState.READY.value)
    ]
    change_all(changes, now=now, actor=actor)
    pausing.tell({one.staff_id: one.state for one in due if one.state == PresenceState.READY}, now=now)
    return {one.staff_id for one in due}
