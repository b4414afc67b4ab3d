"""What the phone process needs to know: the systems to connect to, with secrets in clear, and the calls under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongdan.core.interactions.models import Call, CallPart, Extension, TelephoneSystem
from gongdan.kernel.sealing import unseal


@dataclass(frozen=True, slots=True)
class Wanted:
    """An active system. `extensions`: how the system dials each ("" for its usual way)."""

    id: int
    code: str
    dialect: str
    host: str
    port: int
    username: str
    secret: str
    settings: Mapping[str, Any]
    control_address: str
    recording_address: str
    allowed_networks: tuple[str, ...]
    version: int
    extensions: Mapping[str, str]
    keys: Sequence[Mapping[str, str | None]]

    def __repr__(self) -> str:
        return f"Wanted({self.code}, version {self.version})"


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A call not yet ended: when it began, and its live legs with the party of each."""

    began_at: datetime
    legs: Mapping[str, str]


def wanted_systems() -> list[Wanted]:
    """Every active system, two statements."""
    extensions: dict[int, dict[str, str]] = {}
    known = Extension.objects.filter(active=True, system__active=True)
    for system_id, number, channel in known.values_list("system_id", "number", "channel"):
        extensions.setdefault(system_id, {})[number.upper()] = channel
    systems = TelephoneSystem.objects.filter(active=True).order_by("id")
    return [_wanted(one, extensions.get(one.pk, {})) for one in systems]


def _wanted(one: TelephoneSystem, extensions: Mapping[str, str]) -> Wanted:
    return Wanted(
        one.pk, one.code, one.dialect, one.host, one.port or 0, one.username, unseal(one.secret), one.settings,
        one.control_address, one.recording_address, tuple(one.allowed_networks), one.version, extensions,
        one.keys,
    )  # fmt: skip


def calls_under_way(system_id: int) -> dict[str, UnderWay]:
    """The system's calls that have not ended, by the system's key of each."""
    calls = Call.objects.filter(system_id=system_id).exclude(phase="ended")
    found = {pk: (key, began_at) for pk, key, began_at in calls.values_list("pk", "key", "began_at")}
    legs: dict[int, dict[str, str]] = {}
    parts = CallPart.objects.filter(call_id__in=found, ended_at__isnull=True).exclude(leg="")
    for call_id, leg, extension in parts.values_list("call_id", "leg", "extension"):
        legs.setdefault(call_id, {})[leg] = extension
    return {key: UnderWay(began_at, legs.get(pk, {})) for pk, (key, began_at) in found.items()}
