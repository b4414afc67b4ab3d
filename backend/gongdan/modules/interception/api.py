"""Interceptors over HTTP: who is registered, how they do, their keys, a try, and the log of what they decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Field, Path, Query, Router, Schema
from pydantic import AwareDatetime

from gongdan.modules.interception import actions, definition, logbook, selectors, verbs
from gongdan.modules.interception.definition import InterceptorDefinition
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()
Identity = Annotated[int, Path(ge=1, le=paging.BIGGEST)]
Text = Annotated[str, Query(max_length=64)]
Moment = Annotated[AwareDatetime | None, Query()]


class InterceptorChange(Schema):
    """Only what is sent is changed; `version` is what the page showed."""

    model_config = {"extra": "forbid"}
    name: definition.Name | None = None
    address: Annotated[str, Field(max_length=500)] | None = None
    entry_point: Annotated[str, Field(max_length=120)] | None = None
    verbs: definition.Verbs | None = None
    condition: Annotated[str, Field(max_length=4_000)] | None = None
    timeout_ms: Annotated[int, Field(ge=50, le=10_000)] | None = None
    on_failure: Literal["open", "closed"] | None = None
    may_change: definition.Changes | None = None
    active: bool | None = None
    allowed_networks: definition.Networks | None = None
    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class InterceptorOrder(Schema):
    """Every interceptor's id, once, in the order they are asked."""

    model_config = {"extra": "forbid"}
    ids: Annotated[list[Annotated[int, Field(ge=1, le=paging.BIGGEST)]], Field(max_length=200)]


class InterceptorRotation(Schema):
    """For so many hours the key before signs along, so that the other side can change over; 0 ends it at once."""

    model_config = {"extra": "forbid"}
    overlap_hours: Annotated[int, Field(ge=0, le=720)] = 24


class InterceptorTry(Schema):
    """A question about `ticket` (its number), or about opening one; nothing is done."""

    model_config = {"extra": "forbid"}
    verb: Annotated[str, Field(min_length=1, max_length=64)] = verbs.OPEN
    ticket: Annotated[str, Field(min_length=1, max_length=32)] | None = None


class LogQuery(Schema):
    """`ticket` is its number; `decision` allow, change, refuse, failed or skipped."""

    interceptor: Annotated[int | None, Query(ge=1, le=paging.BIGGEST)] = None
    verb: Text = ""
    ticket: Text = ""
    decision: Literal["", "allow", "change", "refuse", "failed", "skipped"] = ""
    since: Moment = None
    until: Moment = None
    limit: paging.Limit = paging.DEFAULT_LIMIT
    after: paging.After = None


@router.get(
    "/interceptors", summary="Every interceptor, in the order they are asked", response=dict[str, Any]
)
def get_interceptors(request: Request) -> HttpResponse:
    """{items: [{id, name, kind, address, entry_point, verbs, condition, timeout_ms, on_failure, may_change, active,
    allowed_networks, position, version, created_at, created_by, old_key_until, health: {state: active|resting|missing|
    off, resting_since, resting_until, reason, last_failure: {at, reason}}}]}"""
    request.grants.require(actions.RIGHT)
    return answer({"items": selectors.interceptors()})


@router.post("/interceptors", response={201: dict[str, Any]}, summary="Register an interceptor")
def post_interceptor(request: Request, sent: InterceptorDefinition) -> HttpResponse:
    """{id, secret}: the signing key, this once. 422 unusable_address, unknown_entry_point, unknown_verb,
    unusable_condition, unknown_argument, unusable_network; 409 name_taken, too_many_interceptors."""

    def do() -> dict[str, Any]:
        made = actions.create_interceptor(sent, actor=request.actor)
        return {"id": made.id, "secret": made.secret}

    return idempotent(request, do, kept=_without_secret)


def _without_secret(made: dict[str, Any]) -> dict[str, Any]:
    return {**made, "secret": None}


# Before /interceptors/{id}, which would take the words for ids.
@router.put("/interceptors/order", summary="Put the interceptors in order", response=dict[str, Any])
def put_interceptor_order(request: Request, sent: InterceptorOrder) -> HttpResponse:
    """Each sees what those before it changed. 422 incomplete_order."""
    actions.order_interceptors(sent.ids, actor=request.actor)
    return answer({"items": selectors.interceptors()})


@router.get("/interceptors/entry-points", summary="Installed Python interceptors", response=dict[str, Any])
def get_entry_points(request: Request) -> HttpResponse:
    """{items: [{name, target, package, package_version}]} of the entry point group gongdan.interceptors."""
    request.grants.require(actions.RIGHT)
    return answer({"items": selectors.installed()})


@router.get("/interceptors/verbs", summary="What can be intercepted, and changed", response=dict[str, Any])
def get_interceptable_verbs(request: Request) -> HttpResponse:
    """{items: [{verb, arguments}]}; whoever takes `fields` takes fields.<code> for each own field."""
    request.grants.require(actions.RIGHT)
    return answer(
        {"items": [{"verb": verb, "arguments": names} for verb, names in verbs.arguments().items()]}
    )


@router.get("/interceptors/log", summary="What interceptors decided, newest first", response=dict[str, Any])
def get_interception_log(request: Request, chosen: Query[LogQuery]) -> HttpResponse:
    """{items: [{id, at, proposal_id, interceptor_id, name, verb, ticket_number, actor_name, decision, passed, sentence,
    changed, milliseconds, excerpt}], next}. Kept for 90 days."""
    request.grants.require(actions.RIGHT)
    before = paging.decode(chosen.after, int)[0] if chosen.after else paging.BIGGEST
    wanted = logbook.Search(**chosen.model_dump(exclude={"limit", "after"}))
    rows = logbook.found(wanted, before_id=before, limit=chosen.limit + 1)
    items, following = paging.page(rows, chosen.limit, lambda row: (row["id"],))
    return answer({"items": items, "next": following})


@router.get("/interceptors/{interceptor_id}", summary="One interceptor", response=dict[str, Any])
def get_interceptor(request: Request, interceptor_id: Identity) -> HttpResponse:
    """As in the list. 404 unknown_interceptor."""
    request.grants.require(actions.RIGHT)
    return answer(selectors.interceptor(interceptor_id))


@router.patch("/interceptors/{interceptor_id}", summary="Change an interceptor", response=dict[str, Any])
def patch_interceptor(request: Request, interceptor_id: Identity, sent: InterceptorChange) -> HttpResponse:
    """Its kind stays. 409 stale_version, name_taken; 422 as when it is registered."""
    wanted = sent.model_dump(exclude={"version"}, exclude_none=True)
    actions.change_interceptor(interceptor_id, wanted, actor=request.actor, version=sent.version)
    return answer(selectors.interceptor(interceptor_id))


@router.delete("/interceptors/{interceptor_id}", response={204: None}, summary="Remove an interceptor")
def delete_interceptor(request: Request, interceptor_id: Identity) -> HttpResponse:
    """Nobody asks it any more. What it decided stays in the log and in the tickets' tracks."""
    actions.remove_interceptor(interceptor_id, actor=request.actor)
    return HttpResponse(status=204)


@router.post("/interceptors/{interceptor_id}/rotate", summary="A fresh signing key", response=dict[str, Any])
def post_interceptor_rotation(
    request: Request, interceptor_id: Identity, sent: InterceptorRotation
) -> HttpResponse:
    """{id, secret}: the new key, this once. Questions carry two signatures while the old one is valid. 409 no_key."""

    def do() -> dict[str, Any]:
        overlap = timedelta(hours=sent.overlap_hours)
        made = actions.rotate_key(interceptor_id, overlap, actor=request.actor)
        return {"id": made.id, "secret": made.secret}

    return idempotent(request, do, status=200, kept=_without_secret)


@router.post(
    "/interceptors/{interceptor_id}/test", summary="Ask it now, and do nothing", response=dict[str, Any]
)
def post_interceptor_test(request: Request, interceptor_id: Identity, sent: InterceptorTry) -> HttpResponse:
    """{decision: allow|change|refuse|failed, sentence, changed, milliseconds, excerpt}. The proposal_id is prop_test."""
    request.grants.require(actions.RIGHT)
    tried = selectors.try_out(
        interceptor_id, sent.verb, sent.ticket, actor=request.actor, grants=request.grants
    )
    return answer(tried)
