"""REST for time: a ticket's clocks with their receipts, and yellow and red cards. No rules here."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime

from gongdan.core.tickets import card_rows, time_page
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.json_body import answer

router = Router()
Identity = Annotated[int | None, Query(ge=1, le=paging.BIGGEST)]
Text = Annotated[str | None, Query(max_length=64)]
Moment = Annotated[AwareDatetime | None, Query()]


class CardQuery(Schema):
    """Filters; `standing` leaves out the withdrawn ones (true) or shows only them (false); `mine` those that name me.

    `since` and `until` are about when a card was issued.
    """

    colour: Literal["yellow", "red"] | None = None
    state: Literal["issued", "acknowledged", "appealed", "upheld", "withdrawn"] | None = None
    standing: bool | None = None
    department: Identity = None
    staff: Identity = None
    mine: bool = False
    clock_kind: Literal["process", "node", "first_response", "next_response", "callback"] | None = None
    node: Text = None
    since: Moment = None
    until: Moment = None
    ticket: Text = None


class CardPage(CardQuery):
    limit: paging.Limit = paging.DEFAULT_LIMIT
    after: paging.After = None


@router.get("/tickets/{number}/clocks", summary="Its clocks and their receipts", response=dict[str, Any])
def get_clocks(request: HttpRequest, number: str) -> HttpResponse:
    return answer(time_page.clocks_page(number, cast(Request, request).grants))


@router.get("/cards", summary="Yellow and red cards, newest first", response=dict[str, Any])
def get_cards(request: HttpRequest, chosen: Query[CardPage]) -> HttpResponse:
    grants = cast(Request, request).grants
    before_id = paging.decode(chosen.after, int)[0] if chosen.after else None
    found = card_rows.card_list(
        grants, _filter(chosen, grants.staff_id), before_id=before_id, limit=chosen.limit + 1
    )
    items, following = paging.page(found, chosen.limit, lambda row: (row["id"],))
    return answer({"items": items, "next": following})


@router.get("/cards/summary", summary="How many cards stand, and whose", response=dict[str, Any])
def get_summary(request: HttpRequest, chosen: Query[CardQuery]) -> HttpResponse:
    """{yellow, red, withdrawn, by_department, by_staff}; withdrawn cards count nowhere else."""
    grants = cast(Request, request).grants
    return answer(card_rows.summary(grants, _filter(chosen, grants.staff_id)))


def _filter(chosen: CardQuery, me: int) -> card_rows.CardFilter:
    wanted = chosen.model_dump(exclude={"limit", "after", "mine"})
    return card_rows.CardFilter(**(wanted | ({"staff": me} if chosen.mine else {})))
