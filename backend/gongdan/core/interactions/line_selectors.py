"""What an administrator sees of the telephone: systems with their health, extensions, queues, lines, raw signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongdan.core.catalogue import resolve
from gongdan.core.interactions.actions.systems import told
from gongdan.core.interactions.models import (
    BreakReason,
    CallQueue,
    Dialect,
    Extension,
    Line,
    LineSettings,
    PhoneSignal,
    Presence,
    TelephoneSystem,
)
from gongdan.kernel import clock, signing
from gongdan.kernel.errors import NotFound
from gongdan.kernel.sealing import unseal

SHOWN_OF_RAW = 8000  # characters
SETTINGS = (
    "wrap_up_seconds", "daily_target", "long_call_seconds", "short_abandon_seconds", "repeat_days", "repeat_calls",
    "merge_days", "recording_days", "signal_days", "disposition_required", "version",
)  # fmt: skip


def systems() -> list[dict[str, Any]]:
    """Every telephone system, by name. One statement."""
    return [_system(one) for one in TelephoneSystem.objects.order_by("name", "id")]


def system(code: str) -> dict[str, Any]:
    """One of them. Raises unknown_system."""
    return _system(_row(code))


def _row(code: str) -> TelephoneSystem:
    one = TelephoneSystem.objects.filter(code=code).first()
    if one is None:
        raise NotFound("unknown_system", "There is no such telephone system.")
    return one


def _system(one: TelephoneSystem) -> dict[str, Any]:
    now = clock.now()
    return {
        "id": one.pk,
        **told(one),
        "has_secret": bool(one.secret),
        "keys": [{"until": key["until"]} for key in one.keys if _holds(key["until"], now)],
        "health": one.health,
        "health_words": one.health_words,
        "connected_at": one.connected_at,
        "heard_at": one.heard_at,
        "capabilities": one.capabilities,
        "version": one.version,
    }


def _holds(until: str | None, now: datetime) -> bool:
    return until is None or now < datetime.fromisoformat(until)


def ice_servers(stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`TelephoneSystem.ice_servers` as a browser takes them (RTCIceServer), for who is signed in to a softphone."""
    return [
        {"urls": one["urls"]}
        | ({"username": one["username"]} if one.get("username") else {})
        | ({"credential": unseal(one["credential"])} if one.get("credential") else {})
        for one in stored
    ]


def extensions(system: str | None = None) -> list[dict[str, Any]]:
    """Every extension, by system and number: {id, system, number, kind, channel, has_secret, staff, taken_by, active}.
    `taken_by` is who is signed in to it. Two statements."""
    rows = Extension.objects.select_related("system", "staff").order_by("system__name", "number", "id")
    if system is not None:
        rows = rows.filter(system__code=system)
    return _extensions(list(rows))


def extension(extension_id: int) -> dict[str, Any]:
    """One of them. Raises unknown_extension."""
    rows = list(Extension.objects.select_related("system", "staff").filter(pk=extension_id))
    if not rows:
        raise NotFound("unknown_extension", "There is no such extension.")
    return _extensions(rows)[0]


def _extensions(rows: list[Extension]) -> list[dict[str, Any]]:
    found = Presence.objects.filter(extension__isnull=False).values_list(
        "extension_id", "staff_id", "staff__name"
    )
    taken = {pk: {"id": staff_id, "name": name} for pk, staff_id, name in found}
    return [
        {
            "id": one.pk,
            "system": one.system.code,
            "number": one.number,
            "kind": one.kind,
            "channel": one.channel,
            "has_secret": bool(one.secret),
            "staff": {"id": one.staff.pk, "name": one.staff.name} if one.staff else None,
            "taken_by": taken.get(one.pk),
            "active": one.active,
        }
        for one in rows
    ]


QUEUE = ("id", "system__code", "name", "title", "service_seconds")


def queues() -> list[dict[str, Any]]:
    """Every queue, by system and name: {id, system, name, title, service_seconds}."""
    return [_queue(row) for row in CallQueue.objects.order_by("system__name", "name").values(*QUEUE)]


def queue(queue_id: int) -> dict[str, Any]:
    """One of them. Raises unknown_queue."""
    row = CallQueue.objects.filter(pk=queue_id).values(*QUEUE).first()
    if row is None:
        raise NotFound("unknown_queue", "There is no such queue.")
    return _queue(row)


def _queue(row: Mapping[str, Any]) -> dict[str, Any]:
    return {("system" if name == "system__code" else name): value for name, value in row.items()}


def lines() -> list[dict[str, Any]]:
    """Every dialled number: {id, number, label, category, category_name, choices}."""
    return [_line(one) for one in Line.objects.order_by("number")]


def line(line_id: int) -> dict[str, Any]:
    """One of them. Raises unknown_line."""
    one = Line.objects.filter(pk=line_id).first()
    if one is None:
        raise NotFound("unknown_line", "There is no such number.")
    return _line(one)


def _line(one: Line) -> dict[str, Any]:
    known = resolve.tree().by_code.get(one.category)
    return {
        "id": one.pk,
        "number": one.number,
        "label": one.label,
        "category": one.category,
        "category_name": known.name if known else "",
        "choices": one.choices,
    }


def break_reasons() -> list[dict[str, Any]]:
    """Every reason, also those out of use: {id, code, name, position, active}."""
    rows = BreakReason.objects.order_by("position", "id").values("id", "code", "name", "position", "active")
    return [dict(row) for row in rows]


def break_reason(reason_id: int) -> dict[str, Any]:
    """One of them. Raises unknown_break_reason."""
    row = next((one for one in break_reasons() if one["id"] == reason_id), None)
    if row is None:
        raise NotFound("unknown_break_reason", "There is no such reason for a break.")
    return row


def line_settings() -> dict[str, Any]:
    """How the line is run; what stands in the model where nobody changed anything yet."""
    one = LineSettings.objects.first() or LineSettings()
    return {name: getattr(one, name) for name in SETTINGS}


@dataclass(frozen=True, slots=True)
class SignalQuery:
    """Which raw signals; `before` is the id of the last one seen."""

    system: str | None = None
    call: str | None = None
    faults: bool = False
    before: int | None = None


def raw_signals(wanted: SignalQuery, limit: int) -> list[dict[str, Any]]:
    """The latest raw signals: {id, system, key, call, received_at, raw, reading, fault}. Raises unknown_system."""
    rows = PhoneSignal.objects.order_by("-id")
    if wanted.system is not None:
        rows = rows.filter(system=_row(wanted.system))
    if wanted.call is not None:
        rows = rows.filter(call=wanted.call)
    if wanted.faults:
        rows = rows.exclude(fault="")
    if wanted.before is not None:
        rows = rows.filter(pk__lt=wanted.before)
    found = rows.values("id", "system__code", "key", "call", "received_at", "raw", "reading", "fault")[:limit]
    return [_queue({**row, "raw": row["raw"][:SHOWN_OF_RAW]}) for row in found]


@dataclass(frozen=True, slots=True)
class SignalSource:
    """A system that sends signed signals, and its ring of keys."""

    id: int
    keys: signing.KeyRing


def signal_source(code: str) -> SignalSource | None:
    """The active HTTP system of this code."""
    rows = TelephoneSystem.objects.filter(code=code, dialect=Dialect.HTTP, active=True)
    found = rows.values_list("id", "keys").first()
    return SignalSource(*found) if found else None


def raw_of(system_id: int, key: str) -> str | None:
    """A message as it came."""
    return PhoneSignal.objects.filter(system_id=system_id, key=key).values_list("raw", flat=True).first()
