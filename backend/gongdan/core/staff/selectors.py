"""Reading the organisation: departments, teams, people, roles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet

from gongdan.core.staff.models import Department, Role, RoleGrant, Staff, Team
from gongdan.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """Which people: `text` is part of a name or user name; `after` is the (name, id) of the last one seen."""

    text: str = ""
    department_id: int | None = None
    team_id: int | None = None
    role: str | None = None
    active: bool | None = True
    after: tuple[str, int] | None = None
    ids: Collection[int] = field(default_factory=tuple)


def departments() -> list[dict[str, Any]]:
    """Every department, parents before children, siblings by position and name. One statement."""
    children: dict[int | None, list[Department]] = {}
    for row in Department.objects.select_related("head").order_by("position", "name", "id"):
        children.setdefault(row.parent_id, []).append(row)
    ordered: list[dict[str, Any]] = []
    waiting = children.get(None, [])[::-1]
    while waiting:
        row = waiting.pop()
        ordered.append(_department_shown(row))
        waiting.extend(children.get(row.pk, [])[::-1])
    return ordered


def _department_shown(row: Department) -> dict[str, Any]:
    return {
        "id": row.pk,
        "code": row.code,
        "name": row.name,
        "parent_id": row.parent_id,
        "path": row.path,
        "head": None if row.head is None else {"id": row.head.pk, "name": row.head.name},
        "position": row.position,
        "active": row.active,
    }


def department(department_id: int) -> dict[str, Any]:
    """One department, as in the list. Raises unknown_department."""
    return _one(departments(), department_id, "unknown_department", "There is no such department.")


def teams() -> list[dict[str, Any]]:
    """Every team with its members' ids, by department and name. One statement."""
    rows = Team.objects.annotate(
        members=ArrayAgg("staff__id", filter=Q(staff__is_active=True), default=[], order_by="staff__id")
    ).order_by("department__path", "name", "id")
    names = ("id", "code", "name", "department_id", "active", "members")
    return [dict(zip(names, row, strict=True)) for row in rows.values_list(*names)]


def team(team_id: int) -> dict[str, Any]:
    """One team, as in the list. Raises unknown_team."""
    return _one(teams(), team_id, "unknown_team", "There is no such team.")


def _one(rows: list[dict[str, Any]], row_id: int, code: str, sentence: str) -> dict[str, Any]:
    for row in rows:
        if row["id"] == row_id:
            return row
    raise NotFound(code, sentence)


def people(query: PeopleQuery, limit: int) -> list[dict[str, Any]]:
    """At most `limit` people by name, with department, teams and roles. Three statements."""
    found: QuerySet[Staff] = Staff.objects.filter(_where(query))
    rows = list(found.select_related("department").defer("password").order_by("name", "id")[:limit])
    ids = [person.pk for person in rows]
    team_rows = Staff.teams.through.objects.filter(staff_id__in=ids).order_by("team__name")
    teams_of = _grouped(team_rows.values_list("staff_id", "team_id", "team__name"), ("id", "name"))
    role_rows = RoleGrant.objects.filter(staff_id__in=ids).order_by("role__code")
    roles_of = _grouped(
        role_rows.values_list("staff_id", "role__code", "role__name", "department_id"),
        ("role", "name", "department_id"),
    )
    return [_shown(person, teams_of.get(person.pk, []), roles_of.get(person.pk, [])) for person in rows]


def person(staff_id: int) -> dict[str, Any]:
    """One person, as in the list. Raises unknown_staff."""
    found = people(PeopleQuery(ids=(staff_id,), active=None), 1)
    if not found:
        raise NotFound("unknown_staff", "There is no such person.")
    return found[0]


def _where(query: PeopleQuery) -> Q:
    where = Q()
    if query.ids:
        where &= Q(pk__in=query.ids)
    if query.text:
        where &= Q(name__icontains=query.text) | Q(username__icontains=query.text) | Q(extension=query.text)
    if query.department_id is not None:
        where &= Q(department_id=query.department_id)
    if query.team_id is not None:
        where &= Q(pk__in=Staff.teams.through.objects.filter(team_id=query.team_id).values("staff_id"))
    if query.role is not None:
        where &= Q(pk__in=RoleGrant.objects.filter(role__code=query.role).values("staff_id"))
    if query.active is not None:
        where &= Q(is_active=query.active)
    if query.after is not None:
        name, last_id = query.after
        where &= Q(name__gt=name) | Q(name=name, pk__gt=last_id)
    return where


def _grouped(rows: Any, names: tuple[str, ...]) -> dict[int, list[dict[str, Any]]]:
    groups: dict[int, list[dict[str, Any]]] = {}
    for staff_id, *values in rows:
        groups.setdefault(staff_id, []).append(dict(zip(names, values, strict=True)))
    return groups


def _shown(person: Staff, its_teams: list[dict[str, Any]], its_roles: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": person.pk,
        "username": person.username,
        "name": person.name,
        "department": {"id": person.department_id, "name": person.department.name},
        "teams": its_teams,
        "roles": its_roles,
        "email": person.email,
        "phone": person.phone,
        "extension": person.extension,
        "active": person.is_active,
    }


def holders_of(right: str) -> list[int]:
    """The ids of the active people some role gives `right`, sorted. One statement."""
    held = RoleGrant.objects.filter(role__rights__contains=[right], staff__is_active=True)
    return sorted(set(held.values_list("staff_id", flat=True)))


def roles() -> list[dict[str, Any]]:
    """Every role, by code. One statement."""
    names = ("id", "code", "name", "rights", "scope", "category_ids", "customer_levels")
    return [dict(zip(names, row, strict=True)) for row in Role.objects.order_by("code").values_list(*names)]


def role(code: str) -> dict[str, Any]:
    """One role. Raises unknown_role."""
    for row in roles():
        if row["code"] == code:
            return row
    raise NotFound("unknown_role", f"There is no role “{code}”.", role=code)
