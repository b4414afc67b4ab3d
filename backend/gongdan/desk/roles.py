"""Roles and the catalogue of rights. Reading and changing need admin.organisation."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Field, Router, Schema

from gongdan.core.staff import roles, selectors
from gongdan.core.staff.rights import ADMIN_ORGANISATION, RIGHTS
from gongdan.desk.organisation import Code, Id, Input, Name
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()
Scope = Literal["own", "team", "department", "department_below", "all"]
Rights = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=200)]
CategoryIds = Annotated[list[Id], Field(max_length=2000)]
Levels = Annotated[list[Annotated[str, Field(max_length=32)]], Field(max_length=100)]


class RightOut(Schema):
    code: str
    area: str


class RightsOut(Schema):
    items: list[RightOut]


class RoleOut(Schema):
    id: int
    code: str
    name: str
    rights: list[str]
    scope: Scope
    category_ids: list[int]
    customer_levels: list[str]


class RolesOut(Schema):
    items: list[RoleOut]


class RoleIn(Input):
    """Empty `category_ids` and `customer_levels` narrow nothing."""

    code: Code
    name: Name
    rights: Rights
    scope: Scope
    category_ids: CategoryIds = []
    customer_levels: Levels = []


class RoleChange(Input):
    name: Name = ""
    rights: Rights = []
    scope: Scope = "own"
    category_ids: CategoryIds = []
    customer_levels: Levels = []


@router.get("/rights", response=RightsOut, summary="The catalogue of rights")
def get_rights(request: Request) -> HttpResponse:
    """One per verb of a ticket, some for reading, one per area of administration."""
    return answer({"items": [asdict(right) for right in RIGHTS]})


@router.get("/roles", response=RolesOut, summary="All roles")
def get_roles(request: Request) -> HttpResponse:
    """403 right_missing without admin.organisation."""
    request.grants.require(ADMIN_ORGANISATION)
    return answer({"items": selectors.roles()})


@router.post("/roles", response={201: RoleOut}, summary="Make a role")
def post_role(request: Request, new: RoleIn) -> HttpResponse:
    """409 code_taken; 422 unknown_right, invalid_code."""

    def do() -> dict[str, Any]:
        roles.create_role(**new.model_dump(), actor=request.actor)
        return selectors.role(new.code)

    return idempotent(request, do)


@router.patch("/roles/{code}", response=RoleOut, summary="Change a role")
def patch_role(request: Request, code: str, change: RoleChange) -> HttpResponse:
    """Counts at once for everyone who holds it. 403 beyond_your_rights; 409 last_administrator."""
    roles.change_role(code, change.model_dump(exclude_unset=True), actor=request.actor)
    return answer(selectors.role(code))


@router.delete("/roles/{code}", response={204: None}, summary="Remove a role nobody holds")
def delete_role(request: Request, code: str) -> HttpResponse:
    """409 role_in_use."""
    roles.remove_role(code, actor=request.actor)
    return HttpResponse(status=204)
