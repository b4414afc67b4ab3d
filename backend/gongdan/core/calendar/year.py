"""A year of a calendar, day by day. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongdan.core.calendar.compiled import ONE_DAY, Compiled
from gongdan.core.calendar.definition import hours_json, minutes_of

EARLIEST, LATEST = 2000, 2100


def days_of(compiled: Compiled, year: int) -> list[dict[str, Any]]:
    """[{date, kind, name, hours, minutes}]; kind is work, rest, holiday, makeup, exception or off.

    `minutes` is by the wall clock; a change to daylight-saving time is not in it.
    """
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    return [_shown(compiled, first + number * ONE_DAY) for number in range((end - first).days)]


def _shown(compiled: Compiled, day: date) -> dict[str, Any]:
    found = compiled.day(day)
    return {
        "date": day.isoformat(),
        "kind": found.kind,
        "name": found.name,
        "hours": hours_json(found.hours),
        "minutes": minutes_of(found.hours),
    }
