"""Who is signed in to an extension now, for giving a call on to them."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from gongdan.core.interactions.models import CallPart, Presence, PresenceState

MOST = 50


def signed_in(text: str, me: int) -> list[dict[str, Any]]:
    """At most MOST people but me, those who are ready and free first: {id, name, department, extension, system,
    presence, busy}. `text` is part of a name or begins an extension. One statement."""
    words = text.strip()
    named = Q(staff__name__icontains=words) | Q(extension__number__istartswith=words) if words else Q()
    ready = Case(When(state=PresenceState.READY, then=Value(0)), default=Value(1))
    talking = Exists(CallPart.objects.filter(staff_id=OuterRef("staff_id"), ended_at__isnull=True))
    found = Presence.objects.filter(named, extension__isnull=False, staff__is_active=True)
    rows = (
        found.exclude(staff_id=me).annotate(busy=talking).order_by("busy", ready, "staff__name", "staff_id")
    )
    wanted = ("staff__department__name", "extension__number", "extension__system__code", "state", "busy")
    return [
        {
            "id": row["staff_id"],
            "name": row["staff__name"],
            "department": row["staff__department__name"],
            "extension": row["extension__number"],
            "system": row["extension__system__code"],
            "presence": row["state"],
            "busy": row["busy"],
        }
        for row in rows.values("staff_id", "staff__name", *wanted)[:MOST]
    ]
