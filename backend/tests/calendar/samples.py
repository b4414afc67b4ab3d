"""Calendars that tests reckon with, and a short way to say a moment."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from gongdan.core.calendar.compiled import Compiled, Tables
from gongdan.core.calendar.definition import Definition
from gongdan.core.calendar.holidays import Official, official
from gongdan.core.calendar.reading import read

WORKDAY = [["09:00", "12:00"], ["13:30", "18:00"]]
STANDARD: dict[str, Any] = {"time_zone": "Asia/Shanghai", "week": [WORKDAY] * 5 + [[], []], "holidays": "CN"}
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@cache
def china() -> Tables:
    """The official tables as the library has them."""
    return {year: dict(days) for (_, year), days in official().tables.items()}


def recent() -> Official:
    """The library's tables of 2025 and 2026 only, which is quicker to keep."""
    known = official()
    return Official(
        {key: table for key, table in known.tables.items() if key[1] in {2025, 2026}}, known.source
    )


def definition(raw: dict[str, Any] | None = None, **changes: Any) -> Definition:
    """A definition that must be in order."""
    reading = read({**(raw or STANDARD), **changes})
    assert reading.definition is not None, reading.findings
    return reading.definition


def compiled(raw: dict[str, Any] | None = None, **changes: Any) -> Compiled:
    """Its time, with the official tables."""
    return Compiled(definition(raw, **changes), china())


def at(text: str, zone: str = "Asia/Shanghai", fold: int = 0) -> datetime:
    """ "2025-10-11 09:00" on the clock of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
