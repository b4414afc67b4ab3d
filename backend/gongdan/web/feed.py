"""GET /events: the event log for other systems, from a cursor on, and only what the asker may see.

The cursor also moves over what is hidden, so that nobody is stuck and nobody learns how much is hidden.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Path, Query, Router

from gongdan.core.tickets.sight import ticket_id_of
from gongdan.kernel.errors import Invalid
from gongdan.outbox import feed, parked, registry
from gongdan.outbox.feed import Cursor, Event, FeedPage
from gongdan.web.auth import Request
from gongdan.web.event_sight import TICKET, TRAIL, EventSight
from gongdan.web.json_body import answer
from gongdan.web.paging import BIGGEST, After, Limit

router = Router()
Type = Annotated[list[str] | None, Query(alias="type", max_length=50)]
LetterId = Annotated[int, Path(ge=1, le=BIGGEST)]
Number = Annotated[str | None, Query(max_length=32)]


@router.get("/events", summary="What happened, from a cursor on")
def get_events(
    request: Request, after: After = None, limit: Limit = 100, type_: Type = None, ticket: Number = None
) -> HttpResponse:
    """{events, cursor}. Ask again with `after=cursor`; when the cursor does not move, everything was read.

    `type` may be given several times. Without `after` it begins at the beginning; `after=now` gives the end's cursor.
    """
    if after == "now":
        return answer({"events": [], "cursor": str(feed.position())})
    page = _page(Cursor.parse(after or ""), limit, _known(type_), ticket)
    sight = EventSight(page.events)
    seen = [_shown(event, sight) for event in page.events if sight.sees(request.grants, event)]
    return answer({"events": seen, "cursor": str(page.cursor)})


def _page(after: Cursor, limit: int, types: list[str] | None, ticket: str | None) -> FeedPage:
    if ticket is None:
        return feed.read(after, limit, types=types)
    ticket_id = ticket_id_of(ticket)
    if ticket_id is None:
        return FeedPage((), after)  # as empty as somebody else's
    page = feed.read_subject(TICKET, ticket_id, after, limit)
    return page if types is None else FeedPage([one for one in page.events if one.type in types], page.cursor)


def _known(types: list[str] | None) -> list[str] | None:
    for name in types or ():
        if name not in registry.TYPES:
            raise Invalid("unknown_event_type", f"There is no event type “{name}”.", field="type", type=name)
    return types


def _shown(event: Event, sight: EventSight) -> dict[str, Any]:
    return {
        "cursor": str(event.cursor),
        "id": event.id,
        "type": event.type,
        "version": event.version,
        "subject": event.subject,
        "subject_id": event.subject_id,
        "ticket": sight.number(event),
        "seq": event.seq,
        "actor": event.actor,
        "at": event.at,
        "data": event.data,
    }


@router.get("/dead-letters", summary="Events a listener gave up on")
def get_dead_letters(
    request: Request, after: Annotated[int | None, Query(ge=1, le=BIGGEST)] = None, limit: Limit = 50
) -> HttpResponse:
    """{items, next}, newest first, of all listeners. Needs admin.trail."""
    request.grants.require(TRAIL)
    items = parked.dead_letters(before=after, limit=limit)
    return answer({"items": items, "next": items[-1].id if len(items) == limit else None})


@router.post("/dead-letters/{letter_id}/replay", response={204: None}, summary="Try a dead letter again")
def replay_dead_letter(request: Request, letter_id: LetterId) -> HttpResponse:
    """What waits behind it follows when it succeeds. Needs admin.trail."""
    request.grants.require(TRAIL)
    parked.replay(letter_id)
    return HttpResponse(status=204)


@router.post(
    "/dead-letters/{letter_id}/dismiss", response={204: None}, summary="Give a dead letter up for good"
)
def dismiss_dead_letter(request: Request, letter_id: LetterId) -> HttpResponse:
    """What waits behind it goes on. Needs admin.trail."""
    request.grants.require(TRAIL)
    parked.dismiss(letter_id)
    return HttpResponse(status=204)
