"""The tree of departments. `path` is the chain of ids from the root, e.g. "1.4.9."; "and below" is a prefix of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from gongdan.core.staff.models import Department
from gongdan.kernel import reference
from gongdan.kernel.errors import Invalid

MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A department as the cached tree knows it."""

    id: int
    code: str
    name: str
    path: str
    parent_id: int | None
    head_id: int | None
    active: bool


def places() -> Mapping[int, Place]:
    """Every department by id, cached until the organisation changes."""
    return reference.get("staff.departments", places_now)


def places_now() -> Mapping[int, Place]:
    """The same, read anew: for a transaction that has just changed them."""
    columns = ("id", "code", "name", "path", "parent_id", "head_id", "active")
    return {row[0]: Place(*row) for row in Department.objects.values_list(*columns).order_by("path")}


def and_below(department_id: int, every: Mapping[int, Place] | None = None) -> frozenset[int]:
    """The department and all its descendants, by the cached tree or the one given."""
    known = places() if every is None else every
    top = known.get(department_id)
    if top is None:
        return frozenset({department_id})
    return frozenset(place.id for place in known.values() if place.path.startswith(top.path))


def put(department: Department, parent: Department | None) -> None:
    """Set `department`'s place (saved already, so that it has an id) and move everything below it along.

    Call inside a transaction that holds the tree's lock. Raises department_cycle, department_too_deep.
    """
    old = department.path
    if parent is not None and old and parent.path.startswith(old):
        raise Invalid("department_cycle", "A department cannot be moved below itself.", field="parent_id")
    new = f"{parent.path if parent else ''}{department.pk}."
    _require_depth(department, old, new)
    department.parent = parent
    department.path = new
    department.save(update_fields=["parent", "path"])
    if old and old != new:
        below = Department.objects.filter(path__startswith=old).exclude(pk=department.pk)
        below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))


def _require_depth(department: Department, old: str, new: str) -> None:
    deepest = 0
    if old:
        paths = Department.objects.filter(path__startswith=old).values_list("path", flat=True)
        deepest = max((path[len(old) :].count(".") for path in paths), default=0)
    if new.count(".") + deepest > MAX_DEPTH:
        raise Invalid(
            "department_too_deep",
            f"Departments can be nested {MAX_DEPTH} deep.",
            field="parent_id",
            depth=MAX_DEPTH,
        )
