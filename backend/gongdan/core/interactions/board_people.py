"""The people on the board: how each stands to the line, whom they talk to since when, and what they answered today."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from gongdan.core.interactions import line_words, shown
from gongdan.core.interactions.access import SUPERVISE
from gongdan.core.interactions.live_calls import on_hold
from gongdan.core.interactions.models import CallPart
from gongdan.core.interactions.reaching import people_q
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.staff.models import Staff

MOST = 1000
PERSON = (
    *("id", "name", "department__name", "presence__state", "presence__reason", "presence__since"),
    "presence__extension__number",
)
PART = (
    *("staff_id", "seq", "call_id", "queue", "rang_at", "answered_at", "system_id", "call__direction"),
    *("call__talks", "call__customer_number", *(f"call__{name}" for name in shown.CUSTOMER)),
)
Row = dict[str, Any]


def people(grants: StaffGrants, now: datetime, staff_id: int | None = None) -> list[Row]:
    """Everybody within reach who ever signed in to an extension, by name; or one of them. Four statements."""
    within = Staff.objects.filter(people_q(grants, SUPERVISE), presence__isnull=False)
    if staff_id is not None:
        within = within.filter(pk=staff_id)
    found = list(within.order_by("name", "id").values(*PERSON)[:MOST])
    ids = [row["id"] for row in found]
    teams, calls, answered = _teams(ids), _calls(ids), _answered(ids, now)
    target = line_words.settings().daily_target
    return [
        {
            "staff": shown.person(row["id"], row["name"]),
            "department": row["department__name"],
            "team_names": teams.get(row["id"], []),
            "presence": {
                "state": row["presence__state"],
                "reason": row["presence__reason"],
                "since": row["presence__since"],
            },
            "extension": row["presence__extension__number"] or "",
            "call": _call(calls[row["id"]], grants) if row["id"] in calls else None,
            "answered_today": answered.get(row["id"], 0),
            "target": target,
        }
        for row in found
    ]


def _teams(ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Staff.teams.through.objects.filter(staff_id__in=ids).order_by("team__name")
    for staff_id, name in rows.values_list("staff_id", "team__name"):
        found.setdefault(staff_id, []).append(name)
    return found


def _calls(ids: Collection[int]) -> dict[int, Row]:
    """The call of each: the one they talk in rather than one that rings beside it."""
    live = CallPart.objects.filter(staff_id__in=ids, ended_at__isnull=True)
    found: dict[int, Row] = {}
    for row in live.order_by("answered_at", "rang_at").values(*PART):
        found.setdefault(row["staff_id"] or 0, dict(row))
    return found


def _answered(ids: Collection[int], now: datetime) -> dict[int | None, int]:
    today = CallPart.objects.filter(
        Q(direction="inbound", answered_at__isnull=False),
        staff_id__in=ids,
        rang_at__gte=line_words.today(now),
    )
    return dict(today.order_by().values_list("staff_id").annotate(Count("pk")))


def _call(part: Row, grants: StaffGrants) -> Row:
    phase = "ringing"
    if part["answered_at"]:
        phase = "held" if on_hold(part["seq"], part["call__talks"]) else "talking"
    clear = shown.may_reveal(grants, part["call__customer__level_id"])
    return {
        "id": part["call_id"],
        "number": shown.number(part["call__customer_number"], clear=clear),
        "customer": shown.customer(part, grants, "call__"),
        "direction": part["call__direction"],
        "phase": phase,
        "since": part["answered_at"] or part["rang_at"],
        "queue": part["queue"],
        "queue_title": line_words.queue_title(part["system_id"], part["queue"]) if part["queue"] else "",
    }
