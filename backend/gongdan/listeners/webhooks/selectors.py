"""What people see of webhooks: the endpoints with their health, the log of deliveries, and one with all its attempts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets.sight import ticket_id_of
from gongdan.kernel import clock
from gongdan.kernel.errors import NotFound
from gongdan.listeners.webhooks import attempt, payload, store
from gongdan.listeners.webhooks.administration import HIDDEN
from gongdan.listeners.webhooks.models import Delivery, Endpoint
from gongdan.outbox import feed
from gongdan.web.event_sight import EventSight

COUNTED = 10_000  # deliveries counted per endpoint and state
_WAITING = f"""
SELECT e.id, (SELECT count(*) FROM (SELECT 1 FROM webhooks_delivery d WHERE d.endpoint_id = e.id
    AND d.state = 'waiting' LIMIT {COUNTED}) w),
  (SELECT count(*) FROM (SELECT 1 FROM webhooks_delivery d WHERE d.endpoint_id = e.id
    AND d.state = 'dead' LIMIT {COUNTED}) x),
  (SELECT min(created_at) FROM (SELECT d.created_at FROM webhooks_delivery d WHERE d.endpoint_id = e.id
    AND d.state = 'waiting' LIMIT {COUNTED}) o)
FROM webhooks_endpoint e WHERE e.id = ANY(%s)"""  # noqa: S608  constants only


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which deliveries; `after` is (created_at, id) of the last one seen."""

    endpoint_id: int
    states: Sequence[str] = ()
    ticket: str | None = None
    type: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[datetime, int] | None = None


def endpoints() -> list[dict[str, Any]]:
    """Every endpoint, by name. Two statements."""
    rows = list(Endpoint.objects.select_related("owner").order_by("name", "id"))
    waiting = _waiting([row.pk for row in rows])
    return [_shown(row, waiting[row.pk]) for row in rows]


def endpoint(endpoint_id: int) -> dict[str, Any]:
    """One endpoint. Raises unknown_webhook."""
    row = one_of(endpoint_id)
    return _shown(row, _waiting([row.pk])[row.pk])


def one_of(endpoint_id: int) -> Endpoint:
    """The row. Raises unknown_webhook."""
    row = Endpoint.objects.select_related("owner").filter(pk=endpoint_id).first()
    if row is None:
        raise NotFound("unknown_webhook", "There is no such webhook.")
    return row


def _waiting(ids: Sequence[int]) -> Mapping[int, tuple[int, int, datetime | None]]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [list(ids)])
        return {pk: (waiting, dead, oldest) for pk, waiting, dead, oldest in cursor.fetchall()}


def _shown(row: Endpoint, counted: tuple[int, int, datetime | None]) -> dict[str, Any]:
    waiting, dead, oldest = counted
    now = clock.now()
    return {
        "id": row.pk,
        "name": row.name,
        "address": row.address,
        "types": row.types,
        "condition": row.condition,
        "headers": dict.fromkeys(row.headers, HIDDEN),
        "allowed_networks": row.allowed_networks,
        "active": row.active,
        "owner": {"id": row.owner_id, "name": row.owner.name},
        "created_at": row.created_at,
        "version": row.version,
        "keys": [{"until": key["until"]} for key in row.keys if _holds(key["until"], now)],
        "health": {
            "state": state_of(row),
            "paused_at": row.paused_at,
            "paused_why": row.paused_why,
            "waiting": waiting,
            "behind": int((now - oldest).total_seconds()) if oldest else 0,
            "oldest_waiting_at": oldest,
            "dead": dead,
            "failures": row.failures,
            "failing_since": row.failing_since,
            "rest_until": row.rest_until,
            "last_success_at": row.last_success_at,
            "last_failure_at": row.last_failure_at,
            "last_failure": row.last_failure,
        },
    }


def _holds(until: str | None, now: datetime) -> bool:
    return until is None or now < datetime.fromisoformat(until)


def state_of(row: Endpoint) -> str:
    """active, paused (by the product or a person) or failing."""
    if not row.active or row.paused_at is not None:
        return "paused"
    return "failing" if row.failures else "active"


def deliveries(query: LogQuery, limit: int) -> list[Delivery]:
    """At most `limit`, the newest first. One statement, two for a ticket's."""
    rows = Delivery.objects.filter(endpoint_id=query.endpoint_id)
    if query.states:
        rows = rows.filter(state__in=list(query.states))
    if query.type:
        rows = rows.filter(type=query.type)
    if query.ticket:
        rows = rows.filter(event_id__in=_events_of(query.ticket))
    if query.since:
        rows = rows.filter(created_at__gte=query.since)
    if query.until:
        rows = rows.filter(created_at__lte=query.until)
    if query.after:
        at, last = query.after
        rows = rows.filter(created_at__lte=at).exclude(created_at=at, id__gte=last)
    return list(rows.order_by("-created_at", "-id")[:limit])


def _events_of(number: str) -> list[int]:
    """The ids of a ticket's events, so that its deliveries are found by the index of events."""
    ticket_id = ticket_id_of(number)
    return feed.ids_of("ticket", ticket_id) if ticket_id is not None else []


def line(row: Delivery) -> dict[str, Any]:
    """A delivery as the log lists it."""
    last = row.tries[-1] if row.tries else {}
    return {
        "id": row.pk,
        "event_id": row.event_id,
        "type": row.type,
        "subject": row.subject,
        "subject_id": row.subject_id,
        "ticket": row.ticket or None,
        "state": row.state,
        "attempts": len(row.tries),
        "created_at": row.created_at,
        "done_at": row.done_at,
        "next_try_at": row.next_try_at if row.state == "waiting" else None,
        "status": last.get("status"),
        "error": last.get("error", ""),
        "words": last.get("words", ""),
        "ms": last.get("ms"),
    }


def delivery(delivery_id: int, grants: StaffGrants) -> dict[str, Any]:
    """One delivery with its request and all its attempts. The body is HIDDEN from who may not see the event now, for
    looking after webhooks is no right to read tickets. Raises unknown_delivery."""
    row = Delivery.objects.select_related("endpoint").filter(pk=delivery_id).first()
    if row is None:
        raise NotFound("unknown_delivery", "There is no such delivery.")
    event = feed.by_ids([row.event_id])[row.event_id]
    body = payload.render(event, row.ticket)
    shown = body.decode() if EventSight([event]).sees(grants, event) else HIDDEN
    message_id = payload.message_id(row.endpoint_id, row.event_id)
    return {
        **line(row),
        "webhook_id": row.endpoint_id,
        "request": {"address": row.endpoint.address, "body": shown},
        "tries": [
            {**one, "headers": _headers(row.endpoint, message_id, one["at"], body)} for one in row.tries
        ],
    }


def _headers(endpoint: Endpoint, message_id: str, at: str, body: bytes) -> dict[str, str]:
    """What was said with an attempt; signatures and the endpoint's own headers are secrets and stay out."""
    target = store.target_of(endpoint, clock.now())
    said = attempt.request_headers(target, message_id, datetime.fromisoformat(at), body)
    return {
        name: HIDDEN if name in endpoint.headers or name.endswith("signature") else value
        for name, value in said.items()
    }
