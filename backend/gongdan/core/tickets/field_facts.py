"""The ticket's own fields as conditions compare them: money as a number, dates as days, the rest as it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongdan.core.catalogue import forms

_AS_FACT: Mapping[str, Callable[[str], object]] = {
    "money": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def field_facts(form_version_id: int | None, values: Mapping[str, Any]) -> dict[str, object]:
    """`values` by field code, typed by the form they were checked against."""
    facts: dict[str, object] = dict(values)
    if form_version_id is None or not values:
        return facts
    for definition in forms.form_of(form_version_id).fields:
        read, value = _AS_FACT.get(definition.type), facts.get(definition.code)
        if read is not None and isinstance(value, str):
            facts[definition.code] = read(value)
    return facts
