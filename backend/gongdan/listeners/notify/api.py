"""One's own notifications: newest first, what is unread, and that they were read."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Router, Schema

from gongdan.core.tickets.sight import sighted
from gongdan.kernel import clock
from gongdan.listeners.notify.models import Notification
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.event_sight import right_of, sees_of_ticket
from gongdan.web.json_body import answer

router = Router()
COUNTED = 100


class ReadUpTo(Schema):
    """`upto` is the id of the newest notification that was shown."""

    upto: Annotated[int, Field(ge=1, le=paging.BIGGEST)]


@router.get("/notifications", summary="My notifications, newest first", response=dict[str, Any])
def get_notifications(
    request: Request, after: paging.After = None, limit: paging.Limit = paging.DEFAULT_LIMIT
) -> HttpResponse:
    """{items, next, unread}. What one may no longer see is left out, so a page can be short."""
    mine = Notification.objects.filter(staff_id=request.grants.staff_id)
    before = paging.decode(after, int)[0] if after else paging.BIGGEST
    rows = list(mine.filter(pk__lt=before).order_by("-pk")[: limit + 1])
    rows, following = paging.page(rows, limit, lambda row: (row.pk,))
    tickets = sighted({row.ticket_id for row in rows if row.ticket_id is not None})
    items = []
    for row in rows:
        ticket = tickets.get(row.ticket_id) if row.ticket_id is not None else None
        if not _visible(request, row, sees_of_ticket(request.grants, row.type, ticket)):
            continue
        items.append(
            {
                "id": row.pk,
                "at": row.at,
                "read": row.read_at is not None,
                "number": ticket.number if ticket else None,
                "subject": ticket.subject if ticket else "",
                "sentence": {"code": row.type, "params": row.data},
            }
        )
    return answer({"items": items, "next": following, "unread": _unread(request.grants.staff_id)})


def _visible(request: Request, row: Notification, by_ticket: bool) -> bool:
    return by_ticket if row.ticket_id is not None else right_of(row.type) in request.grants.rights


@router.get("/notifications/unread", summary="How many are unread", response=dict[str, Any])
def get_unread(request: Request) -> HttpResponse:
    """{count, more}; counted up to 100."""
    return answer(_unread(request.grants.staff_id))


@router.post("/notifications/read", summary="I have seen them", response=dict[str, Any])
def post_read(request: Request, body: ReadUpTo) -> HttpResponse:
    """Marks everything up to `upto` as read; answers what is still unread."""
    unread = Notification.objects.filter(staff_id=request.grants.staff_id, read_at__isnull=True)
    unread.filter(pk__lte=body.upto).update(read_at=clock.now())
    return answer(_unread(request.grants.staff_id))


def _unread(staff_id: int) -> dict[str, Any]:
    some = Notification.objects.filter(staff_id=staff_id, read_at__isnull=True).values("pk")[: COUNTED + 1]
    count = len(some)
    return {"count": min(count, COUNTED), "more": count > COUNTED}
