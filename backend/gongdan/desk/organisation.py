"""The organisation: departments and teams. Everyone signed in may read them; changes need admin.organisation."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Router, Schema

from gongdan.core.staff import departments, selectors, teams
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Code = Annotated[str, Field(min_length=1, max_length=63)]
Position = Annotated[int, Field(ge=0, le=1_000_000)]


class Input(Schema):
    """What a client sends: a field it invents is an error, not silence."""

    model_config = {"extra": "forbid"}


class Named(Schema):
    id: int
    name: str


class DepartmentOut(Schema):
    id: int
    code: str
    name: str
    parent_id: int | None
    path: str
    head: Named | None
    position: int
    active: bool


class Departments(Schema):
    items: list[DepartmentOut]


class DepartmentIn(Input):
    code: Code
    name: Name
    parent_id: Id | None = None
    head_id: Id | None = None
    position: Position = 0


class DepartmentChange(Input):
    name: Name = ""
    parent_id: Id | None = None
    head_id: Id | None = None
    position: Position = 0
    active: bool = True


class TeamOut(Schema):
    id: int
    code: str
    name: str
    department_id: int
    active: bool
    members: list[int]


class Teams(Schema):
    items: list[TeamOut]


class TeamIn(Input):
    code: Code
    name: Name
    department_id: Id


class TeamChange(Input):
    name: Name = ""
    department_id: Id = 1
    active: bool = True


@router.get("/departments", response=Departments, summary="The tree of departments")
def get_departments(request: Request) -> HttpResponse:
    """Parents come before their children; `path` is the chain of ids from the root."""
    return answer({"items": selectors.departments()})


@router.post("/departments", response={201: DepartmentOut}, summary="Set up a department")
def post_department(request: Request, new: DepartmentIn) -> HttpResponse:
    """409 code_taken; 422 invalid_code, unknown_department, unknown_staff, department_too_deep."""

    def do() -> dict[str, Any]:
        return selectors.department(departments.create_department(**new.model_dump(), actor=request.actor))

    return idempotent(request, do)


@router.patch("/departments/{department_id}", response=DepartmentOut, summary="Change a department")
def patch_department(request: Request, department_id: int, change: DepartmentChange) -> HttpResponse:
    """Only what is sent changes. 409 department_in_use; 422 department_cycle."""
    departments.change_department(department_id, change.model_dump(exclude_unset=True), actor=request.actor)
    return answer(selectors.department(department_id))


@router.delete("/departments/{department_id}", response={204: None}, summary="Remove an unused department")
def delete_department(request: Request, department_id: int) -> HttpResponse:
    """409 department_in_use if anything belongs to it; deactivate it instead."""
    departments.remove_department(department_id, actor=request.actor)
    return HttpResponse(status=204)


@router.get("/teams", response=Teams, summary="All teams")
def get_teams(request: Request) -> HttpResponse:
    """With the ids of their active members."""
    return answer({"items": selectors.teams()})


@router.post("/teams", response={201: TeamOut}, summary="Set up a team")
def post_team(request: Request, new: TeamIn) -> HttpResponse:
    """409 code_taken; 422 invalid_code, unknown_department."""
    return idempotent(
        request, lambda: selectors.team(teams.create_team(**new.model_dump(), actor=request.actor))
    )


@router.patch("/teams/{team_id}", response=TeamOut, summary="Change a team")
def patch_team(request: Request, team_id: int, change: TeamChange) -> HttpResponse:
    """Only what is sent changes. 409 team_in_use."""
    teams.change_team(team_id, change.model_dump(exclude_unset=True), actor=request.actor)
    return answer(selectors.team(team_id))


@router.delete("/teams/{team_id}", response={204: None}, summary="Remove an unused team")
def delete_team(request: Request, team_id: int) -> HttpResponse:
    """409 team_in_use if people or tickets belong to it."""
    teams.remove_team(team_id, actor=request.actor)
    return HttpResponse(status=204)
