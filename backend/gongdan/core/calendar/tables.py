"""The official tables of holidays as they are kept: the newest edition of each year of a region."""

from __future__ import annotations

from collections.abc import Mapping

from gongdan.core.calendar.compiled import Tables
from gongdan.core.calendar.models import HolidayTable


def newest(region: str) -> Mapping[int, HolidayTable]:
    """{year: the newest edition of its table}; nothing for the region "". One statement."""
    if not region:
        return {}
    rows = HolidayTable.objects.filter(region=region).order_by("year", "edition")
    return {row.year: row for row in rows}


def newest_days(region: str) -> Tables:
    """The same as a calendar reckons with them."""
    return {year: table.days for year, table in newest(region).items()}
