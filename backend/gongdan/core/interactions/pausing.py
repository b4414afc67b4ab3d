"""Who is not ready is not rung by a system's queues, and again once they are, where the system can be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gongdan.core.interactions import rows
from gongdan.core.interactions.commands import CHANNEL, SYSTEM, connected, place
from gongdan.core.interactions.models import Extension, PhoneCommand, PresenceState
from gongdan.kernel import sql

_WAKE = "SELECT pg_notify(%s, system) FROM unnest(%s::text[]) AS system"


def tell(states: Mapping[int, str], *, now: datetime, reason: str = "", asked_by: int | None = None) -> None:
    """Pause or unpause these people by the state each has now. At most three statements, however many they are.

    `asked_by` is told if the system does not do it; else each of them.
    """
    if not states:
        return
    wanted = ("number", "channel", "system_id", "presence__staff_id", *SYSTEM)
    seats = Extension.objects.filter(presence__staff_id__in=sorted(states)).values(*wanted)
    asked = []
    for seat in seats:
        staff_id = seat["presence__staff_id"]
        state = states[staff_id]
        verb = "unpause" if state == PresenceState.READY else "pause"
        if connected(seat) and verb in seat["system__capabilities"]:
            args = place(seat["number"], seat["channel"])
            if verb == "pause":
                args["reason"] = reason or str(state)
            asked.append(
                PhoneCommand(
                    system_id=seat["system_id"],
                    verb=verb,
                    args=args,
                    staff_id=asked_by or staff_id,
                    asked_at=now,
                )
            )
    if asked:
        rows.insert_all(asked)
        sql.execute(_WAKE, [CHANNEL, sorted({str(one.system_id) for one in asked})])
