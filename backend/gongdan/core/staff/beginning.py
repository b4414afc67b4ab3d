"""What an empty installation needs before its first person: a department, and a role that may everything."""

from __future__ import annotations

from gongdan.core.staff.departments import create_department
from gongdan.core.staff.models import Department, Role, Scope
from gongdan.core.staff.rights import CODES
from gongdan.core.staff.roles import create_role
from gongdan.kernel.actor import Actor

ADMINISTRATOR = "administrator"


def ensure_administrator_role(*, actor: Actor) -> str:
    """The code of the role that may everything; made if there is none of that code."""
    if not Role.objects.filter(code=ADMINISTRATOR).exists():
        create_role(code=ADMINISTRATOR, name="系统管理员", rights=CODES, scope=Scope.ALL.value, actor=actor)
    return ADMINISTRATOR


def ensure_root_department(*, actor: Actor) -> int:
    """The id of the first department at the top; made if there is none at all."""
    first = (
        Department.objects.filter(parent=None).order_by("position", "id").values_list("id", flat=True).first()
    )
    return first if first is not None else create_department(code="company", name="公司", actor=actor)
