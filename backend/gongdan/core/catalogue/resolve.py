"""What counts for a category: its own settings, and for each one it leaves open, its nearest ancestor's.

The whole tree is read by one query and kept in the process until reference data change (kernel.reference).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongdan.core.catalogue.models import CallbackMode, Category, Kind, Priority
from gongdan.kernel import reference
from gongdan.kernel.errors import Invalid

__all__ = [
    "CallbackMode",
    "CategorySettings",
    "CategoryTree",
    "Kind",
    "load_tree",
    "resolve",
    "settings_by_id",
    "settings_of",
    "tree",
]

COLUMNS = (
    "id", "code", "name", "names", "parent_id", "initials", "position", "active", "kind", "flow_id",
    "entry_department_id", "default_priority", "callback_mode", "callback_rate", "form_version_id", "version",
)  # fmt: skip
INHERITED = (
    "kind", "flow_id", "entry_department_id", "default_priority", "callback_mode", "callback_rate", "form_version_id",
)  # fmt: skip
DEFAULTS: Mapping[str, Any] = {
    "kind": Kind.CONSULTATION.value,
    "default_priority": int(Priority.NORMAL),
    "callback_mode": CallbackMode.NEVER.value,
    "callback_rate": 1.0,
}


@dataclass(frozen=True, slots=True)
class CategorySettings:
    """Settings after inheritance. `path_ids` goes from the root to the category itself; `callback_rate` is 0..1.

    `flow_code`, `entry_department_id` and `form_version_id` are None when no ancestor has one either.
    `active` is false when the category or any ancestor is not active. `inherited_from` names, per setting, the code
    of the category it comes from; settings that come from nobody are missing there.
    """

    id: int
    code: str
    name: str
    names: Mapping[str, str]
    parent_id: int | None
    path_ids: tuple[int, ...]
    path_names: tuple[str, ...]
    initials: str
    position: int
    kind: str
    flow_code: str | None
    entry_department_id: int | None
    default_priority: int
    callback_mode: str
    callback_rate: float
    form_version_id: int | None
    active: bool
    own_active: bool
    version: int
    inherited_from: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CategoryTree:
    """Every category, parents before children, siblings by position and then by id."""

    by_code: Mapping[str, CategorySettings]
    by_id: Mapping[int, CategorySettings]

    def below(self, category_id: int) -> frozenset[int]:
        """The ids of a category and all its descendants; empty when unknown."""
        return frozenset(one.id for one in self.by_id.values() if category_id in one.path_ids)


def tree() -> CategoryTree:
    """The whole tree, cached. One query when it is not."""
    return reference.get("catalogue.tree", load_tree)


def settings_of(code: str) -> CategorySettings:
    """Settings by code; Invalid `unknown_category` when there is none. An inactive category is answered, marked so."""
    found = tree().by_code.get(code)
    if found is None:
        raise Invalid("unknown_category", "There is no such category.", field="category", category=code[:64])
    return found


def settings_by_id(category_id: int) -> CategorySettings:
    """Settings by id; Invalid `unknown_category` when there is none."""
    found = tree().by_id.get(category_id)
    if found is None:
        raise Invalid(
            "unknown_category", "There is no such category.", field="category", category=category_id
        )
    return found


def resolve(rows: Iterable[Mapping[str, Any]]) -> CategoryTree:
    """Pure: rows with `COLUMNS`, in any order, to resolved settings. Rows whose parent is missing are left out."""
    children: dict[int | None, list[Mapping[str, Any]]] = {}
    for row in rows:
        children.setdefault(row["parent_id"], []).append(row)
    for siblings in children.values():
        siblings.sort(key=lambda row: (row["position"], row["id"]))
    by_id: dict[int, CategorySettings] = {}
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        row = waiting.pop()
        by_id[row["id"]] = _settled(row, by_id.get(row["parent_id"]))
        waiting.extend(reversed(children.get(row["id"], [])))
    return CategoryTree({one.code: one for one in by_id.values()}, by_id)


def load_tree() -> CategoryTree:
    """The tree as this transaction sees it, past the cache. One query."""
    return resolve(Category.objects.values(*COLUMNS))


def _settled(row: Mapping[str, Any], parent: CategorySettings | None) -> CategorySettings:
    settled: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for name in INHERITED:
        key = "flow_code" if name == "flow_id" else name
        if row[name] is not None:
            settled[key], sources[key] = row[name], row["code"]
        elif parent is not None:
            settled[key] = getattr(parent, key)
            if key in parent.inherited_from:
                sources[key] = parent.inherited_from[key]
        else:
            settled[key] = DEFAULTS.get(name)
    settled["callback_rate"] = float(settled["callback_rate"])
    return CategorySettings(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        names=row["names"],
        parent_id=row["parent_id"],
        path_ids=(*(parent.path_ids if parent else ()), row["id"]),
        path_names=(*(parent.path_names if parent else ()), row["name"]),
        initials=row["initials"],
        position=row["position"],
        active=row["active"] and (parent is None or parent.active),
        own_active=row["active"],
        version=row["version"],
        inherited_from=sources,
        **settled,
    )
