"""Checking one value against its field: `checked` answers the clean value or raises `Mistake`. Pure.

A clean value is stable: checking it again answers the same. Clean values by type: text, long_text, email: text;
number: int or float; money: decimal text with the field's places ("12.50"); date: "2026-11-22"; datetime: ISO text in
UTC; choice: code; multi_choice: codes in the form's order; cascade: codes from the root; person: staff id;
phone: RFC 3966 ("+861012345678;ext=801"); address: {province, city, district, detail}; attachment: ids; boolean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from gongdan.core.catalogue.field_definition import Choice, FieldDefinition
from gongdan.kernel.phone import parse_number
from gongdan.kernel.text import unusable_text

LARGEST = Decimal(10) ** 15
ADDRESS_PARTS = {"province": 60, "city": 60, "district": 60, "detail": 300}
LARGEST_ID = 2**63 - 1
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@(?=.{4,190}\Z)(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Mistake(Exception):
    """What is wrong with one value: a stable `code` and an English sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def checked(definition: FieldDefinition, value: Any) -> Any:
    """The clean value; raises Mistake. `value` is any JSON value except null, which clears and is no value."""
    return _CHECKS[definition.type](definition, value)


def is_empty(value: Any) -> bool:
    """Whether a value stands for "nothing entered"."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(is_empty(part) for part in value.values())
    return value is None or (isinstance(value, list) and not value)


def _text(definition: FieldDefinition, value: Any) -> str:
    text = _clean_text(value, definition.longest, definition.min_length or 0, lines=False)
    if definition.pattern and not re.fullmatch(definition.pattern, text):
        raise Mistake("pattern", f"It does not have the form {definition.pattern}.")
    return text


def _long_text(definition: FieldDefinition, value: Any) -> str:
    return _clean_text(value, definition.longest, definition.min_length or 0, lines=True)


def _clean_text(value: Any, longest: int, shortest: int, *, lines: bool) -> str:
    if not isinstance(value, str):
        raise Mistake("wrong_type", "It is a text.")
    if unusable_text(value):
        raise Mistake("invalid_text", "It contains characters that cannot be kept.")
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if (_CONTROL_BUT_LINES if lines else _CONTROL).search(text):
        raise Mistake(
            "invalid_text", "It contains control characters or line breaks that do not belong there."
        )
    if len(text) > longest:
        raise Mistake("too_long", f"It has at most {longest} characters.")
    if len(text) < shortest:
        raise Mistake("too_short", f"It has at least {shortest} characters.")
    return text


def _decimal(definition: FieldDefinition, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)) or len(str(value)[:60]) > 40:
        raise Mistake("wrong_type", "It is a number.")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise Mistake("wrong_type", "It is a number.") from None
    if not number.is_finite() or abs(number) >= LARGEST:
        raise Mistake("out_of_range", "It lies between -10^15 and 10^15.")
    rounded = round(number, definition.places)
    if rounded != number:
        raise Mistake("too_precise", f"It has at most {definition.places} digits after the point.")
    _within(definition, rounded, Decimal)
    return abs(rounded) if rounded == 0 else rounded


def _number(definition: FieldDefinition, value: Any) -> int | float:
    number = _decimal(definition, value)
    return int(number) if number == number.to_integral_value() else float(number)


def _money(definition: FieldDefinition, value: Any) -> str:
    if isinstance(value, Mapping):
        if value.keys() != {"amount", "currency"}:
            raise Mistake("wrong_type", "It is an amount.")
        if value["currency"] != definition.currency:
            raise Mistake("wrong_currency", f"The currency is {definition.currency}.")
        value = value["amount"]
    return f"{_decimal(definition, value):.{definition.places}f}"


def _within(definition: FieldDefinition, value: Any, as_limit: Callable[[Any], Any]) -> None:
    if definition.minimum is not None and value < as_limit(definition.minimum):
        raise Mistake("out_of_range", f"It is at least {definition.minimum}.")
    if definition.maximum is not None and value > as_limit(definition.maximum):
        raise Mistake("out_of_range", f"It is at most {definition.maximum}.")


def _date(definition: FieldDefinition, value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        raise Mistake("wrong_type", "It is a date like 2026-11-22.")
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        raise Mistake("wrong_type", "There is no such day.") from None
    _within(definition, day, lambda limit: date.fromisoformat(str(limit)))
    return day.isoformat()


def _datetime(definition: FieldDefinition, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 40:
        raise Mistake("wrong_type", "It is a time like 2026-11-22T09:12:00+08:00.")
    try:
        moment = datetime.fromisoformat(value.strip())
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        raise Mistake("wrong_type", "It is a time like 2026-11-22T09:12:00+08:00.") from None
    if moment.tzinfo is None:
        raise Mistake("no_offset", "A time says its offset, e.g. +08:00.")
    _within(definition, moment, lambda limit: datetime.fromisoformat(str(limit)))
    return moment.isoformat()


def _choice(definition: FieldDefinition, value: Any) -> str:
    if not isinstance(value, str) or value not in _open_codes(definition.choices):
        raise Mistake("unknown_choice", "It is not one of the choices.")
    return value


def _open_codes(choices: tuple[Choice, ...]) -> set[str]:
    return {choice.code for choice in choices if choice.active}


def _multi_choice(definition: FieldDefinition, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Mistake("wrong_type", "It is a list of choices.")
    chosen = set(value)
    if chosen - _open_codes(definition.choices):
        raise Mistake("unknown_choice", "One of them is not among the choices.")
    if len(chosen) > definition.most_items:
        raise Mistake("too_many", f"At most {definition.most_items} may be chosen.")
    return [choice.code for choice in definition.choices if choice.code in chosen]


def _cascade(definition: FieldDefinition, value: Any) -> list[str]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise Mistake("wrong_type", "It is a list of codes from the first level on.")
    level = definition.choices
    for code in value:
        found = next((choice for choice in level if choice.code == code and choice.active), None)
        if found is None:
            raise Mistake("unknown_choice", "One of the levels is not among the choices.")
        level = found.children
    if definition.whole_path and any(choice.active for choice in level):
        raise Mistake("not_a_leaf", "It is chosen down to the last level.")
    return list(value)


def _id(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST_ID:
        raise Mistake("wrong_type", "It is an id.")
    return value


def _person(_definition: FieldDefinition, value: Any) -> int:
    return _id(value)


def _attachment(definition: FieldDefinition, value: Any) -> list[int]:
    if not isinstance(value, list):
        raise Mistake("wrong_type", "It is a list of attachments.")
    ids = list(dict.fromkeys(_id(one) for one in value))
    if len(ids) > definition.most_items:
        raise Mistake("too_many", f"At most {definition.most_items} may be attached.")
    return ids


def _phone(_definition: FieldDefinition, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 60:
        raise Mistake("wrong_type", "It is a telephone number.")
    number = parse_number(value)
    if not number.callable or len(number.digits) > 20:
        raise Mistake("invalid_phone", "It is not a telephone number.")
    return number.rfc3966


def _email(_definition: FieldDefinition, value: Any) -> str:
    text = _clean_text(value, 254, 0, lines=False)
    if not _EMAIL.fullmatch(text):
        raise Mistake("invalid_email", "It is not an e-mail address.")
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"


def _address(_definition: FieldDefinition, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or value.keys() - ADDRESS_PARTS.keys():
        raise Mistake("wrong_type", "It is an address with province, city, district and detail.")
    return {
        part: _clean_text(value.get(part, ""), longest, 0, lines=False)
        for part, longest in ADDRESS_PARTS.items()
    }


def _boolean(_definition: FieldDefinition, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Mistake("wrong_type", "It is true or false.")
    return value


_CHECKS: Mapping[str, Callable[[FieldDefinition, Any], Any]] = {
    "text": _text,
    "long_text": _long_text,
    "number": _number,
    "money": _money,
    "date": _date,
    "datetime": _datetime,
    "choice": _choice,
    "multi_choice": _multi_choice,
    "cascade": _cascade,
    "person": _person,
    "phone": _phone,
    "email": _email,
    "address": _address,
    "attachment": _attachment,
    "boolean": _boolean,
}
