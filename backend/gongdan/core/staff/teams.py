"""Setting up, changing and removing teams. Each change checks admin.organisation and goes to the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import ProtectedError

from gongdan.core.staff.administration import apply, change, require_free, usable_code, usable_name
from gongdan.core.staff.models import Department, Team
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.outbox.log import NewEvent, append_to


def create_team(*, code: str, name: str, department_id: int, actor: Actor) -> int:
    """Set up a team; returns its id. Raises code_taken, invalid_code, unknown_department."""
    with change(actor):
        require_free(Team.objects.filter(code=usable_code(code)), code)
        _require_department(department_id)
        made = Team.objects.create(code=code, name=usable_name(name), department_id=department_id)
        data = {"code": code, "name": made.name, "department_id": department_id, "active": True}
        append_to("team", made.pk, [NewEvent("TeamCreated", data)], actor=actor)
        return made.pk


def change_team(team_id: int, changes: Mapping[str, Any], *, actor: Actor) -> None:
    """Change any of name, department_id, active. Raises unknown_team, unknown_department, team_in_use."""
    with change(actor):
        team = _team(team_id)
        wanted = dict(changes)
        if "name" in wanted:
            wanted["name"] = usable_name(wanted["name"])
        if "department_id" in wanted:
            _require_department(wanted["department_id"])
        if wanted.get("active") is False:
            _require_empty(team)
        old, new = apply(team, wanted)
        team.save()
        if new:
            append_to("team", team.pk, [NewEvent("TeamChanged", {"old": old, "new": new})], actor=actor)


def remove_team(team_id: int, *, actor: Actor) -> None:
    """Remove a team without people that no ticket points to. Raises Conflict("team_in_use")."""
    with change(actor):
        team = _team(team_id)
        _require_empty(team)
        try:
            team.delete()
        except ProtectedError:
            raise _in_use() from None
        data = {"code": team.code, "name": team.name}
        append_to("team", team_id, [NewEvent("TeamRemoved", data)], actor=actor)


def _team(team_id: int) -> Team:
    found = Team.objects.filter(pk=team_id).first()
    if found is None:
        raise NotFound("unknown_team", "There is no such team.")
    return found


def _require_department(department_id: int) -> None:
    if not Department.objects.filter(pk=department_id, active=True).exists():
        raise Invalid("unknown_department", "There is no such department.", field="department_id")


def _require_empty(team: Team) -> None:
    if team.staff.filter(is_active=True).exists():
        raise _in_use()


def _in_use() -> Conflict:
    return Conflict("team_in_use", "People or tickets belong to it.")
