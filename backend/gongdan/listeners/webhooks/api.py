"""Webhooks over HTTP: who is told, how they fare, their keys, a test, the log of deliveries, and sending again.

Everything here needs admin.integrations.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Field, Path, Query, Router, Schema
from pydantic import AwareDatetime

from gongdan.listeners.webhooks import administration, selectors, testing
from gongdan.listeners.webhooks.administration import NewEndpoint
from gongdan.listeners.webhooks.health import RIGHT
from gongdan.listeners.webhooks.selectors import LogQuery
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()
Identity = Annotated[int, Path(ge=1, le=paging.BIGGEST)]
Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"\S")]
Address = Annotated[str, Field(min_length=1, max_length=2000)]
Types = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=200)]
Condition = Annotated[str, Field(max_length=1000)]
Headers = Annotated[dict[str, Annotated[str, Field(max_length=500)]], Field(max_length=20)]
Networks = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=50)]
State = Literal["waiting", "delivered", "dead"]
Moment = Annotated[AwareDatetime | None, Query()]


class Input(Schema):
    """What a client sends: a field it invents is an error, not silence."""

    model_config = {"extra": "forbid"}


class WebhookIn(Input):
    """No `types`: all. `owner_id`: whose sight it has, one's own if left out."""

    name: Name
    address: Address
    types: Types = []
    condition: Condition = ""
    headers: Headers = {}
    allowed_networks: Networks = []
    active: bool = True
    owner_id: Annotated[int, Field(ge=1, le=paging.BIGGEST)] | None = None


class WebhookChange(Input):
    """Only what is sent is changed; a header's value “…” leaves it as it is. `version` is what the page showed."""

    name: Name = ""
    address: Address = ""
    types: Types = []
    condition: Condition = ""
    headers: Headers = {}
    allowed_networks: Networks = []
    active: bool = True
    owner_id: Annotated[int, Field(ge=1, le=paging.BIGGEST)] = 0
    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class Rotation(Input):
    """For so many hours the key before signs along, so that the other side can change over; 0 ends it at once."""

    overlap_hours: Annotated[int, Field(ge=0, le=720)] = 24


class Range(Input):
    """Deliveries recorded in this time, in these states."""

    since: AwareDatetime
    until: AwareDatetime
    states: Annotated[list[State], Field(min_length=1, max_length=3)] = ["dead"]


class Log(Schema):
    """`ticket` is its number; `state` may be given several times."""

    state: Annotated[list[State], Query(max_length=3)] = []
    ticket: Annotated[str | None, Query(max_length=32)] = None
    type: Annotated[str | None, Query(max_length=64)] = None
    since: Moment = None
    until: Moment = None
    after: paging.After = None
    limit: paging.Limit = paging.DEFAULT_LIMIT


@router.get("/webhooks", summary="Every webhook and how it fares", response=dict[str, Any])
def get_webhooks(request: Request) -> HttpResponse:
    """{items}, by name. `health.waiting` and `health.dead` are counted up to 10,000; `behind` is in seconds."""
    request.grants.require(RIGHT)
    return answer({"items": selectors.endpoints()})


@router.post("/webhooks", summary="Set up a webhook", response={201: dict[str, Any]})
def post_webhook(request: Request, new: WebhookIn) -> HttpResponse:
    """The answer holds the signing key as `secret`, this once; a repeated Idempotency-Key answers without it."""

    def do() -> dict[str, Any]:
        made, secret = administration.create(NewEndpoint(**new.dict()), actor=request.actor)
        return {**selectors.endpoint(made.pk), "secret": secret}

    return idempotent(request, do, kept=lambda made: {**made, "secret": None})


@router.get("/webhooks/{webhook_id}", summary="A webhook and how it fares", response=dict[str, Any])
def get_webhook(request: Request, webhook_id: Identity) -> HttpResponse:
    """As in the list."""
    request.grants.require(RIGHT)
    return answer(selectors.endpoint(webhook_id))


@router.patch("/webhooks/{webhook_id}", summary="Change a webhook", response=dict[str, Any])
def patch_webhook(request: Request, webhook_id: Identity, body: WebhookChange) -> HttpResponse:
    """What waits is sent to the new address."""
    changes = body.dict(exclude_unset=True)
    version = changes.pop("version", None)
    administration.change(webhook_id, changes, version=version, actor=request.actor)
    return answer(selectors.endpoint(webhook_id))


@router.delete("/webhooks/{webhook_id}", summary="Remove a webhook", response={204: None})
def delete_webhook(request: Request, webhook_id: Identity) -> HttpResponse:
    """Its deliveries and their record go with it."""
    administration.remove(webhook_id, actor=request.actor)
    return HttpResponse(status=204)


@router.post("/webhooks/{webhook_id}/rotate", summary="A new signing key", response=dict[str, Any])
def rotate_webhook(request: Request, webhook_id: Identity, body: Rotation) -> HttpResponse:
    """The answer holds the new key as `secret`, this once."""
    _, secret = administration.rotate(webhook_id, timedelta(hours=body.overlap_hours), actor=request.actor)
    return answer({**selectors.endpoint(webhook_id), "secret": secret})


@router.post("/webhooks/{webhook_id}/test", summary="Send a test event now", response=dict[str, Any])
def test_webhook(request: Request, webhook_id: Identity) -> HttpResponse:
    """{ok, status, error, words, answer, ms, message_id, body}: what came back. It may take the whole time limit."""
    request.grants.require(RIGHT)
    return answer(testing.send_test(selectors.one_of(webhook_id)))


@router.post("/webhooks/{webhook_id}/resume", summary="Try a webhook again", response=dict[str, Any])
def resume_webhook(request: Request, webhook_id: Identity) -> HttpResponse:
    """Switches it on; everything that waits is sent now, in order."""
    administration.resume(webhook_id, actor=request.actor)
    return answer(selectors.endpoint(webhook_id))


@router.get("/webhooks/{webhook_id}/deliveries", summary="What was sent", response=dict[str, Any])
def get_deliveries(request: Request, webhook_id: Identity, query: Query[Log]) -> HttpResponse:
    """{items, next}, newest first."""
    request.grants.require(RIGHT)
    selectors.one_of(webhook_id)
    after = paging.decode(query.after, datetime, int) if query.after else None
    wanted = LogQuery(
        webhook_id,
        query.state,
        query.ticket,
        query.type,
        query.since,
        query.until,
        after and (after[0], after[1]),
    )
    rows = selectors.deliveries(wanted, query.limit + 1)
    rows, following = paging.page(rows, query.limit, lambda row: (row.created_at, row.pk))
    return answer({"items": [selectors.line(row) for row in rows], "next": following})


@router.get("/webhooks/deliveries/{delivery_id}", summary="A delivery in full", response=dict[str, Any])
def get_delivery(request: Request, delivery_id: Identity) -> HttpResponse:
    """With the request's body and every attempt: headers, status, answer, duration."""
    request.grants.require(RIGHT)
    return answer(selectors.delivery(delivery_id, request.grants))


@router.post("/webhooks/deliveries/{delivery_id}/resend", summary="Send again", response={204: None})
def resend_delivery(request: Request, delivery_id: Identity) -> HttpResponse:
    """The same message with the same `webhook-id`, whatever became of it."""
    administration.send_again(delivery_id, actor=request.actor)
    return HttpResponse(status=204)


@router.post("/webhooks/{webhook_id}/resend", summary="Send a range of time again", response=dict[str, Any])
def resend_range(request: Request, webhook_id: Identity, body: Range) -> HttpResponse:
    """{count}: how many are sent again, in order; at most 50,000 at a time, the oldest first."""
    count = administration.send_range_again(
        webhook_id, body.since, body.until, body.states, actor=request.actor
    )
    return answer({"count": count})
