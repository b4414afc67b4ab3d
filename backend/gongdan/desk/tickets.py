"""REST for tickets: parse → verb or selector → answer. No rules here."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime

from gongdan.core.staff.grants import grants_of
from gongdan.core.tickets import detail, export, names, selectors
from gongdan.core.tickets import track as tracks
from gongdan.core.tickets.access import allowing
from gongdan.core.tickets.actions.catalogue import VERBS
from gongdan.core.tickets.actions.open_ticket import Opening
from gongdan.core.tickets.actions.registry import Verb
from gongdan.core.tickets.actions.shape import Performing
from gongdan.core.tickets.actions.work import facts_of
from gongdan.core.tickets.contracts import OpenTicket, VerbResult
from gongdan.kernel.errors import Forbidden, NotFound
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Text = Annotated[str | None, Query(max_length=100)]
Identity = Annotated[int | None, Query(ge=1, le=paging.BIGGEST)]
State = Literal[
    "draft", "open", "paused", "resolved", "closed", "cancelled", "force_ended", "living", "ended"
]
Kind = Literal["consultation", "complaint", "repair", "suggestion", "daily_service"]
Channel = Literal["phone", "email", "wechat", "web_form", "chat", "app", "api"]
Moment = Annotated[AwareDatetime | None, Query()]


class TicketQuery(Schema):
    """Filters of the list; `state` takes a state, "living" or "ended"; `opened_by` takes "me" or an id."""

    state: State | None = None
    kind: Kind | None = None
    category: Text = None
    department: Identity = None
    handler: Identity = None
    opened_by: Text = None
    customer: Identity = None
    priority: Annotated[int | None, Query(ge=1, le=4)] = None
    channel: Channel | None = None
    opened_after: Moment = None
    opened_before: Moment = None
    q: Text = None
    limit: paging.Limit = paging.DEFAULT_LIMIT
    after: paging.After = None


@router.post("/tickets", response={201: VerbResult}, summary="Open a ticket")
def post_ticket(request: HttpRequest, body: OpenTicket) -> HttpResponse:
    asked = cast(Request, request)
    return idempotent(asked, Opening(body, asked.actor))


@router.get("/tickets", summary="Tickets one may see, newest first", response=dict[str, Any])
def list_tickets(request: HttpRequest, chosen: Query[TicketQuery]) -> HttpResponse:
    grants = cast(Request, request).grants
    before_id = paging.decode(chosen.after, int)[0] if chosen.after else None
    wanted = _filter(chosen, grants.staff_id)
    found = selectors.ticket_list(grants, wanted, before_id=before_id, limit=chosen.limit + 1)
    items, following = paging.page(found, chosen.limit, lambda row: (row["id"],))
    return answer({"items": items, "next": following})


def _filter(chosen: TicketQuery, me: int) -> selectors.TicketFilter:
    wanted = chosen.model_dump(exclude={"limit", "after", "opened_by"})
    return selectors.TicketFilter(**wanted, opened_by=_opener(chosen.opened_by, me))


def _opener(text: str | None, me: int) -> int | None:
    if text is None:
        return None
    return me if text == "me" else int(text) if text.isdecimal() and len(text) < 19 else 0


@router.get("/tickets/export", summary="The list as a spreadsheet", response={200: bytes})
def export_tickets(
    request: HttpRequest, chosen: Query[TicketQuery], locale: Literal["zh-Hans", "zh-Hant", "en"] = "zh-Hans"
) -> HttpResponse:
    """XLSX, with the list's filters and at most 50,000 tickets; `limit` and `after` do not count here."""
    grants = cast(Request, request).grants
    made = HttpResponse(
        export.spreadsheet(grants, _filter(chosen, grants.staff_id), locale), content_type=XLSX
    )
    made["Content-Disposition"] = 'attachment; filename="tickets.xlsx"'
    return made


@router.get("/tickets/{number}", summary="One ticket, and what one may do to it", response=dict[str, Any])
def get_ticket(request: HttpRequest, number: str) -> HttpResponse:
    asked = cast(Request, request)
    return answer(detail.ticket_page(number, actor=asked.actor, grants=asked.grants))


@router.get(
    "/tickets/{number}/track", summary="Where it has been, and the flow drawn", response=dict[str, Any]
)
def get_track(request: HttpRequest, number: str) -> HttpResponse:
    asked = cast(Request, request)
    return answer(tracks.track(number, actor=asked.actor, grants=asked.grants))


@router.get("/tickets/{number}/messages", summary="The correspondence", response=dict[str, Any])
def get_messages(request: HttpRequest, number: str) -> HttpResponse:
    return answer({"items": detail.messages(number, cast(Request, request).grants)})


@router.get("/tickets/{number}/why", summary="Why somebody can see this ticket", response=dict[str, Any])
def get_why(request: HttpRequest, number: str, staff: Identity = None) -> HttpResponse:
    """About oneself without `staff`; about others with the right admin.organisation."""
    grants = cast(Request, request).grants
    ticket = detail.visible_ticket(number, grants)
    if staff not in (None, grants.staff_id) and "admin.organisation" not in grants.rights:
        raise Forbidden("right_missing", "Only who administers the organisation may ask for others.")
    found = allowing(grants_of(staff or grants.staff_id), "ticket.view", facts_of(ticket))
    because = [
        {
            "role": one.role,
            "role_name": names.role_name(one.role),
            "scope": one.scope,
            "matched": detail.matched_words(one.matched),
        }
        for one in found
    ]
    return answer({"visible": bool(found), "because": because})


@router.get("/customers/{customer_id}/tickets", summary="A customer's tickets", response=dict[str, Any])
def get_customer_tickets(
    request: HttpRequest, customer_id: int, limit: paging.Limit = 20, after: paging.After = None
) -> HttpResponse:
    grants = cast(Request, request).grants
    before_id = paging.decode(after, int)[0] if after else None
    chosen = selectors.TicketFilter(customer=customer_id)
    found = selectors.ticket_list(grants, chosen, before_id=before_id, limit=limit + 1)
    items, following = paging.page(found, limit, lambda row: (row["id"],))
    return answer({"items": items, "next": following})


def _add_verb(verb: Verb) -> None:
    """One operation per verb, so that the schema says what each takes."""

    def act(request: HttpRequest, number: str, body: Any) -> HttpResponse:
        asked = cast(Request, request)
        return idempotent(asked, Performing(verb.name, number, body, asked.actor), status=200)

    act.__annotations__ = {**act.__annotations__, "request": HttpRequest, "number": str, "body": verb.args}
    act.__name__ = f"{verb.name}_ticket"
    router.post(
        f"/tickets/{{number}}/actions/{verb.name}",
        response=VerbResult,
        summary=f"{verb.name} a ticket".replace("_", " ").capitalize(),
        description=verb.doc,
    )(act)


for _verb in VERBS.values():
    _add_verb(_verb)


@router.post("/tickets/{number}/actions/{verb}", summary="No such verb", include_in_schema=False)
def unknown_verb(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    raise NotFound("unknown_verb", f"There is no verb {verb[:40]!r}.", verbs=sorted(VERBS))
