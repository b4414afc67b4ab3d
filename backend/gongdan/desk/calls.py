"""REST for calls: the list, one call, what it was about, and the tickets it belongs to. No rules."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime

from gongdan.core.interactions import call_list, call_page
from gongdan.core.interactions.actions import dispose
from gongdan.core.tickets import calls
from gongdan.desk.call_shapes import CallList, CallPage
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.json_body import answer
from gongdan.web.live import bell

router = Router()
Identity = Annotated[int | None, Query(ge=1, le=paging.BIGGEST)]


class CallQuery(Schema):
    """Filters of the list; `from` and `to` are about the call's beginning, `staff` is anybody who had a part in it."""

    direction: Literal["inbound", "outbound", "internal"] | None = None
    outcome: Literal["answered", "abandoned", "missed", "refused", "unanswered", "failed", "lost"] | None = (
        None
    )
    queue: Annotated[str | None, Query(max_length=80)] = None
    staff: Identity = None
    customer: Identity = None
    number: Annotated[str | None, Query(max_length=60)] = None
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None
    mine: bool = False
    undisposed: bool = False
    limit: paging.Limit = paging.DEFAULT_LIMIT
    after: paging.After = None


class NewDisposition(Schema):
    """`version` is what the page showed."""

    model_config = {"extra": "forbid"}

    category: Annotated[str, Field(min_length=1, max_length=64)]
    note: Annotated[str, Field(max_length=2_000)] = ""
    version: int | None = None


class NewLink(Schema):
    model_config = {"extra": "forbid"}

    number: Annotated[str, Field(min_length=1, max_length=32)]
    how: Literal["linked"] = "linked"


@router.get("/calls", summary="Calls one may see, newest first", response=CallList)
def get_calls(request: Request, chosen: Query[CallQuery]) -> HttpResponse:
    key = paging.decode(chosen.after, datetime, int) if chosen.after else None
    wanted = call_list.CallFilter(**chosen.model_dump(exclude={"limit", "after"}))
    found = call_list.call_list(
        request.grants, wanted, after=(key[0], key[1]) if key else None, limit=chosen.limit + 1
    )
    items, following = paging.page(found, chosen.limit, lambda row: (row["began_at"], row["id"]))
    tickets = calls.tickets_of_calls([row["id"] for row in items], request.grants)
    for row in items:
        row["tickets"] = [one["number"] for one in tickets.get(row["id"], ())]
    return answer({"items": items, "next": following})


@router.get("/calls/{call_id}", summary="One call, and what one may do with it", response=CallPage)
def get_call(request: Request, call_id: int) -> HttpResponse:
    return answer(_page(request, call_id))


def _page(request: Request, call_id: int) -> dict[str, Any]:
    page = call_page.call_page(call_id, request.grants)
    page["tickets"] = calls.tickets_of_calls([call_id], request.grants).get(call_id, [])
    return page


@router.post("/calls/{call_id}/disposition", summary="Write down what a call was about", response=CallPage)
def post_disposition(request: Request, call_id: int, given: NewDisposition) -> HttpResponse:
    """A category that has none below it; again changes it."""
    dispose.dispose_call(
        call_id,
        given.category,
        given.note.strip(),
        version=given.version,
        grants=request.grants,
        actor=request.actor,
    )
    bell.ring({request.grants.staff_id}, bell.PHONE)
    return answer(_page(request, call_id))


@router.post("/calls/{call_id}/tickets", summary="Note that a call is about a ticket", response=CallPage)
def post_ticket(request: Request, call_id: int, given: NewLink) -> HttpResponse:
    """A call may be about several tickets; noting it twice changes nothing."""
    calls.link(given.number, call_id, actor=request.actor)
    return answer(_page(request, call_id))
