"""How the line is run, and what queues, dialled numbers and break reasons are called: cached reference data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings as django_settings

from gongdan.core.interactions.models import BreakReason, CallQueue, Line, LineSettings
from gongdan.kernel import clock, reference


@dataclass(frozen=True, slots=True)
class QueueWords:
    """A queue of a system; `title` is its name when nobody gave it one."""

    system_id: int
    name: str
    title: str
    service_seconds: int


@dataclass(frozen=True, slots=True)
class LineWords:
    """A dialled number; `choices` by digits: {"label", "category"}."""

    number: str
    label: str
    category: str
    choices: Mapping[str, Mapping[str, str]]


def settings() -> LineSettings:
    """How the line is run; the usual values while nobody changed any. Not to be written to."""
    return reference.get("line.settings", lambda: LineSettings.objects.filter(pk=1).first() or LineSettings())


def queues() -> Mapping[tuple[int, str], QueueWords]:
    """Every queue by (system id, name)."""
    return reference.get("line.queues", _load_queues)


def _load_queues() -> dict[tuple[int, str], QueueWords]:
    rows = CallQueue.objects.order_by("title", "name").values_list(
        "system_id", "name", "title", "service_seconds"
    )
    return {
        (system_id, name): QueueWords(system_id, name, title or name, seconds)
        for system_id, name, title, seconds in rows
    }


def queue_title(system_id: int, name: str) -> str:
    found = queues().get((system_id, name))
    return found.title if found else name


def queue_title_anywhere(name: str) -> str:
    """The title of a queue whose system is not known: the first that has one of its own."""
    titles = (one.title for one in queues().values() if one.name == name and one.title != name)
    return next(titles, name)


def line(number: str) -> LineWords | None:
    """What a dialled number means, None if nobody said."""
    return reference.get("line.lines", _load_lines).get(number)


def _load_lines() -> dict[str, LineWords]:
    rows = Line.objects.values_list("number", "label", "category", "choices")
    return {row[0]: LineWords(*row) for row in rows}


def own_number(direction: str, called_line: str, dialled: str) -> str:
    """The number of ours in a call. What we dialled in a call of ours is the customer's number, and no line."""
    return called_line or ("" if direction == "outbound" else dialled)


def line_label(number: str) -> str:
    found = line(number)
    return found.label if found else ""


def break_reasons() -> list[dict[str, str]]:
    """The reasons in use, in their order: {code, name}."""
    return reference.get("line.reasons", _load_reasons)


def _load_reasons() -> list[dict[str, str]]:
    rows = BreakReason.objects.filter(active=True).order_by("position", "code")
    return [{"code": code, "name": name} for code, name in rows.values_list("code", "name")]


def today(now: datetime | None = None) -> datetime:
    """When the present day began, by the installation's time zone."""
    local = (now or clock.now()).astimezone(ZoneInfo(django_settings.TIME_ZONE))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def menu_words(call_line: str, menu: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What the caller pressed, with the system's word for it or else the line's."""
    known = line(call_line)
    choices = known.choices if known else {}
    return [
        {
            "digits": str(one.get("digits", "")),
            "label": str(one.get("label") or choices.get(str(one.get("digits", "")), {}).get("label", "")),
        }
        for one in menu
    ]
