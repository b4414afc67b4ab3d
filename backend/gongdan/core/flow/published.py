"""What was published: flows with their current version, and every version with who made it and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongdan.core.flow import stored
from gongdan.core.flow.definition import Definition
from gongdan.core.flow.models import Flow, FlowVersion
from gongdan.kernel.errors import NotFound

_COLUMNS = ("number", "published_at", "published_by_id", "published_by__name")


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version, without its document. Nobody published what came with the installation."""

    number: int
    published_at: datetime
    published_by: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A flow as lists show it; `current` is None before the first version."""

    code: str
    title: dict[str, str]
    current: VersionLine | None


def flows() -> list[FlowLine]:
    """Every flow, by code. One statement."""
    rows = Flow.objects.order_by("code").values_list(
        "code", "title", *(f"current__{name}" for name in _COLUMNS)
    )
    return [FlowLine(row[0], row[1], _line(*row[2:]) if row[2] else None) for row in rows]


def flow_of(code: str) -> FlowLine:
    """One flow. Raises NotFound unknown_flow."""
    found = next((line for line in flows() if line.code == code), None)
    if found is None:
        raise NotFound("unknown_flow", "There is no such flow.", flow=code[:64])
    return found


def versions_of(code: str) -> list[VersionLine]:
    """All versions of a flow, newest first."""
    rows = FlowVersion.objects.filter(flow__code=code).order_by("-number").values_list(*_COLUMNS)
    return [_line(*row) for row in rows]


def version_of(code: str, number: int) -> tuple[VersionLine, str, Definition]:
    """A version with its document and definition. Raises NotFound unknown_flow_version."""
    version = (
        FlowVersion.objects.select_related("published_by").filter(flow__code=code, number=number).first()
    )
    if version is None:
        raise NotFound(
            "unknown_flow_version", "There is no such version of this flow.", flow=code[:64], number=number
        )
    who = version.published_by
    line = _line(version.number, version.published_at, who.pk if who else None, who.name if who else None)
    return line, version.document, stored.from_json(version.definition)


def _line(number: int, at: datetime, staff_id: int | None, name: str | None) -> VersionLine:
    return VersionLine(number, at, {"id": staff_id, "name": name} if staff_id else None)
