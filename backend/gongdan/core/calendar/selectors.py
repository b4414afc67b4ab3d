"""Calendars, tables and reports as lists and pages show them, read from the rows themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gongdan.core.calendar.calendars import unknown
from gongdan.core.calendar.models import (
    CalendarVersion,
    CorrectionReport,
    DepartmentCalendar,
    HolidayTable,
    WorkingCalendar,
)
from gongdan.kernel import clock

MOST_REPORTS = 100


def calendars() -> list[dict[str, Any]]:
    """Every calendar with its current version, by code. Two statements.

    `provisional_years` are this year and the next, as far as their official table is not in it.
    """
    return [_line(one, departments) for one, departments in _rows()]


def calendar(code: str) -> dict[str, Any]:
    """One calendar as in the list, with its definition and its versions, newest first. Raises unknown_calendar."""
    for one, departments in _rows():
        if one.code == code:
            definition = {} if one.current is None else one.current.definition
            return _line(one, departments) | {"definition": definition, "versions": _versions(one.pk)}
    raise unknown(code)


def current_id(code: str) -> int:
    """The CalendarVersion that is current now, not cached. Raises unknown_calendar."""
    found = WorkingCalendar.objects.filter(code=code).values_list("current_id", flat=True).first()
    if found is None:
        raise unknown(code)
    return found


def tables() -> list[dict[str, Any]]:
    """Every edition of every official table, the newest year first."""
    names = ("region", "year", "edition", "days", "source", "added_at")
    rows = HolidayTable.objects.order_by("region", "-year", "-edition").values_list(*names)
    return [dict(zip(names, row, strict=True)) for row in rows]


def reports() -> list[dict[str, Any]]:
    """What newly published tables changed, the latest first; the newest hundred."""
    names = ("id", "at", "calendar", "number", "lines")
    rows = CorrectionReport.objects.order_by("-id").values_list(
        "id", "at", "version__calendar__code", "version__number", "lines"
    )
    return [dict(zip(names, row, strict=True)) for row in rows[:MOST_REPORTS]]


def own_calendars() -> Mapping[int, str]:
    """{department id: code} of departments with a calendar of their own."""
    return dict(DepartmentCalendar.objects.values_list("department_id", "calendar__code"))


def default_code() -> str | None:
    """The default calendar's code."""
    return WorkingCalendar.objects.filter(is_default=True).values_list("code", flat=True).first()


def _rows() -> list[tuple[WorkingCalendar, list[dict[str, Any]]]]:
    own: dict[int, list[dict[str, Any]]] = {}
    columns = ("calendar_id", "department_id", "department__name")
    for calendar_id, department_id, name in DepartmentCalendar.objects.order_by("department_id").values_list(
        *columns
    ):
        own.setdefault(calendar_id, []).append({"id": department_id, "name": name})
    rows = WorkingCalendar.objects.select_related("current").order_by("code")
    return [(one, own.get(one.pk, [])) for one in rows]


def _line(one: WorkingCalendar, departments: list[dict[str, Any]]) -> dict[str, Any]:
    current = one.current
    definition = {} if current is None else current.definition
    return {
        "code": one.code,
        "names": one.names,
        "is_default": one.is_default,
        "number": 0 if current is None else current.number,
        "version": one.version,
        "time_zone": definition.get("time_zone"),
        "week": definition.get("week"),
        "holidays": definition.get("holidays"),
        "departments": departments,
        "provisional_years": [] if current is None else _provisional(current, clock.now()),
    }


def _provisional(version: CalendarVersion, now: datetime) -> list[int]:
    if not version.definition["holidays"]:
        return []
    year = now.astimezone(ZoneInfo(version.definition["time_zone"])).year
    return [one for one in (year, year + 1) if str(one) not in version.tables]


def _versions(calendar_id: int) -> list[dict[str, Any]]:
    rows = CalendarVersion.objects.filter(calendar_id=calendar_id).order_by("-number")
    columns = ("number", "created_at", "created_by_id", "created_by__name", "reason")
    return [
        {
            "number": number,
            "created_at": at,
            "created_by": None if staff_id is None else {"id": staff_id, "name": name},
            "reason": reason,
        }
        for number, at, staff_id, name, reason in rows.values_list(*columns)
    ]
