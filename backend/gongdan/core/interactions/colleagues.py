"""Whom a call can be given to: people at extensions of one's own telephone system, and how they stand to the line."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from gongdan.core.interactions.models import CallPart, Extension, PresenceState
from gongdan.core.staff.grants import StaffGrants

MOST = 20
WHO = ("who", "number", "presence__state", "presence__staff__name", "presence__staff__department__name")
WHOSE = ("staff__name", "staff__department__name", "in_call")


def colleagues(grants: StaffGrants, text: str) -> list[dict[str, Any]]:
    """At most MOST of {id, name, department, extension, presence, in_call}: who is ready first, then who is signed in,
    then whose the extension is. `text` is part of a name or begins an extension. None while one is at no extension."""
    mine = Extension.objects.filter(presence__staff_id=grants.staff_id).values("system_id")
    talking = CallPart.objects.filter(staff_id=OuterRef("who"), ended_at__isnull=True)
    found = Extension.objects.filter(system_id__in=mine, active=True).annotate(
        who=Coalesce(F("presence__staff_id"), F("staff_id")), in_call=Exists(talking), place=_place()
    )
    rows = found.filter(_named(text), who__isnull=False).exclude(who=grants.staff_id)
    return [_row(row) for row in rows.order_by("place", "number", "id").values(*WHO, *WHOSE)[:MOST]]


def _place() -> Case:
    """Ready, otherwise signed in, not signed in."""
    ready = When(presence__state=PresenceState.READY, then=Value(0))
    return Case(ready, When(presence__staff_id__isnull=False, then=Value(1)), default=Value(2))


def _named(text: str) -> Q:
    if not text:
        return Q()
    owner = Q(presence__isnull=True, staff__name__icontains=text)
    return Q(number__istartswith=text) | Q(presence__staff__name__icontains=text) | owner


def _row(row: dict[str, Any]) -> dict[str, Any]:
    signed_in = row["presence__staff__name"] is not None
    place = "presence__staff" if signed_in else "staff"
    return {
        "id": row["who"],
        "name": row[f"{place}__name"],
        "department": row[f"{place}__department__name"],
        "extension": row["number"],
        "presence": row["presence__state"] if signed_in else PresenceState.OFFLINE.value,
        "in_call": row["in_call"],
    }
