"""People. Everyone signed in may find them by name; contact data, roles and changes need admin.organisation."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from gongdan.core.staff import people, selectors
from gongdan.core.staff.people import HeldRole, NewPerson
from gongdan.core.staff.rights import ADMIN_ORGANISATION
from gongdan.core.staff.selectors import PeopleQuery
from gongdan.desk.organisation import Id, Input, Name, Named
from gongdan.web import accounts, paging
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()
Password = Annotated[str, Field(min_length=1, max_length=256)]
Email = Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$")]
TeamIds = Annotated[list[Id], Field(max_length=200)]
FOR_ADMINISTRATORS = ("roles", "email", "phone")


class RoleHeld(Input):
    """`department_id` is where the role counts instead of the person's own department."""

    role: Annotated[str, Field(min_length=1, max_length=64)]
    department_id: Id | None = None


class RoleShown(Schema):
    role: str
    name: str
    department_id: int | None


class PersonOut(Schema):
    """`roles`, `email` and `phone` only for those with admin.organisation."""

    id: int
    username: str
    name: str
    department: Named
    teams: list[Named]
    extension: str
    active: bool
    roles: list[RoleShown] | None = None
    email: str | None = None
    phone: str | None = None


class People(Schema):
    items: list[PersonOut]
    next: str | None


class PersonIn(Input):
    username: Annotated[str, Field(min_length=1, max_length=64)]
    name: Name
    department_id: Id
    team_ids: TeamIds = []
    email: Email = ""
    phone: Annotated[str, Field(max_length=32)] = ""
    extension: Annotated[str, Field(max_length=16)] = ""
    password: Password | None = None
    roles: Annotated[list[RoleHeld], Field(max_length=100)] = []


class PersonChange(Input):
    name: Name = ""
    department_id: Id = 1
    team_ids: TeamIds = []
    email: Email = ""
    phone: Annotated[str, Field(max_length=32)] = ""
    extension: Annotated[str, Field(max_length=16)] = ""
    active: bool = True


class PasswordIn(Input):
    password: Password


class RolesIn(Input):
    roles: Annotated[list[RoleHeld], Field(max_length=100)]


class PeopleFilter(Schema):
    """`q` is part of a name or user name, or an extension."""

    q: Annotated[str, Field(max_length=120)] = ""
    department: Id | None = None
    team: Id | None = None
    role: Annotated[str, Field(max_length=64)] | None = None
    active: bool | None = True


@router.get("/staff", response=People, summary="Find people")
def get_staff(
    request: Request,
    wanted: Query[PeopleFilter],
    limit: paging.Limit = paging.DEFAULT_LIMIT,
    after: paging.After = None,
) -> HttpResponse:
    """By name; pass `active=` empty or false for those who left."""
    key = None if after is None else paging.decode(after, str, int)
    query = PeopleQuery(
        text=wanted.q,
        department_id=wanted.department,
        team_id=wanted.team,
        role=wanted.role,
        active=wanted.active,
        after=None if key is None else (key[0], key[1]),
    )
    found = selectors.people(query, limit + 1)
    items, following = paging.page(found, limit, lambda row: (row["name"], row["id"]))
    return answer({"items": [_visible(request, row) for row in items], "next": following})


@router.get("/staff/{staff_id}", response=PersonOut, summary="One person")
def get_person(request: Request, staff_id: int) -> HttpResponse:
    """404 unknown_staff."""
    return answer(_visible(request, selectors.person(staff_id)))


@router.post("/staff", response={201: PersonOut}, summary="Take a person in")
def post_person(request: Request, new: PersonIn) -> HttpResponse:
    """403 beyond_your_rights; 409 code_taken; 422 weak_password, unknown_role, …"""
    values = new.model_dump(exclude={"roles", "team_ids"})
    person = NewPerson(**values, team_ids=tuple(new.team_ids), roles=_held(new.roles))
    return idempotent(request, lambda: selectors.person(people.create_person(person, actor=request.actor)))


@router.patch("/staff/{staff_id}", response=PersonOut, summary="Change a person")
def patch_person(request: Request, staff_id: int, change: PersonChange) -> HttpResponse:
    """Only what is sent changes. `active: false` ends sessions and tokens. 409 last_administrator."""
    accounts.change_person(staff_id, change.model_dump(exclude_unset=True), actor=request.actor)
    return answer(selectors.person(staff_id))


@router.post("/staff/{staff_id}/password", response={204: None}, summary="Set a person's password")
def post_person_password(request: Request, staff_id: int, new: PasswordIn) -> HttpResponse:
    """Ends their sessions. 403 beyond_your_rights for someone who may more than you; 422 weak_password."""
    accounts.set_password(staff_id, new.password, actor=request.actor)
    return HttpResponse(status=204)


@router.put("/staff/{staff_id}/roles", response=PersonOut, summary="The roles a person holds")
def put_person_roles(request: Request, staff_id: int, held: RolesIn) -> HttpResponse:
    """Exactly these from now on. 403 beyond_your_rights; 409 last_administrator; 422 unknown_role."""
    people.set_roles(staff_id, _held(held.roles), actor=request.actor)
    return answer(selectors.person(staff_id))


def _held(roles: list[RoleHeld]) -> tuple[HeldRole, ...]:
    return tuple(HeldRole(held.role, held.department_id) for held in roles)


def _visible(request: Request, row: dict[str, Any]) -> dict[str, Any]:
    if ADMIN_ORGANISATION in request.grants.rights:
        return row
    return {name: value for name, value in row.items() if name not in FOR_ADMINISTRATORS}
