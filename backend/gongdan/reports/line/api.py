"""REST for the measures of the line, and for the calls behind each number. No rules here."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from gongdan.core.interactions import counted_calls, line_words
from gongdan.core.tickets import calls
from gongdan.kernel import clock
from gongdan.kernel.errors import Invalid
from gongdan.reports.line import drill, figures, reach
from gongdan.reports.line.contracts import NAMES, NO_QUEUE, Asked, By, Rules
from gongdan.reports.line.shapes import CountedCalls, LineMeasures
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.json_body import answer

router = Router()
MOST_DAYS = 400
Identity = Annotated[int | None, Query(ge=1, le=paging.BIGGEST)]
Name = Annotated[str | None, Query(max_length=80)]


class MeasureQuery(Schema):
    """Local days, both included; `queue` is a queue's name, "-" for calls that stood in none; `department` with all
    below it. Filters by person or department leave only what people did."""

    since: date = Field(alias="from")
    until: date = Field(alias="to")
    by: By = "none"
    queue: Name = None
    staff: Identity = None
    department: Identity = None


class DrillQuery(MeasureQuery):
    """`hour` (0 to 23) is a row of the figures by hour."""

    measure: Annotated[str, Query(max_length=40)]
    hour: Annotated[int | None, Query(ge=0, le=23)] = None
    limit: paging.Limit = paging.DEFAULT_LIMIT
    after: paging.After = None


@router.get("/line/measures", summary="The measures of the line", response=LineMeasures)
def get_measures(request: HttpRequest, chosen: Query[MeasureQuery]) -> HttpResponse:
    """{from, to, by, totals, rows: [{key, label, …}], definitions}; what each says stands in docs/measures.md."""
    asked, rules = _asked(chosen, cast(Request, request)), _rules()
    totals, rows = figures.answer(asked, rules)
    labels = _labels(asked, [row["key"] for row in rows])
    return answer(
        {
            "from": asked.since,
            "to": asked.until,
            "by": asked.by,
            "totals": totals,
            "rows": [{"key": row["key"], "label": labels.get(row["key"], row["key"]), **row} for row in rows],
            "definitions": {name: f"line.definitions.{name}" for name in NAMES},
        }
    )


def _asked(chosen: MeasureQuery, request: Request) -> Asked:
    if chosen.until < chosen.since:
        raise Invalid("range_backwards", "The end of the range lies before its beginning.", field="to")
    if chosen.until - chosen.since >= timedelta(days=MOST_DAYS):
        raise Invalid("long_range", f"At most {MOST_DAYS} days.", field="to", days=MOST_DAYS)
    people = reach.narrowed(reach.seen(request.grants), chosen.staff, chosen.department)
    return Asked(
        since=chosen.since,
        until=chosen.until,
        now=clock.now(),
        zone=settings.TIME_ZONE,
        by=chosen.by,
        queue="" if chosen.queue == NO_QUEUE else chosen.queue or None,
        staff_ids=people,
    )


def _rules() -> Rules:
    line = line_words.settings()
    return Rules(
        line.short_abandon_seconds,
        line.long_call_seconds,
        line.daily_target,
        {key: queue.service_seconds for key, queue in line_words.queues().items()},
    )


def _labels(asked: Asked, keys: list[str]) -> dict[str, str]:
    if asked.by == "person":
        return {str(staff_id): name for staff_id, name in reach.names([int(key) for key in keys]).items()}
    if asked.by == "queue":
        return {key: "" if key == NO_QUEUE else line_words.queue_title_anywhere(key) for key in keys}
    if asked.by == "hour":
        return {key: f"{key}:00" for key in keys}
    return {}


@router.get("/line/measures/calls", summary="The calls behind a number", response=CountedCalls)
def get_calls(request: HttpRequest, chosen: Query[DrillQuery]) -> HttpResponse:
    """As many as the number says, newest first; a call that was counted twice stands there twice."""
    grants = cast(Request, request).grants
    asked = _asked(chosen, cast(Request, request))
    before = drill.Counted(*paging.decode(chosen.after, datetime, int, int)) if chosen.after else None
    found = drill.counted(
        chosen.measure, asked, _rules(), hour=chosen.hour, before=before, limit=chosen.limit + 1
    )
    kept, following = paging.page(found, chosen.limit, lambda one: (one.at, one.call_id, one.row_id))
    call_ids = {one.call_id for one in kept}
    shown = counted_calls.rows_of(call_ids, grants)
    noted = calls.tickets_of_calls(call_ids, grants)
    items = [
        {
            **shown[one.call_id],
            "tickets": [ticket["number"] for ticket in noted.get(one.call_id, ())],
            "counted_at": one.at,
            "counted": str(one.row_id),
        }
        for one in kept
        if one.call_id in shown
    ]
    return answer({"items": items, "next": following})
