"""Working calendars: their versions, years and days, whose calendar is which, and the official tables of holidays.

Everyone signed in may read; changes need admin.calendars.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Path, Query, Router, Schema
from pydantic import AwareDatetime, ConfigDict

from gongdan.core.calendar import actions, calendars, holidays, selectors
from gongdan.core.calendar.actions import RIGHT
from gongdan.core.calendar.checking import check
from gongdan.core.calendar.compiled import Compiled
from gongdan.core.calendar.tables import newest_days
from gongdan.core.calendar.working_time import NoWorkingTime, Span
from gongdan.core.calendar.year import EARLIEST, LATEST, days_of
from gongdan.core.staff import selectors as staff
from gongdan.core.tickets.correction import correct_provisional
from gongdan.kernel import clock
from gongdan.kernel.errors import Invalid
from gongdan.kernel.unit import unit
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()
Code = Annotated[str, Path(max_length=64)]
Year = Annotated[int, Path(ge=EARLIEST, le=LATEST)]
Names = Annotated[dict[str, str], Field(min_length=1, max_length=3)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Intervals = Annotated[list[Annotated[list[str], Field(min_length=2, max_length=2)]], Field(max_length=12)]
Minutes = Annotated[int, Query(ge=0, le=366 * 24 * 60)]


class Input(Schema):
    """What a client sends: a field it invents is an error, not silence."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class NewCalendar(Input):
    """`names` is a text per locale; `definition` as docs/time.md describes."""

    code: Annotated[str, Field(min_length=1, max_length=64)]
    names: Names
    definition: dict[str, Any]


class NewVersion(Input):
    """`version` is the calendar's, as it was read."""

    definition: dict[str, Any]
    version: Version | None = None
    reason: Annotated[str, Field(max_length=200)] = ""


class CalendarChange(Input):
    """Only what is sent is changed."""

    names: Names | None = None
    is_default: bool | None = None
    version: Version | None = None


class DaysIn(Input):
    """Hours of their own for the days from `from` to `to`; none: off; null: as the rules say again."""

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]
    hours: Intervals | None
    name: Annotated[str, Field(max_length=60)] = ""
    version: Version | None = None


class Checked(Input):
    """`year`: the one whose days are to be shown."""

    definition: dict[str, Any]
    year: Annotated[int, Field(ge=EARLIEST, le=LATEST)] | None = None


class DepartmentCalendar(Input):
    """A calendar's code, or null to inherit."""

    calendar: Annotated[str, Field(max_length=64)] | None


@router.get("/calendars", summary="Every working calendar")
def get_calendars(request: Request) -> HttpResponse:
    """{items: [{code, names, is_default, number, version, time_zone, week, holidays, departments, provisional_years}]}"""
    return answer({"items": selectors.calendars()})


@router.post("/calendars", response={201: dict[str, Any]}, summary="Make a working calendar")
def post_calendar(request: Request, sent: NewCalendar) -> HttpResponse:
    """422 invalid_calendar with every finding, unusable_code, unusable_name; 409 code_taken."""
    request.grants.require(RIGHT)

    def act() -> dict[str, Any]:
        actions.create_calendar(sent.code, sent.names, sent.definition, actor=request.actor)
        return selectors.calendar(sent.code)

    return idempotent(request, act)


# Before /calendars/{code}, which would take the words for codes.
@router.post("/calendars/check", summary="Check a definition without publishing it")
def post_check(request: Request, sent: Checked) -> HttpResponse:
    """{findings: [{field, code, detail, place}], days: those of `year`, if it was asked and nothing was found}."""
    request.grants.require(RIGHT)
    region = sent.definition.get("holidays")
    tables = newest_days(region) if isinstance(region, str) else {}
    reading = check(sent.definition, tables, clock.now())
    found: dict[str, Any] = {"findings": [one.to_json() for one in reading.findings]}
    if reading.definition is not None and sent.year is not None:
        found["days"] = days_of(Compiled(reading.definition, tables), sent.year)
    return answer(found)


@router.get("/calendars/departments", summary="Whose calendar is which")
def get_department_calendars(request: Request) -> HttpResponse:
    """{items: [{department_id, name, path, own, effective, from_department_id}]}; `path` are names from the root."""
    return answer({"items": _departments()})


@router.put("/departments/{department_id}/calendar", summary="Give a department a calendar")
def put_department_calendar(request: Request, department_id: int, sent: DepartmentCalendar) -> HttpResponse:
    """null: it inherits. Departments below without one of their own follow. 404 unknown_department, unknown_calendar."""
    request.grants.require(RIGHT)
    staff.department(department_id)
    actions.set_department_calendar(department_id, sent.calendar, actor=request.actor)
    return answer(next(row for row in _departments() if row["department_id"] == department_id))


@router.get("/calendars/holidays", summary="The official tables of holidays")
def get_holidays(request: Request) -> HttpResponse:
    """{items: [{region, year, edition, days: {date: [kind, name]}, source, added_at}]}, the newest year first."""
    return answer({"items": selectors.tables()})


@router.post("/calendars/holidays/refresh", summary="Take new official tables and correct what they decide")
def post_refresh(request: Request) -> HttpResponse:
    """{added: [{region, year, edition}], corrected: how many deadlines, reports: ids}. No network is used."""
    request.grants.require(RIGHT)
    with unit():
        refreshed = holidays.refresh(actor=request.actor)
        reports = correct_provisional(actor=request.actor)
    return answer(
        {
            "added": [dict(zip(("region", "year", "edition"), one, strict=True)) for one in refreshed.tables],
            "corrected": sum(len(one.lines) for one in reports),
            "reports": [one.pk for one in reports],
        }
    )


@router.get("/calendars/reports", summary="What new official tables changed")
def get_reports(request: Request) -> HttpResponse:
    """{items: [{id, at, calendar, number, lines: [{ticket, clock, node, old_due, new_due}]}]}, the latest first."""
    request.grants.require(RIGHT)
    return answer({"items": selectors.reports()})


@router.get("/calendars/{code}", summary="A calendar and all its versions")
def get_calendar(request: Request, code: Code) -> HttpResponse:
    """As in the list, with {definition, versions: [{number, created_at, created_by, reason}]}. 404 unknown_calendar."""
    return answer(selectors.calendar(code))


@router.patch("/calendars/{code}", summary="Rename a calendar or make it the default one")
def patch_calendar(request: Request, code: Code, sent: CalendarChange) -> HttpResponse:
    """409 stale_version, default_calendar (make another the default one instead)."""
    request.grants.require(RIGHT)
    actions.change_calendar(code, actor=request.actor, **sent.model_dump())
    return answer(selectors.calendar(code))


@router.post("/calendars/{code}/versions", response={201: dict[str, Any]}, summary="Publish a new version")
def post_version(request: Request, code: Code, sent: NewVersion) -> HttpResponse:
    """New clocks are reckoned with it, those that run keep theirs. 422 invalid_calendar; 409 calendar_unchanged."""
    request.grants.require(RIGHT)

    def act() -> dict[str, Any]:
        actions.publish_version(code, actor=request.actor, **sent.model_dump())
        return selectors.calendar(code)

    return idempotent(request, act)


@router.post("/calendars/{code}/days", response={201: dict[str, Any]}, summary="Give days hours of their own")
def post_days(request: Request, code: Code, sent: DaysIn) -> HttpResponse:
    """Publishes a version. 422 invalid_calendar; 409 calendar_unchanged, stale_version."""
    request.grants.require(RIGHT)

    def act() -> dict[str, Any]:
        actions.set_days(code, actor=request.actor, **sent.model_dump())
        return selectors.calendar(code)

    return idempotent(request, act)


@router.get("/calendars/{code}/years/{year}", summary="A year, day by day")
def get_year(request: Request, code: Code, year: Year) -> HttpResponse:
    """{year, provisional, days: [{date, kind, name, hours, minutes}]}; kinds: work, rest, holiday, makeup, exception, off."""
    compiled = calendars.compiled(selectors.current_id(code))
    provisional = not compiled.has_table(year)
    return answer({"year": year, "provisional": provisional, "days": days_of(compiled, year)})


@router.get("/calendars/{code}/reckon", summary="When so many counted minutes will have passed, and why")
def get_reckoning(request: Request, code: Code, start: AwareDatetime, minutes: Minutes) -> HttpResponse:
    """{due, provisional, spans: [{start, end, counted, why, seconds}]}. 422 no_working_time."""
    if not EARLIEST <= start.year <= LATEST:
        raise Invalid("bad_date", f"A year from {EARLIEST} to {LATEST}.", field="start")
    compiled = calendars.compiled(selectors.current_id(code))
    try:
        due = compiled.add(start, int(timedelta(minutes=minutes).total_seconds()))
    except NoWorkingTime:
        raise Invalid("no_working_time", "The calendar has not that much time.", field="minutes") from None
    spans = [_span(one) for one in compiled.spans(start, due)]
    return answer({"due": due, "provisional": compiled.provisional(start, due), "spans": spans})


def _span(span: Span) -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "counted": span.counted,
        "why": span.why,
        "seconds": span.seconds,
    }


def _departments() -> list[dict[str, Any]]:
    """Parents before their children. Three statements."""
    own, default = selectors.own_calendars(), selectors.default_code()
    rows = staff.departments()
    names = {row["id"]: row["name"] for row in rows}
    shown = []
    for row in rows:
        chain = [int(part) for part in row["path"].split(".") if part]
        nearest = next((one for one in reversed(chain) if one in own), None)
        shown.append(
            {
                "department_id": row["id"],
                "name": row["name"],
                "path": [names[one] for one in chain],
                "own": own.get(row["id"]),
                "effective": default if nearest is None else own[nearest],
                "from_department_id": nearest,
            }
        )
    return shown
