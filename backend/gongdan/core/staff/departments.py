"""Setting up, changing and removing departments. Each change checks admin.organisation and goes to the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import ProtectedError

from gongdan.core.staff import tree
from gongdan.core.staff.administration import apply, change, require_free, usable_code, usable_name
from gongdan.core.staff.models import Department, Staff
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.outbox.log import NewEvent, append_to


def create_department(
    *,
    code: str,
    name: str,
    parent_id: int | None = None,
    head_id: int | None = None,
    position: int = 0,
    actor: Actor,
) -> int:
    """Set up a department; returns its id. Raises code_taken, invalid_code, unknown_department, unknown_staff."""
    with change(actor):
        require_free(Department.objects.filter(code=usable_code(code)), code)
        parent = None if parent_id is None else _department(parent_id, "parent_id")
        made = Department.objects.create(
            code=code, name=usable_name(name), head_id=_head(head_id), position=position
        )
        tree.put(made, parent)
        data = {
            name: getattr(made, name)
            for name in ("code", "name", "parent_id", "head_id", "position", "active")
        }
        append_to("department", made.pk, [NewEvent("DepartmentCreated", data)], actor=actor)
        return made.pk


def change_department(department_id: int, changes: Mapping[str, Any], *, actor: Actor) -> None:
    """Change any of name, parent_id, head_id, position, active. Raises department_cycle, department_in_use, …"""
    with change(actor):
        department = _department(department_id)
        wanted = dict(changes)
        if "name" in wanted:
            wanted["name"] = usable_name(wanted["name"])
        if "head_id" in wanted:
            wanted["head_id"] = _head(wanted["head_id"])
        if wanted.get("active") is False:
            _require_empty(department)
        old, new = apply(department, {name: wanted[name] for name in wanted if name != "parent_id"})
        department.save()
        if "parent_id" in wanted and wanted["parent_id"] != department.parent_id:
            parent_id = wanted["parent_id"]
            old["parent_id"], new["parent_id"] = department.parent_id, parent_id
            tree.put(department, None if parent_id is None else _department(parent_id, "parent_id"))
        if new:
            event = NewEvent("DepartmentChanged", {"old": old, "new": new})
            append_to("department", department.pk, [event], actor=actor)


def remove_department(department_id: int, *, actor: Actor) -> None:
    """Remove a department that nothing points to. Raises Conflict("department_in_use")."""
    with change(actor):
        department = _department(department_id)
        try:
            department.delete()
        except ProtectedError:
            raise Conflict(
                "department_in_use", "Departments, people, categories or tickets belong to it."
            ) from None
        data = {"code": department.code, "name": department.name}
        append_to("department", department_id, [NewEvent("DepartmentRemoved", data)], actor=actor)


def _department(department_id: int, field: str | None = None) -> Department:
    found = Department.objects.filter(pk=department_id).first()
    if found is not None:
        return found
    kind = NotFound if field is None else Invalid
    raise kind("unknown_department", "There is no such department.", field=field)


def _head(head_id: int | None) -> int | None:
    if head_id is not None and not Staff.objects.filter(pk=head_id, is_active=True).exists():
        raise Invalid("unknown_staff", "There is no such person.", field="head_id")
    return head_id


def _require_empty(department: Department) -> None:
    below = Department.objects.filter(path__startswith=department.path, active=True).exclude(pk=department.pk)
    people = Staff.objects.filter(department=department, is_active=True)
    if below.exists() or people.exists():
        raise Conflict("department_in_use", "People or active departments still belong to it.")
