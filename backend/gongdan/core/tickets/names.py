"""Names of people, departments, teams and roles by id, from the cached reference data: events keep them in words."""

from __future__ import annotations

from dataclasses import dataclass

from gongdan.core.staff.models import Department, Role, Staff, Team
from gongdan.kernel import reference


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    department_id: int
    active: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A department or a team; a team's `department_id` is where it belongs, a department's is its own id.

    `head_id` is the head of a department.
    """

    id: int
    code: str
    name: str
    department_id: int
    active: bool
    head_id: int | None = None


def _people() -> dict[int, Person]:
    rows = Staff.objects.values_list("id", "name", "department_id", "is_active")
    return {row[0]: Person(*row) for row in rows}


def _departments() -> dict[int, Unit]:
    rows = Department.objects.values_list("id", "code", "name", "id", "active", "head_id")
    return {row[0]: Unit(*row) for row in rows}


def _teams() -> dict[int, Unit]:
    rows = Team.objects.values_list("id", "code", "name", "department_id", "active")
    return {row[0]: Unit(*row) for row in rows}


def _roles() -> dict[str, str]:
    return dict(Role.objects.values_list("code", "name"))


def person(staff_id: int | None) -> Person | None:
    return reference.get("people", _people).get(staff_id) if staff_id else None


def department(department_id: int | None) -> Unit | None:
    return reference.get("departments", _departments).get(department_id) if department_id else None


def team(team_id: int | None) -> Unit | None:
    return reference.get("teams", _teams).get(team_id) if team_id else None


def department_by_code(code: str) -> Unit | None:
    units = reference.get("departments", _departments).values()
    return next((unit for unit in units if unit.code == code), None)


def team_by_code(code: str) -> Unit | None:
    return next((unit for unit in reference.get("teams", _teams).values() if unit.code == code), None)


def holders(role_code: str) -> list[int]:
    """The people at work who hold a role, by id."""

    def load() -> list[int]:
        held = Staff.objects.filter(is_active=True, role_grants__role__code=role_code).order_by("pk")
        return list(held.values_list("pk", flat=True).distinct())

    return reference.get(("holders", role_code), load)


def role_name(code: str) -> str:
    return reference.get("roles", _roles).get(code, code)


def staff_name(staff_id: int | None) -> str:
    found = person(staff_id)
    return found.name if found else ""


def department_name(department_id: int | None) -> str:
    found = department(department_id)
    return found.name if found else ""


def team_name(team_id: int | None) -> str:
    found = team(team_id)
    return found.name if found else ""
