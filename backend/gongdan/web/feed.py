"""GET /events: the event log for other systems, from a cursor on, and only what the asker may see.

Promise: no thread of this process waits. What is there is answered at once; who wants to wait (`wait`) or a stream
(`Accept: text/event-stream`) is sent on to the live process, with a ticket that says who asks for what.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from gongdan.kernel.errors import Invalid, NotFound
from gongdan.outbox import feed
from gongdan.outbox.feed import Cursor
from gongdan.web import event_filter, event_reading, feed_ticket, groups
from gongdan.web.auth import Request
from gongdan.web.event_filter import Filter
from gongdan.web.event_reading import Cut
from gongdan.web.feed_ticket import Asked
from gongdan.web.headers import live_url
from gongdan.web.json_body import CONTENT_TYPE
from gongdan.web.models import FeedGroup
from gongdan.web.paging import Limit

router = Router()
STREAM = "text/event-stream"
WAIT, BEAT = 60, 15  # seconds: the longest poll, a stream's usual heartbeat


class FeedQuery(Schema):
    """What a reader asks for."""

    after: str | None = Field(None, max_length=40)
    types: list[Annotated[str, Field(max_length=64)]] | None = Field(None, alias="type", max_length=50)
    subject: str | None = Field(None, max_length=16)
    ticket: str | None = Field(None, max_length=32)
    condition: str | None = Field(None, max_length=event_filter.LONGEST)
    group: str | None = Field(None, max_length=64)
    wait: int = Field(0, ge=0, le=WAIT)
    heartbeat: int = Field(BEAT, ge=1, le=WAIT)


class EventOut(Schema):
    """`cursor` is the place right after the event; `ticket` the number of its ticket."""

    cursor: str
    id: int
    type: str
    version: int
    subject: str
    subject_id: int
    ticket: str | None
    seq: int
    actor: dict[str, Any]
    at: datetime
    data: dict[str, Any]


class EventsOut(Schema):
    events: list[EventOut]
    cursor: str


@router.get("/events", response={200: EventsOut, 307: None}, summary="What happened, from a cursor on")
def get_events(request: Request, asked: Query[FeedQuery], limit: Limit = 100) -> HttpResponse:
    """{events, cursor}. Ask again with `after=cursor`; when the cursor does not move, everything was read.

    `type` may be given several times; `subject`, `ticket` and a `condition` narrow too. Without `after` it begins at the
    beginning; `after=now` gives the end's cursor. `group` reads from that group's place, with its filter. With `wait`
    (seconds) an answer without events comes only after that time, with `Accept: text/event-stream` everything comes as a
    stream: follow the 307 to the live process then. A stream sends its place every `heartbeat` seconds.
    """
    wanted, after, group = _what(request, asked)
    if STREAM in request.headers.get("Accept", ""):
        start = Cursor.parse(request.headers.get("Last-Event-ID") or str(after))
        return _sent_on(request, _ticket(request, asked, wanted, start, limit, group, wait=None))
    if asked.after == "now":
        return _answer(Cut((), after))
    cut = event_reading.read(wanted, after, limit).cut(request.grants, wanted, after, limit)
    if cut.shown or not asked.wait:
        return _answer(cut)
    return _sent_on(request, _ticket(request, asked, wanted, cut.cursor, limit, group, wait=asked.wait))


def _what(request: Request, asked: FeedQuery) -> tuple[Filter, Cursor, int | None]:
    """What is wanted, from where on, and for which group."""
    wanted = event_filter.made(asked.types, asked.subject, asked.ticket, asked.condition)
    group = None
    begin = Cursor()
    if asked.group is not None:
        if wanted != Filter():
            raise Invalid("filter_of_group", "A group has its own filter; give no other.", field="group")
        group = _group(request, asked.group)
        wanted, begin = groups.filter_of(group), groups.place_of(group)
    if asked.after == "now":
        begin = feed.position()
    elif asked.after:
        begin = Cursor.parse(asked.after)
    return wanted, begin, group.pk if group else None


def _group(request: Request, name: str) -> FeedGroup:
    try:
        return groups.group_of(name, request.grants)
    except NotFound:
        raise Invalid("unknown_group", f"There is no group “{name}”.", field="group", name=name) from None


def _ticket(
    request: Request,
    asked: FeedQuery,
    wanted: Filter,
    after: Cursor,
    limit: int,
    group: int | None,
    *,
    wait: int | None,
) -> str:
    return feed_ticket.issue(
        Asked(
            staff_id=request.grants.staff_id,
            after=str(after),
            limit=limit,
            wait=wait,
            heartbeat=asked.heartbeat,
            types=wanted.types,
            subject=wanted.subject,
            ticket=wanted.ticket,
            condition=wanted.condition,
            group=group,
        )
    )


def _sent_on(request: Request, ticket: str) -> HttpResponse:
    response = HttpResponse(status=307)
    response["Location"] = f"{live_url(request)}?feed={quote(ticket)}"
    return response


def _answer(cut: Cut) -> HttpResponse:
    return HttpResponse(cut.answer(), content_type=CONTENT_TYPE)
