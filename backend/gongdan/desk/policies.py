"""Policies of time: what there is, what a check finds, publishing, order, and what a version would touch."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Path, Router, Schema

from gongdan.core.sla import published
from gongdan.core.sla.check import check
from gongdan.core.sla.contracts import Terms
from gongdan.core.sla.known import known
from gongdan.core.sla.publish import (
    RIGHT,
    Published,
    change_policy,
    create_policy,
    order_policies,
    publish_version,
    require_sound,
)
from gongdan.core.tickets.policy_preview import preview
from gongdan.core.tickets.policy_use import known_flows
from gongdan.kernel import jobs
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()
Code = Annotated[str, Path(max_length=64)]
Names = Annotated[dict[str, str], Field(min_length=1, max_length=3)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


class NewPolicy(Schema):
    """`names` is a text per locale: zh-Hans, en, zh-Hant."""

    model_config = {"extra": "forbid"}
    code: Annotated[str, Field(min_length=1, max_length=64)]
    names: Names
    terms: Terms


class NewVersion(Schema):
    """`version` is the policy's, as it was read."""

    model_config = {"extra": "forbid"}
    terms: Terms
    version: Version | None = None


class PolicyChange(Schema):
    """Only what is sent is changed."""

    model_config = {"extra": "forbid"}
    names: Names | None = None
    active: bool | None = None
    version: Version | None = None


class Order(Schema):
    """Every policy's code, once, in the order they are tried."""

    model_config = {"extra": "forbid"}
    codes: Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=1_000)]


class Checked(Schema):
    """`code`: the policy the terms are meant for."""

    model_config = {"extra": "forbid"}
    terms: Terms
    code: Annotated[str, Field(max_length=64)] | None = None


class Previewed(Schema):
    """Terms that are not published, or a version's number; neither: the current version."""

    model_config = {"extra": "forbid"}
    terms: Terms | None = None
    number: Version | None = None


class Applied(Schema):
    """Which version."""

    model_config = {"extra": "forbid"}
    number: Version


@router.get("/policies", summary="Every policy, in the order they are tried")
def get_policies(request: Request) -> HttpResponse:
    """{items: [{code, names, active, position, number, version, terms}]}, with the current version's terms."""
    return answer({"items": [asdict(line) for line in published.policies()]})


@router.post("/policies", response={201: dict[str, Any]}, summary="Create a policy with its first version")
def post_policy(request: Request, sent: NewPolicy) -> HttpResponse:
    """422 unsound_policy with every finding; 409 code_taken."""
    request.grants.require(RIGHT)

    def act() -> dict[str, Any]:
        made = create_policy(sent.code, sent.names, sent.terms, flows=known_flows(), actor=request.actor)
        return _made(made)

    return idempotent(request, act)


# Before /policies/{code}, which would take the words for codes.
@router.put("/policies/order", summary="Put the policies in order")
def put_order(request: Request, sent: Order) -> HttpResponse:
    """The first active one whose condition holds is a ticket's. 422 incomplete_order."""
    order_policies(sent.codes, actor=request.actor)
    return answer({"items": [asdict(line) for line in published.policies()]})


@router.post("/policies/check", summary="Check terms without publishing them")
def post_check(request: Request, sent: Checked) -> HttpResponse:
    """{findings: [{field, code, detail, place}]}: `field` is the path within the terms, `place` says it in words."""
    request.grants.require(RIGHT)
    return answer({"findings": [one.to_json() for one in check(sent.terms, known(known_flows()))]})


@router.get("/policies/{code}", summary="A policy and all its versions")
def get_policy(request: Request, code: Code) -> HttpResponse:
    """As in the list, and {versions: [{number, created_at, created_by, terms}]}, newest first. 404 unknown_policy."""
    return answer(_policy(code))


@router.patch("/policies/{code}", summary="Rename a policy, switch it off or on")
def patch_policy(request: Request, code: Code, sent: PolicyChange) -> HttpResponse:
    """409 stale_version. Tickets that have the policy keep it."""
    change_policy(code, actor=request.actor, **sent.model_dump())
    return answer(_policy(code))


@router.post("/policies/{code}/versions", response={201: dict[str, Any]}, summary="Publish a new version")
def post_version(request: Request, code: Code, sent: NewVersion) -> HttpResponse:
    """New tickets are pinned to it. 422 unsound_policy with every finding; 409 policy_unchanged, stale_version."""
    request.grants.require(RIGHT)

    def act() -> dict[str, Any]:
        made = publish_version(
            code, sent.terms, flows=known_flows(), actor=request.actor, version=sent.version
        )
        return _made(made)

    return idempotent(request, act)


@router.post(
    "/policies/{code}/preview", summary="Which open tickets a version would touch, and what would change"
)
def post_preview(request: Request, code: Code, sent: Previewed) -> HttpResponse:
    """{number, count, more, items: [{ticket, subject, state, policy_now, policy_then, clocks: [{kind, node, state,
    old_limit, new_limit, old_due, new_due}]}]}. Limits in counted seconds; 200 tickets at most are shown."""
    request.grants.require(RIGHT)
    if sent.terms is not None:
        require_sound(sent.terms, known_flows())
    found = preview(code, sent.terms, sent.number, grants=request.grants, actor=request.actor)
    return answer(asdict(found))


@router.post(
    "/policies/{code}/apply", response={202: dict[str, Any]}, summary="Apply a version to open tickets"
)
def post_apply(request: Request, code: Code, sent: Applied) -> HttpResponse:
    """A job goes through the open tickets; each it touches tells of it on its track. 404 unknown_policy_version."""
    request.grants.require(RIGHT)
    published.version_of(code, sent.number)

    def act() -> dict[str, Any]:
        asked_by = request.grants.staff_id
        jobs.enqueue("policies.apply", code=code, number=sent.number, asked_by=asked_by)
        return {"queued": True}

    return idempotent(request, act, status=202)


def _made(made: Published) -> dict[str, Any]:
    return {"code": made.policy, "number": made.number, "version": published.policy_of(made.policy).version}


def _policy(code: str) -> dict[str, Any]:
    versions = [asdict(one) for one in published.versions_of(code)]
    return asdict(published.policy_of(code)) | {"versions": versions}
