"""Founds the demo company: departments, teams, roles, people."""

from __future__ import annotations

from gongdan.config.demo.people import DEPARTMENTS, PEOPLE, ROLES, TEAMS, DemoPerson
from gongdan.core.staff.departments import change_department, create_department
from gongdan.core.staff.models import Staff
from gongdan.core.staff.passwords import hash_of
from gongdan.core.staff.people import HeldRole, NewPerson, create_person
from gongdan.core.staff.roles import create_role
from gongdan.core.staff.teams import create_team
from gongdan.kernel.actor import Actor

PASSWORD = "gongdan-demo"  # noqa: S105  printed at every start


def make_organisation(actor: Actor) -> None:
    """Everyone signs in with `PASSWORD`. It is hashed once for all, because a hash is meant to take long."""
    departments: dict[str, int] = {}
    for position, (code, name, parent) in enumerate(DEPARTMENTS):
        above = departments[parent] if parent else None
        departments[code] = create_department(
            code=code, name=name, parent_id=above, position=position, actor=actor
        )
    teams = {
        code: create_team(code=code, name=name, department_id=departments[where], actor=actor)
        for code, name, where in TEAMS
    }
    for code, name, rights, scope in ROLES:
        create_role(code=code, name=name, rights=set(rights.split()), scope=scope, actor=actor)
    for person in PEOPLE:
        _person(person, departments, teams, actor)
    Staff.objects.update(password=hash_of(PASSWORD))


def _person(person: DemoPerson, departments: dict[str, int], teams: dict[str, int], actor: Actor) -> None:
    where = departments[person.department]
    new = NewPerson(
        username=person.username,
        name=person.name,
        department_id=where,
        team_ids=tuple(teams[code] for code in person.teams),
        extension=person.extension,
        roles=tuple(HeldRole(code) for code in person.roles),
    )
    made = create_person(new, actor=actor)
    if person.head:
        change_department(where, {"head_id": made}, actor=actor)
