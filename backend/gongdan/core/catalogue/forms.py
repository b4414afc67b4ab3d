"""Own fields of a category: reading a form version, and checking what somebody entered against it.

`check_values` is pure and reports every mistake at once; it raises nothing but Invalid. Form versions never change, so
a ticket is always checked against the version it was opened with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongdan.core.catalogue.field_definition import FIELD_TYPES, MODES, Choice, FieldDefinition
from gongdan.core.catalogue.field_reading import parse_fields
from gongdan.core.catalogue.field_values import Mistake, checked, is_empty
from gongdan.core.catalogue.models import FormVersion
from gongdan.kernel import reference
from gongdan.kernel.errors import Invalid, NotFound

__all__ = [
    "FIELD_TYPES",
    "MODES",
    "Choice",
    "FieldDefinition",
    "Form",
    "check_values",
    "form_of",
    "ids_in",
    "parse_fields",
    "with_defaults",
]

Known = Callable[[str, frozenset[int]], frozenset[int]]
MOST_ERRORS = 100


@dataclass(frozen=True, slots=True)
class Form:
    """One version of a category's form."""

    id: int
    category_id: int
    number: int
    fields: tuple[FieldDefinition, ...]


def form_of(form_version_id: int) -> Form:
    """A form version, cached. NotFound `unknown_form` when there is none."""
    return reference.get(("catalogue.form", form_version_id), lambda: _load(form_version_id))


def _load(form_version_id: int) -> Form:
    row = (
        FormVersion.objects.filter(id=form_version_id).values_list("category_id", "number", "fields").first()
    )
    if row is None:
        raise NotFound("unknown_form", "There is no such form.")
    return Form(form_version_id, row[0], row[1], parse_fields(row[2]))


def with_defaults(definitions: Sequence[FieldDefinition], values: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered, and the default of every field that was not mentioned at all. For opening a ticket."""
    defaults = {one.code: one.default for one in definitions if one.default is not None}
    return {**defaults, **values}


def check_values(
    definitions: Sequence[FieldDefinition],
    values: Mapping[str, Any],
    modes: Mapping[str, str],
    *,
    before: Mapping[str, Any],
    known: Known | None = None,
) -> dict[str, Any]:
    """All the values a ticket has afterwards: `before`, with the clean ones of `values` over it.

    `modes` says hidden, read, optional or required per code; a field it does not name is required or optional as the
    form says. null (or an empty text or list) clears a field. A hidden or read-only field may be sent, unchanged.
    `known(kind, ids)` answers which ids of kind "person" or "attachment" exist; without it they are believed.
    Raises Invalid `invalid_fields` with `errors` = [{field, code, detail}], one for every mistake.
    """
    by_code = {one.code: one for one in definitions}
    errors: dict[str, Mistake] = {
        str(code)[:64]: Mistake("unknown_field", "The form has no such field.")
        for code in list(values)[:MOST_ERRORS]
        if code not in by_code
    }
    after = dict(before)
    for code, definition in by_code.items():
        try:
            _take(definition, values, after, mode_of(definition, modes))
        except Mistake as mistake:
            errors[code] = mistake
    changed = {code for code in by_code if code not in errors and after.get(code) != before.get(code)}
    errors |= _unknown_ids([one for one in definitions if one.code in changed], after, known)
    if errors:
        raise Invalid(
            "invalid_fields",
            "Some fields cannot be accepted.",
            field="fields",
            errors=[{"field": code, "code": one.code, "detail": one.detail} for code, one in errors.items()],
        )
    return after


def mode_of(definition: FieldDefinition, modes: Mapping[str, str]) -> str:
    """The mode a field has where `modes` may or may not name it."""
    return modes.get(definition.code) or ("required" if definition.required else "optional")


def ids_in(definitions: Sequence[FieldDefinition], values: Mapping[str, Any]) -> dict[str, frozenset[int]]:
    """The staff and attachment ids among clean values: {"person": …, "attachment": …}."""
    people = {values[one.code] for one in definitions if one.type == "person" and one.code in values}
    files = {file for one in definitions if one.type == "attachment" for file in values.get(one.code) or ()}
    return {"person": frozenset(people), "attachment": frozenset(files)}


def _take(definition: FieldDefinition, values: Mapping[str, Any], after: dict[str, Any], mode: str) -> None:
    code = definition.code
    if mode in {"hidden", "read"}:
        _refuse_change(definition, values, after, mode)
        return
    if code in values:
        if is_empty(values[code]):
            after.pop(code, None)
        elif values[code] != after.get(code) or type(values[code]) is not type(after.get(code)):
            # What is there already stays, even if the choice has been closed since.
            after[code] = checked(definition, values[code])
    if mode == "required" and is_empty(after.get(code)):
        raise Mistake("required", "This field is required here.")


def _refuse_change(
    definition: FieldDefinition, values: Mapping[str, Any], after: Mapping[str, Any], mode: str
) -> None:
    code = definition.code
    if (
        code not in values
        or values[code] == after.get(code)
        or (is_empty(values[code]) and code not in after)
    ):
        return
    if mode == "hidden":
        raise Mistake("hidden", "This field cannot be set here.")
    raise Mistake("read_only", "This field cannot be changed here.")


def _unknown_ids(
    definitions: Sequence[FieldDefinition], values: Mapping[str, Any], known: Known | None
) -> dict[str, Mistake]:
    if known is None:
        return {}
    found: dict[str, Mistake] = {}
    for kind, wanted in ids_in(definitions, values).items():
        missing = wanted - known(kind, wanted) if wanted else wanted
        for one in definitions:
            if one.type == kind and missing & ids_in([one], values)[kind]:
                found[one.code] = Mistake(f"unknown_{kind}", f"There is no such {kind}.")
    return found
