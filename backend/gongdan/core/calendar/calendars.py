"""Which calendar counts, and its time: looked up for every clock, cached per process.

Versions and tables never change, so their compiled time is kept; which version is current, and whose calendar is
which, is reference data and follows its revision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongdan.core.calendar.compiled import Compiled, Tables
from gongdan.core.calendar.definition import from_json
from gongdan.core.calendar.models import CalendarVersion, DepartmentCalendar, HolidayTable, WorkingCalendar
from gongdan.core.calendar.working_time import PLAIN, WorkingTime
from gongdan.kernel import reference
from gongdan.kernel.errors import NotFound

MOST_KEPT = 256  # compiled versions


@dataclass(frozen=True, slots=True)
class Book:
    """Current versions (CalendarVersion ids) by code, by id and by department; the default one, if there is any."""

    current: Mapping[str, int]
    codes: Mapping[int, str]
    by_department: Mapping[int, str]
    default: str | None


def book() -> Book:
    """Whose calendar is which now; cached until a calendar changes."""
    return reference.get("calendar.book", _load_book)


def working_time(version_id: int | None) -> WorkingTime:
    """The time of a calendar version; plain time for None. Raises NotFound unknown_calendar_version."""
    return PLAIN if version_id is None else compiled(version_id)


def current_version(code: str) -> int:
    """The version new clocks of this calendar are reckoned with. Raises NotFound unknown_calendar."""
    found = book().current.get(code)
    if found is None:
        raise unknown(code)
    return found


def version_for(chain: Sequence[int]) -> int | None:
    """The current version for a department: `chain` are department ids from it up to the root.

    The nearest own calendar counts, else the default one, else none (plain time).
    """
    known = book()
    code = next((known.by_department[one] for one in chain if one in known.by_department), known.default)
    return None if code is None else known.current[code]


def calendar_words(version_id: int) -> Mapping[str, Any]:
    """{code, names, number} of a version. Raises NotFound unknown_calendar_version."""
    return reference.get(("calendar.words", version_id), lambda: _load_words(version_id))


@lru_cache(maxsize=MOST_KEPT)
def compiled(version_id: int) -> Compiled:
    """A version's compiled time. Raises NotFound unknown_calendar_version."""
    columns = ("definition", "tables")
    row = CalendarVersion.objects.filter(pk=version_id).values_list(*columns).first()
    if row is None:
        raise unknown_version()
    definition, tables = row
    return Compiled(from_json(definition), tables_of(tables))


def tables_of(tables: Mapping[str, int]) -> Tables:
    """{year: table id} with the tables themselves, by year as a number."""
    found = HolidayTable.objects.in_bulk(list(tables.values()))
    return {int(year): found[table_id].days for year, table_id in tables.items()}


def unknown(code: str, field: str | None = None) -> NotFound:
    """There is no calendar of this code."""
    return NotFound("unknown_calendar", f"There is no calendar “{code}”.", field=field, calendar=code)


def unknown_version() -> NotFound:
    """There is no such version of a calendar."""
    return NotFound("unknown_calendar_version", "There is no such version of a calendar.")


def _load_book() -> Book:
    columns = ("id", "code", "current_id", "is_default")
    rows = list(WorkingCalendar.objects.filter(current__isnull=False).values_list(*columns))
    codes = {row[0]: row[1] for row in rows}
    own = DepartmentCalendar.objects.values_list("department_id", "calendar_id")
    return Book(
        current={code: version for _, code, version, _ in rows},
        codes=codes,
        by_department={department: codes[calendar] for department, calendar in own if calendar in codes},
        default=next((code for _, code, _, is_default in rows if is_default), None),
    )


def _load_words(version_id: int) -> Mapping[str, Any]:
    columns = ("calendar__code", "calendar__names", "number")
    row = CalendarVersion.objects.filter(pk=version_id).values_list(*columns).first()
    if row is None:
        raise unknown_version()
    return dict(zip(("code", "names", "number"), row, strict=True))
