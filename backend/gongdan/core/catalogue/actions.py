"""Changing the catalogue: create, change, move, (de)activate and remove categories, and give them new forms.

Each writes its event in the same transaction. Moves hold one lock, so that two at once cannot make a circle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, ProtectedError

from gongdan.core.catalogue.codes import CODE, code_of
from gongdan.core.catalogue.field_reading import parse_fields
from gongdan.core.catalogue.models import Category, FormVersion
from gongdan.core.catalogue.settings_input import columns_of
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.outbox.log import NewEvent, append_to

DEEPEST = 12
TREE_LOCK = 0x63617461  # pg_advisory_xact_lock key of the category tree


def create_category(
    *,
    actor: Actor,
    name: str,
    code: str | None = None,
    parent: str | None = None,
    settings: Mapping[str, Any],
) -> Category:
    """A new category below `parent` (a code). `settings` as in `settings_input`. Without `code` one is made.

    Raises Invalid (unknown_parent, code_taken, name_taken, too_deep, unusable_code and what settings raise).
    """
    with transaction.atomic():
        _lock_tree()
        above = _parent(parent) if parent is not None else None
        columns = columns_of({"name": name, **settings})
        _refuse_same_name(above, columns["name"], own=0)
        category = Category(code=_free_code(code, above, columns["name"]), parent=above, **columns)
        _refuse_too_deep(above, 1)
        category.save()
        category.path = f"{above.path if above else ''}{category.pk}."
        category.save(update_fields=["path"])
        event = NewEvent("CategoryCreated", {"code": category.code, "parent": parent, **_told(columns)})
        append_to("category", category.pk, [event], actor=actor)
    return category


def update_category(code: str, *, actor: Actor, version: int | None, changes: Mapping[str, Any]) -> Category:
    """Change what is named: settings, `active`, and `parent` (a code, or None for the top).

    Raises NotFound unknown_category, Conflict stale_version, and what `create_category` raises. Changing nothing
    writes no event.
    """
    with transaction.atomic():
        if "parent" in changes:
            _lock_tree()
        category = _locked(code, version)
        columns = columns_of(
            {key: value for key, value in changes.items() if key not in {"parent", "active"}}
        )
        if changes.get("active") is not None:
            columns["active"] = bool(changes["active"])
        old = {name: getattr(category, name) for name in columns if getattr(category, name) != columns[name]}
        new = {name: columns[name] for name in old}
        if "parent" in changes:
            moved = _move(category, changes["parent"])
            old, new = old | moved[0], new | moved[1]
        if not new:
            return category
        if "name" in new or "parent" in new:
            _refuse_same_name(category.parent, columns.get("name", category.name), own=category.pk)
        for name, value in columns.items():
            setattr(category, name, value)
        category.version += 1
        category.save()
        event = NewEvent("CategoryChanged", {"code": code, "old": _told(old), "new": _told(new)})
        append_to("category", category.pk, [event], actor=actor)
    return category


def remove_category(code: str, *, actor: Actor, version: int | None = None) -> None:
    """Remove a category nothing refers to. Raises Conflict category_in_use otherwise; deactivate it then."""
    with transaction.atomic():
        category = _locked(code, version)
        key, name = category.pk, category.name
        try:
            category.delete()
        except ProtectedError as error:
            raise Conflict(
                "category_in_use",
                "Tickets, categories below or forms belong to it. Deactivate it instead.",
                category=code,
            ) from error
        append_to("category", key, [NewEvent("CategoryRemoved", {"code": code, "name": name})], actor=actor)


def add_form_version(code: str, fields: Any, *, actor: Actor, version: int | None = None) -> FormVersion:
    """The next version of a category's form. Tickets opened before keep theirs. Raises Invalid invalid_form."""
    definitions = [definition.to_json() for definition in parse_fields(fields)]
    with transaction.atomic():
        category = _locked(code, version)
        last = FormVersion.objects.filter(category=category).aggregate(last=Max("number"))["last"] or 0
        form = FormVersion.objects.create(
            category=category, number=last + 1, fields=definitions, created_by_id=actor.staff_id
        )
        category.form_version = form
        category.version += 1
        category.save(update_fields=["form_version", "version"])
        data = {"code": code, "number": form.number, "form_version_id": form.pk, "fields": definitions}
        append_to("category", category.pk, [NewEvent("CategoryFormAdded", data)], actor=actor)
    return form


def _lock_tree() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def _locked(code: str, version: int | None) -> Category:
    category = (
        Category.objects.select_for_update(of=("self",)).select_related("parent").filter(code=code).first()
    )
    if category is None:
        raise NotFound("unknown_category", "There is no such category.", category=code)
    if version is not None and version != category.version:
        raise Conflict(
            "stale_version",
            "Somebody changed this category since your page was loaded.",
            version=category.version,
            yours=version,
        )
    return category


def _parent(code: str) -> Category:
    found = Category.objects.filter(code=code).first()
    if found is None:
        raise Invalid(
            "unknown_parent", "There is no such category to be below.", field="parent", category=code[:64]
        )
    return found


def _free_code(code: str | None, above: Category | None, name: str) -> str:
    if code is not None:
        if not CODE.fullmatch(code) or code == "import":  # that one is an address
            raise Invalid(
                "unusable_code",
                "A code is up to 64 letters, digits, _, . and -.",
                field="code",
                category=code[:64],
            )
        if Category.objects.filter(code=code).exists():
            raise Invalid("code_taken", "Another category has this code.", field="code", category=code)
        return code
    path = (*names_of_path(above), name)
    for longer in range(0, 48, 4):
        made = code_of(path, longer=longer)
        if not Category.objects.filter(code=made).exists():
            return made
    raise Invalid("code_taken", "Another category has this code.", field="code", category=name)


def names_of_path(category: Category | None) -> tuple[str, ...]:
    """The names from the root down to a category."""
    if category is None:
        return ()
    ids = [int(step) for step in category.path.split(".") if step]
    names = dict(Category.objects.filter(pk__in=ids).values_list("pk", "name"))
    return tuple(names[step] for step in ids)


def _refuse_same_name(above: Category | None, name: str, own: int) -> None:
    if Category.objects.filter(parent=above, name=name).exclude(pk=own).exists():
        raise Invalid(
            "name_taken", "There is a category of this name at this place.", field="name", name=name
        )


def _refuse_too_deep(above: Category | None, height: int) -> None:
    depth = above.path.count(".") if above else 0
    if depth + height > DEEPEST:
        raise Invalid(
            "too_deep", f"Categories are at most {DEEPEST} levels deep.", field="parent", deepest=DEEPEST
        )


def _move(category: Category, parent: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put it below another one, with everything under it; answers the old and the new parent, or nothing."""
    before = category.parent.code if category.parent else None
    if parent == before:
        return {}, {}
    above = _parent(parent) if parent is not None else None
    if above is not None and above.path.startswith(category.path):
        raise Invalid(
            "would_be_circle", "A category cannot be below itself.", field="parent", category=parent
        )
    below = Category.objects.filter(path__startswith=category.path).values_list("path", flat=True)
    height = max(path.count(".") for path in below) - category.path.count(".") + 1
    _refuse_too_deep(above, height)
    path = f"{above.path if above else ''}{category.pk}."
    _rewrite_paths(category.path, path)
    category.parent, category.path = above, path
    return {"parent": before}, {"parent": parent}


def _rewrite_paths(old: str, new: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalogue_category SET path = %s || substr(path, %s) WHERE path LIKE %s",
            [new, len(old) + 1, f"{old}%"],
        )


def _told(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as an event tells them; initials follow from the name and are left out."""
    plain = {name.removesuffix("_id"): value for name, value in columns.items() if name != "initials"}
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in plain.items()}


def form_numbers(category_id: int) -> Sequence[Mapping[str, Any]]:
    """Every version of a category's own form, the newest first: id, number, fields, created_at, created_by."""
    columns = ("id", "number", "fields", "created_at", "created_by__name")
    return list(FormVersion.objects.filter(category_id=category_id).order_by("-number").values(*columns))
