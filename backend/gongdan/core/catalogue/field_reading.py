"""Reading field definitions that somebody wrote: every mistake is reported at once, with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gongdan.core.catalogue.field_definition import FIELD_TYPES, Choice, FieldDefinition, pattern_mistake
from gongdan.core.catalogue.field_values import Mistake, checked
from gongdan.kernel.errors import Invalid
from gongdan.kernel.text import unusable_text

MOST_FIELDS = 100
MOST_CHOICES = 2000
DEEPEST_CASCADE = 6
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
CHOICE_CODE = re.compile(r"[^\s\x00-\x1f/]{1,64}")
CURRENCY = re.compile(r"[A-Z]{3}")

_ALWAYS = {"code", "type", "label", "help", "required", "default"}
_LENGTHS = {"min_length", "max_length", "pattern"}
_RANGE = {"minimum", "maximum"}
_BY_TYPE: Mapping[str, set[str]] = {
    "text": _LENGTHS,
    "long_text": {"min_length", "max_length"},
    "number": _RANGE | {"decimals"},
    "money": _RANGE | {"decimals", "currency"},
    "date": _RANGE,
    "datetime": _RANGE,
    "choice": {"choices"},
    "multi_choice": {"choices", "max_items"},
    "cascade": {"choices", "whole_path"},
    "attachment": {"max_items"},
}

Found = list[dict[str, str]]


def parse_fields(written: Any) -> tuple[FieldDefinition, ...]:
    """The definitions in a list of JSON objects. Raises Invalid `invalid_form` whose `errors` name every mistake as
    {field: "fields[2].choices", code, detail}."""
    if not isinstance(written, list):
        raise _refusal([_error("fields", "not_a_list", "Fields are a list.")])
    if len(written) > MOST_FIELDS:
        raise _refusal([_error("fields", "too_many", f"A form has at most {MOST_FIELDS} fields.")])
    errors: Found = []
    definitions = [_field(one, f"fields[{place}]", errors) for place, one in enumerate(written)]
    read = [definition for definition in definitions if definition is not None]
    errors += _repeated([definition.code for definition in read], "fields")
    if errors:
        raise _refusal(errors)
    return tuple(read)


def _refusal(errors: Found) -> Invalid:
    return Invalid("invalid_form", "The form cannot be used as it is written.", field="fields", errors=errors)


def _error(field: str, code: str, detail: str) -> dict[str, str]:
    return {"field": field, "code": code, "detail": detail}


def _repeated(codes: Sequence[str], place: str) -> Found:
    twice = sorted({code for code in codes if codes.count(code) > 1})
    return [_error(place, "repeated_code", f"The code {code} stands there twice.") for code in twice]


def _field(written: Any, place: str, errors: Found) -> FieldDefinition | None:
    if not isinstance(written, dict):
        errors.append(_error(place, "not_an_object", "A field is an object."))
        return None
    before = len(errors)
    kind = written.get("type")
    if not isinstance(kind, str) or kind not in FIELD_TYPES:
        errors.append(_error(f"{place}.type", "unknown_type", f"A type is one of {', '.join(FIELD_TYPES)}."))
        return None
    if not isinstance(written.get("code"), str) or not CODE.fullmatch(written["code"]):
        errors.append(
            _error(
                f"{place}.code",
                "invalid_code",
                "A code is letters, digits and _, from a letter on, up to 64.",
            )
        )
    for name in sorted(str(key) for key in written.keys() - _ALWAYS - _BY_TYPE.get(kind, set())):
        errors.append(
            _error(f"{place}.{name[:64]}", "unknown_setting", f"A field of type {kind} has no such setting.")
        )
    values = _settings(written, kind, place, errors)
    if len(errors) > before:
        return None
    return _with_default(FieldDefinition(**values), written, place, errors)


def _settings(written: Mapping[str, Any], kind: str, place: str, errors: Found) -> dict[str, Any]:
    values: dict[str, Any] = {"code": written.get("code"), "type": kind}
    values["label"] = _texts(written.get("label"), f"{place}.label", errors, needed=True)
    values["help"] = _texts(written.get("help"), f"{place}.help", errors, needed=False)
    values["required"] = _flag(written, "required", place, errors, usually=False)
    values["whole_path"] = _flag(written, "whole_path", place, errors, usually=True)
    for name, least, most in (
        ("min_length", 0, 10_000), ("max_length", 1, 20_000), ("max_items", 1, 200), ("decimals", 0, 6),
    ):  # fmt: skip
        values[name] = _whole(written.get(name), least, most, f"{place}.{name}", errors)
    values["pattern"] = _pattern(written.get("pattern"), f"{place}.pattern", errors)
    values["currency"] = _currency(written.get("currency"), kind, f"{place}.currency", errors)
    for name in ("minimum", "maximum"):
        values[name] = _limit(written.get(name), kind, f"{place}.{name}", errors)
    _ordered(values, "minimum", "maximum", place, errors)
    _ordered(values, "min_length", "max_length", place, errors)
    if kind in {"choice", "multi_choice", "cascade"}:
        values["choices"] = _choices(written.get("choices"), kind, f"{place}.choices", errors)
    return values


def _ordered(values: Mapping[str, Any], low: str, high: str, place: str, errors: Found) -> None:
    if values[low] is not None and values[high] is not None and values[low] > values[high]:
        errors.append(_error(f"{place}.{low}", "wrong_order", f"{low} lies above {high}."))


def _texts(written: Any, place: str, errors: Found, *, needed: bool) -> dict[str, str]:
    """A text per locale; a bare text counts as zh-Hans."""
    if isinstance(written, str) and written.strip():
        written = {"zh-Hans": written}
    if written in (None, {}, "") and not needed:
        return {}
    usable = isinstance(written, dict) and 1 <= len(written) <= 20
    if not usable or not all(
        _short_text(key, 20) and _short_text(value, 500) for key, value in written.items()
    ):
        errors.append(
            _error(place, "invalid_label", "It is a text per locale, e.g. {zh-Hans: 金额}, up to 500 long.")
        )
        return {}
    return dict(written)


def _short_text(value: Any, longest: int) -> bool:
    return (
        isinstance(value, str) and bool(value.strip()) and len(value) <= longest and not unusable_text(value)
    )


def _flag(written: Mapping[str, Any], name: str, place: str, errors: Found, *, usually: bool) -> bool:
    value = written.get(name, usually)
    if not isinstance(value, bool):
        errors.append(_error(f"{place}.{name}", "not_a_boolean", "It is true or false."))
        return usually
    return value


def _whole(value: Any, least: int, most: int, place: str, errors: Found) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        errors.append(_error(place, "out_of_range", f"It is a whole number from {least} to {most}."))
        return None
    return value


def _pattern(value: Any, place: str, errors: Found) -> str | None:
    if value is None:
        return None
    mistake = pattern_mistake(value) if isinstance(value, str) else "A pattern is a text."
    if mistake:
        errors.append(_error(place, "invalid_pattern", mistake))
        return None
    return str(value)


def _currency(value: Any, kind: str, place: str, errors: Found) -> str | None:
    if value is None:
        return "CNY" if kind == "money" else None
    if not isinstance(value, str) or not CURRENCY.fullmatch(value):
        errors.append(_error(place, "invalid_currency", "A currency is three letters, e.g. CNY."))
        return None
    return value


def _limit(value: Any, kind: str, place: str, errors: Found) -> Decimal | str | None:
    if value is None or kind not in {"number", "money", "date", "datetime"}:
        return None
    measure = FieldDefinition(code="x", type=kind, label={}, decimals=6 if kind == "money" else None)
    try:
        limit = checked(measure, value)
    except Mistake as mistake:
        errors.append(_error(place, mistake.code, mistake.detail))
        return None
    return limit if kind in {"date", "datetime"} else Decimal(str(limit))


def _choices(written: Any, kind: str, place: str, errors: Found) -> tuple[Choice, ...]:
    count = [0]
    found = _level(written, place, errors, count, depth=DEEPEST_CASCADE if kind == "cascade" else 1)
    if count[0] > MOST_CHOICES:
        errors.append(_error(place, "too_many", f"There are at most {MOST_CHOICES} choices."))
    return found


def _level(written: Any, place: str, errors: Found, count: list[int], *, depth: int) -> tuple[Choice, ...]:
    if not isinstance(written, list) or not written or depth == 0:
        errors.append(
            _error(place, "invalid_choices", "Choices are a list of {code, label}; cascades nest 6 deep.")
        )
        return ()
    count[0] += len(written)
    if count[0] > MOST_CHOICES:
        return ()
    found: list[Choice] = []
    for index, one in enumerate(written):
        choice = _choice(one, f"{place}[{index}]", errors, count, depth=depth)
        if choice is not None:
            found.append(choice)
    errors += _repeated([choice.code for choice in found], place)
    return tuple(found)


def _choice(written: Any, place: str, errors: Found, count: list[int], *, depth: int) -> Choice | None:
    if isinstance(written, str):
        written = {"code": written, "label": written}
    if not isinstance(written, dict) or written.keys() - {"code", "label", "active", "children"}:
        errors.append(
            _error(place, "invalid_choice", "A choice has code, label, and perhaps active and children.")
        )
        return None
    code = written.get("code")
    if not isinstance(code, str) or not CHOICE_CODE.fullmatch(code) or unusable_text(code):
        errors.append(
            _error(f"{place}.code", "invalid_code", "A choice's code is 1 to 64 characters without spaces.")
        )
        return None
    label = _texts(written.get("label"), f"{place}.label", errors, needed=True)
    active = _flag(written, "active", place, errors, usually=True)
    children: tuple[Choice, ...] = ()
    if written.get("children"):
        children = _level(written["children"], f"{place}.children", errors, count, depth=depth - 1)
    return Choice(code, label, active, children)


def _with_default(
    definition: FieldDefinition, written: Mapping[str, Any], place: str, errors: Found
) -> FieldDefinition | None:
    if written.get("default") is None:
        return definition
    if definition.type in {"person", "attachment"}:
        errors.append(
            _error(f"{place}.default", "no_default", f"A field of type {definition.type} has no default.")
        )
        return None
    try:
        return replace(definition, default=checked(definition, written["default"]))
    except Mistake as mistake:
        errors.append(_error(f"{place}.default", mistake.code, mistake.detail))
        return None
