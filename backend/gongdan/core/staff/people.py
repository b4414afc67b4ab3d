"""Taking people in, changing what is known of them, letting them go, and the roles they hold.

Each change checks admin.organisation and goes to the trail. People are never removed, for the trail speaks of them;
they are deactivated, which ends all their grants at once (sessions and tokens look at it too).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from gongdan.core.staff import passwords
from gongdan.core.staff.administration import apply, change, require_free, require_not_beyond, usable_name
from gongdan.core.staff.models import Department, Role, RoleGrant, Staff, Team
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Invalid, NotFound
from gongdan.outbox.log import NewEvent, append_to

USERNAME = re.compile(r"[\w.@+-]{1,64}")
UNUSABLE = "!"  # what stands for the password of a person who cannot sign in with one


@dataclass(frozen=True, slots=True, order=True)
class HeldRole:
    """A role a person holds; `department_id` is where it counts instead of their own department."""

    role: str
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Without a password the person cannot sign in until one is set."""

    username: str
    name: str
    department_id: int
    team_ids: tuple[int, ...] = ()
    email: str = ""
    phone: str = ""
    extension: str = ""
    password: str | None = None
    roles: tuple[HeldRole, ...] = ()


def create_person(new: NewPerson, *, actor: Actor) -> int:
    """Take a person in; returns their id. Raises code_taken, invalid_username, unknown_department, unknown_team,
    unknown_role, weak_password, beyond_your_rights."""
    with change(actor):
        if not USERNAME.fullmatch(new.username):
            raise Invalid(
                "invalid_username",
                "A user name has 1 to 64 letters, digits, “.”, “@”, “+”, “-” or “_”.",
                field="username",
            )
        require_free(Staff.objects.filter(username__iexact=new.username), new.username, "username")
        _require_department(new.department_id)
        person = Staff(username=new.username, name=usable_name(new.name), department_id=new.department_id)
        person.email, person.phone, person.extension = new.email, new.phone, new.extension
        person.password = UNUSABLE if new.password is None else passwords.hash_of(new.password, person)
        person.save()
        person.teams.set(_teams(new.team_ids))
        append_to("staff", person.pk, [NewEvent("StaffCreated", _told(new))], actor=actor)
        if new.roles:
            _replace_roles(person, new.roles, actor=actor)
            require_not_beyond(actor, person.pk)
        return person.pk


def _told(new: NewPerson) -> dict[str, Any]:
    told = asdict(new)
    del told["password"], told["roles"]
    return {**told, "team_ids": list(new.team_ids), "active": True}


def change_person(staff_id: int, changes: Mapping[str, Any], *, actor: Actor) -> None:
    """Change any of name, department_id, team_ids, email, phone, extension, active.

    Raises unknown_staff, unknown_department, unknown_team, beyond_your_rights, last_administrator.
    """
    with change(actor):
        person = _locked(staff_id)
        wanted = {"is_active" if name == "active" else name: value for name, value in changes.items()}
        team_ids = wanted.pop("team_ids", None)
        if "name" in wanted:
            wanted["name"] = usable_name(wanted["name"])
        if "department_id" in wanted:
            _require_department(wanted["department_id"])
        old, new = apply(person, wanted)
        person.save()
        if team_ids is not None:
            _set_teams(person, team_ids, old, new)
        if {"department_id", "team_ids", "is_active"} & new.keys():
            require_not_beyond(actor, person.pk)
        if new:
            append_to("staff", person.pk, [NewEvent("StaffChanged", {"old": old, "new": new})], actor=actor)


def _set_teams(person: Staff, team_ids: Sequence[int], old: dict[str, Any], new: dict[str, Any]) -> None:
    before = sorted(person.teams.values_list("id", flat=True))
    after = sorted(set(team_ids))
    if before != after:
        old["team_ids"], new["team_ids"] = before, after
        person.teams.set(_teams(after))


def set_password(staff_id: int, password: str, *, actor: Actor) -> None:
    """Set another person's password. Raises weak_password, and beyond_your_rights for someone who may more."""
    with change(actor):
        require_not_beyond(actor, staff_id)
        passwords.set_anew(staff_id, password, actor=actor)


def set_roles(staff_id: int, roles: Sequence[HeldRole], *, actor: Actor) -> None:
    """Let the person hold exactly these roles. Raises unknown_role, beyond_your_rights, last_administrator."""
    with change(actor):
        _replace_roles(_locked(staff_id), roles, actor=actor)
        require_not_beyond(actor, staff_id)


def _replace_roles(person: Staff, roles: Sequence[HeldRole], *, actor: Actor) -> None:
    before = {
        HeldRole(row.role.code, row.department_id): row for row in person.role_grants.select_related("role")
    }
    after = set(roles)
    known = dict(Role.objects.values_list("code", "id"))
    for held in after - before.keys():
        if held.role not in known:
            raise Invalid("unknown_role", f"There is no role “{held.role}”.", field="roles", role=held.role)
        if held.department_id is not None:
            _require_department(held.department_id, "roles")
        RoleGrant.objects.create(staff=person, role_id=known[held.role], department_id=held.department_id)
    gone = [row.pk for held, row in before.items() if held not in after]
    RoleGrant.objects.filter(pk__in=gone).delete()
    if after != before.keys():
        data = {"old": _listed(before), "new": _listed(after)}
        append_to("staff", person.pk, [NewEvent("StaffRolesChanged", data)], actor=actor)


def _listed(roles: Any) -> list[dict[str, Any]]:
    return [asdict(held) for held in sorted(roles, key=lambda held: (held.role, held.department_id or 0))]


def _locked(staff_id: int) -> Staff:
    person = Staff.objects.select_for_update(no_key=True).filter(pk=staff_id).first()
    if person is None:
        raise NotFound("unknown_staff", "There is no such person.", staff_id=staff_id)
    return person


def _require_department(department_id: int, field: str = "department_id") -> None:
    if not Department.objects.filter(pk=department_id, active=True).exists():
        raise Invalid("unknown_department", "There is no such department.", field=field)


def _teams(team_ids: Sequence[int]) -> list[Team]:
    found = list(Team.objects.filter(pk__in=team_ids, active=True))
    if len(found) != len(set(team_ids)):
        raise Invalid("unknown_team", "There is no such team.", field="team_ids")
    return found
