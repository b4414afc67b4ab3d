"""One's own telephone at a glance: presence, extension, calls under way, what waits, what is owed.

A fixed number of statements, whatever the day was like; the page asks again whenever the bell rings.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q

from gongdan.core.interactions import commands, line_words, shown
from gongdan.core.interactions.line_selectors import ice_servers
from gongdan.core.interactions.live_calls import live_calls
from gongdan.core.interactions.models import (
    Call,
    CallbackTask,
    CallPart,
    Extension,
    ExtensionKind,
    Presence,
    PresenceState,
    QueueEntry,
)
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import clock
from gongdan.kernel.sealing import unseal

Row = dict[str, Any]
SEEN = timedelta(seconds=30)  # how often it is written down that a page is there
MOST_OWED = 20
MOST_FREE = 500  # extensions offered
MOST_OPEN = 100  # callback tasks counted
SEAT = ("pk", "number", "kind", "secret", "system_id")
OF_SYSTEM = ("code", "sip_address", "sip_domain", "ice_servers")
PRESENCE = (
    *("state", "reason", "since", "until", "wrap_up_part", "seen_at", "extension_id"),
    *(f"extension__{name}" for name in SEAT),
    *(f"extension__system__{name}" for name in OF_SYSTEM),
    *(f"extension__{name}" for name in commands.SYSTEM),
)


def me(grants: StaffGrants) -> Row:
    """See PHONE in docs/phone.md. Also keeps `Presence.seen_at`, written at most every 30 s."""
    now = clock.now()
    presence = Presence.objects.filter(staff_id=grants.staff_id).values(*PRESENCE).first()
    seat = presence if presence and presence["extension_id"] else None
    _seen(presence, now, grants.staff_id)
    settings = line_words.settings()
    return {
        "presence": _presence(presence, now),
        "extensions": [] if seat else extensions(grants.staff_id),
        "reasons": line_words.break_reasons(),
        "calls": live_calls(grants),
        "wrap_up": _wrap_up(presence),
        "undisposed": _undisposed(grants) if settings.disposition_required else [],
        "waiting": _waiting(),
        "answered_today": answered_today(grants.staff_id, now),
        "daily_target": settings.daily_target,
        "callbacks_open": callbacks_open(now),
        "softphone": _softphone(seat, grants.name),
        "capabilities": sorted(seat["extension__system__capabilities"]) if seat else [],
        "connected": commands.connected(seat, "extension__system__") if seat else False,
        "settings": {
            "wrap_up_seconds": settings.wrap_up_seconds,
            "disposition_required": settings.disposition_required,
        },
    }


def _seen(presence: Row | None, now: datetime, staff_id: int) -> None:
    if presence is None or (presence["seen_at"] and now - presence["seen_at"] < SEEN):
        return
    Presence.objects.filter(staff_id=staff_id).update(seen_at=now)


def _presence(row: Row | None, now: datetime) -> Row:
    if row is None:
        offline = PresenceState.OFFLINE.value
        return {"state": offline, "reason": "", "since": now, "until": None, "extension": None}
    extension = None
    if row["extension_id"]:
        extension = {
            "id": row["extension_id"],
            "number": row["extension__number"],
            "kind": row["extension__kind"],
            "system": row["extension__system__code"],
        }
    return {**{name: row[name] for name in ("state", "reason", "since", "until")}, "extension": extension}


def extensions(staff_id: int) -> list[Row]:
    """The extensions somebody may sign in to, each with who sits there now."""
    mine = Q(staff_id__isnull=True) | Q(staff_id=staff_id)
    wanted = ("pk", "number", "kind", "system__code", "presence__staff_id", "presence__staff__name")
    found = Extension.objects.filter(mine, active=True, system__active=True)
    rows = found.order_by("-staff_id", "system__code", "number").values(*wanted)[:MOST_FREE]
    return [
        {
            "id": row["pk"],
            "number": row["number"],
            "kind": row["kind"],
            "system": row["system__code"],
            "taken_by": shown.person(row["presence__staff_id"], row["presence__staff__name"]),
        }
        for row in rows
    ]


def _wrap_up(presence: Row | None) -> Row | None:
    if presence is None or presence["state"] != PresenceState.WRAP_UP or not presence["wrap_up_part"]:
        return None
    part = CallPart.objects.filter(pk=presence["wrap_up_part"])
    found = part.values_list("call_id", "call__disposition").first()
    if found is None:
        return None
    call_id, disposition = found
    return {
        "call_id": call_id,
        "part_id": presence["wrap_up_part"],
        "until": presence["until"],
        "disposed": bool(disposition),
    }


def _undisposed(grants: StaffGrants) -> list[Row]:
    owed = Call.objects.filter(
        agent_id=grants.staff_id, direction="inbound", outcome="answered", disposition="", phase="ended"
    )
    wanted = ("id", "customer_number", "ended_at", *shown.CUSTOMER)
    return [
        {
            "call_id": row["id"],
            "number": shown.number(
                row["customer_number"], clear=shown.may_reveal(grants, row["customer__level_id"])
            ),
            "customer": shown.customer(row, grants),
            "ended_at": row["ended_at"],
        }
        for row in owed.order_by("-id").values(*wanted)[:MOST_OWED]
    ]


def _waiting() -> Row:
    waiting = QueueEntry.objects.filter(left_at__isnull=True)
    found = waiting.aggregate(count=Count("pk"), longest_since=Min("entered_at"))
    return {"count": found["count"], "longest_since": found["longest_since"]}


def answered_today(staff_id: int, now: datetime) -> int:
    """Calls from customers that somebody answered since midnight."""
    parts = CallPart.objects.filter(staff_id=staff_id, rang_at__gte=line_words.today(now))
    return parts.filter(direction="inbound", answered_at__isnull=False).count()


def callbacks_open(now: datetime) -> int:
    """Callback tasks nobody has taken whose time has come; counts up to a hundred."""
    due = Q(not_before__isnull=True) | Q(not_before__lte=now)
    return CallbackTask.objects.filter(due, state="open")[:MOST_OPEN].count()


def _softphone(seat: Row | None, name: str) -> Row | None:
    """How the page registers; not with a system that is switched off."""
    if seat is None or seat["extension__kind"] != ExtensionKind.SOFTPHONE:
        return None
    if not seat["extension__system__active"]:
        return None
    return {
        "address": seat["extension__system__sip_address"],
        "domain": seat["extension__system__sip_domain"],
        "user": seat["extension__number"],
        "password": unseal(seat["extension__secret"]),
        "display": name,
        "ice_servers": ice_servers(seat["extension__system__ice_servers"]),
    }
