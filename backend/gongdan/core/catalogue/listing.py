"""The catalogue as clients read it: the compact tree of what may be chosen, and the full one for administration."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from gongdan.core.catalogue import resolve
from gongdan.core.catalogue.forms import FieldDefinition, form_of
from gongdan.core.catalogue.models import Category
from gongdan.core.catalogue.resolve import CategorySettings, CategoryTree, tree
from gongdan.kernel import reference


@dataclass(frozen=True, slots=True)
class Compact:
    """The active tree as JSON bytes, and the ETag that changes with them."""

    body: bytes
    etag: str


def compact() -> Compact:
    """[{id, code, name, names?, parent, initials, kind, priority}], parents first; `parent` is an id or null."""
    return reference.get("catalogue.compact", _load)


def _load() -> Compact:
    body = msgspec.json.encode([_row(one) for one in tree().by_id.values() if one.active])
    return Compact(body, f'"{hashlib.sha256(body).hexdigest()[:24]}"')


def _row(one: CategorySettings) -> dict[str, Any]:
    row = {
        "id": one.id,
        "code": one.code,
        "name": one.name,
        "parent": one.parent_id,
        "initials": one.initials,
        "kind": one.kind,
        "priority": one.default_priority,
    }
    return {**row, "names": one.names} if one.names else row


def described(settings: CategorySettings, within: CategoryTree) -> dict[str, Any]:
    """One category for whoever opens a ticket: what counts for it, and the fields of its form."""
    return {
        "id": settings.id,
        "code": settings.code,
        "name": settings.name,
        "names": settings.names,
        "parent": settings.parent_id,
        "path": [
            {"code": one.code, "name": one.name} for one in (within.by_id[step] for step in settings.path_ids)
        ],
        "initials": settings.initials,
        "position": settings.position,
        "active": settings.active,
        "kind": settings.kind,
        "flow": settings.flow_code,
        "entry_department": settings.entry_department_id,
        "default_priority": settings.default_priority,
        "callback_mode": settings.callback_mode,
        "callback_rate": settings.callback_rate,
        "inherited_from": _sources(settings),
        "form": _form(settings.form_version_id),
        "version": settings.version,
    }


def _sources(settings: CategorySettings) -> dict[str, str]:
    """Where each setting comes from that is not the category's own."""
    named = {"flow_code": "flow", "entry_department_id": "entry_department", "form_version_id": "form"}
    return {
        named.get(name, name): code for name, code in settings.inherited_from.items() if code != settings.code
    }


def _form(form_version_id: int | None) -> dict[str, Any] | None:
    if form_version_id is None:
        return None
    form = form_of(form_version_id)
    return {"id": form.id, "version": form.number, "fields": [_field(field) for field in form.fields]}


def _field(definition: FieldDefinition) -> dict[str, Any]:
    return {**definition.to_json(), "required": definition.required}


def administered() -> list[Mapping[str, Any]]:
    """Every category, inactive ones too, with its own settings (null: inherited). Parents first."""
    own = {row["id"]: row for row in Category.objects.values(*resolve.COLUMNS)}
    ordered = [own[one] for one in tree().by_id if one in own]
    return [_own(row) for row in ordered]


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    named = {"flow_id": "flow", "entry_department_id": "entry_department", "parent_id": "parent"}
    return {named.get(name, name): value for name, value in row.items()}
