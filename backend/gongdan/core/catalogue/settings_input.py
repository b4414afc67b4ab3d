"""What somebody sets on a category, checked: names, place and the settings that are inherited when left open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from gongdan.core.catalogue.codes import spelled
from gongdan.core.catalogue.models import CallbackMode, Category, Kind, Priority
from gongdan.kernel.errors import Invalid
from gongdan.kernel.text import unusable_text

LONGEST_NAME = 120


def columns_of(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of `Category` for what is set; null opens a setting again. `parent`, `code` and `active` are not here.

    Raises Invalid with a code per kind of mistake: unknown_kind, unknown_flow, unknown_department, …
    """
    columns: dict[str, Any] = {}
    for name, value in changes.items():
        columns |= _READERS[name](value)
    return columns


def _name(value: Any) -> dict[str, Any]:
    name = clean_name(value)
    if not name:
        raise Invalid("name_missing", "A category has a name.", field="name")
    return {"name": name, "initials": spelled(name)}


def clean_name(value: Any) -> str:
    """A name without spaces around it. Raises Invalid `unusable_name`."""
    name = str(value or "").strip()
    if len(name) > LONGEST_NAME or unusable_text(name) or any(ord(char) < 32 for char in name):
        raise Invalid(
            "unusable_name",
            f"A name has up to {LONGEST_NAME} characters and no line breaks.",
            field="name",
            longest=LONGEST_NAME,
        )
    return name


def _names(value: Any) -> dict[str, Any]:
    names = value or {}
    usable = (
        isinstance(names, dict) and len(names) <= 20 and all(isinstance(text, str) for text in names.values())
    )
    if not usable or any(len(key) > 20 for key in names):
        raise Invalid("unusable_name", "Names are a text per locale.", field="names", longest=LONGEST_NAME)
    return {"names": {key: clean_name(text) for key, text in names.items()}}


def _position(value: Any) -> dict[str, Any]:
    if not isinstance(value, int) or not -(2**31) <= value < 2**31:
        raise Invalid("out_of_range", "The position is a whole number.", field="position")
    return {"position": value}


def _one_of(name: str, code: str, known: set[Any]) -> Callable[[Any], dict[str, Any]]:
    def read(value: Any) -> dict[str, Any]:
        if value is not None and value not in known:
            raise Invalid(
                code, f"There is no such {name.replace('_', ' ')}.", field=name, known=sorted(known)
            )
        return {name: value}

    return read


def _flow(value: Any) -> dict[str, Any]:
    if value is not None and not _related("flow").filter(code=value).exists():
        raise Invalid("unknown_flow", "There is no such flow.", field="flow", flow=str(value)[:64])
    return {"flow_id": value}


def _entry_department(value: Any) -> dict[str, Any]:
    if value is not None and not _related("entry_department").filter(pk=value, active=True).exists():
        raise Invalid(
            "unknown_department", "There is no such department.", field="entry_department", department=value
        )
    return {"entry_department_id": value}


def _related(field: str) -> Any:
    """The rows a foreign key may point to; the catalogue does not import the rooms they live in."""
    model: Any = Category._meta.get_field(field).related_model
    return model.objects


def _callback_rate(value: Any) -> dict[str, Any]:
    if value is None:
        return {"callback_rate": None}
    try:
        rate = round(Decimal(str(value)), 3)
    except InvalidOperation:
        rate = Decimal(-1)
    if not 0 <= rate <= 1:
        raise Invalid("out_of_range", "The rate of callbacks lies between 0 and 1.", field="callback_rate")
    return {"callback_rate": rate}


_READERS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "name": _name,
    "names": _names,
    "position": _position,
    "kind": _one_of("kind", "unknown_kind", set(Kind.values)),
    "flow": _flow,
    "entry_department": _entry_department,
    "default_priority": _one_of("default_priority", "unknown_priority", set(Priority.values)),
    "callback_mode": _one_of("callback_mode", "unknown_callback_mode", set(CallbackMode.values)),
    "callback_rate": _callback_rate,
}
