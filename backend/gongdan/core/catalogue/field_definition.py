"""What an own field is: its type, label, limits and choices, read from the JSON a form version keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

FIELD_TYPES = (
    "text", "long_text", "number", "money", "date", "datetime", "choice", "multi_choice", "cascade", "person",
    "phone", "email", "address", "attachment", "boolean",
)  # fmt: skip
MODES = ("hidden", "read", "optional", "required")

LONGEST_BY_TYPE = {"text": 200, "long_text": 10_000}
MOST_ITEMS_BY_TYPE = {"multi_choice": 50, "attachment": 20}
DECIMALS_BY_TYPE = {"money": 2, "number": 6}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose; `children` make the tree of a cascade. An inactive one is kept but no longer chosen."""

    code: str
    label: Mapping[str, str]
    active: bool = True
    children: tuple[Choice, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The same as it is written in a form version."""
        written: dict[str, Any] = {"code": self.code, "label": dict(self.label)}
        if not self.active:
            written["active"] = False
        if self.children:
            written["children"] = [child.to_json() for child in self.children]
        return written


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """One own field. Limits that the type does not know are None.

    `minimum`/`maximum` are numbers for number and money, ISO text for date and datetime. `decimals` is the number of
    places (money 2, number up to 6). `currency` is an ISO 4217 code. `max_items` limits multi_choice and attachment.
    `whole_path`: a cascade must be chosen down to a leaf.
    """

    code: str
    type: str
    label: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    default: Any = None
    choices: tuple[Choice, ...] = ()
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    minimum: Decimal | str | None = None
    maximum: Decimal | str | None = None
    decimals: int | None = None
    currency: str | None = None
    max_items: int | None = None
    whole_path: bool = True

    @property
    def longest(self) -> int:
        """The length in characters that a text may have."""
        return self.max_length or LONGEST_BY_TYPE.get(self.type, 200)

    @property
    def most_items(self) -> int:
        """How many things may be chosen or attached."""
        return self.max_items or MOST_ITEMS_BY_TYPE.get(self.type, 20)

    @property
    def places(self) -> int:
        """Digits after the point."""
        return DECIMALS_BY_TYPE.get(self.type, 0) if self.decimals is None else self.decimals

    def to_json(self) -> dict[str, Any]:
        """The same as it is written in a form version; what has its usual value is left out."""
        written: dict[str, Any] = {"code": self.code, "type": self.type, "label": dict(self.label)}
        written |= dict(self._filled())
        if self.choices:
            written["choices"] = [choice.to_json() for choice in self.choices]
        return written

    def _filled(self) -> Iterator[tuple[str, Any]]:
        if self.help:
            yield "help", dict(self.help)
        if self.required:
            yield "required", True
        if not self.whole_path:
            yield "whole_path", False
        for name in ("default", "min_length", "max_length", "pattern", "decimals", "currency", "max_items"):
            value = getattr(self, name)
            if value is not None:
                yield name, value
        for name in ("minimum", "maximum"):
            value = getattr(self, name)
            if value is not None:
                yield name, value if isinstance(value, str) else _number(value)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


# -- patterns ---------------------------------------------------------------------------------------------------

_ATOM = r"(?:\\d|\\[^\w\s]|\[[^\[\]\\^]{1,60}\]|[^\\\[\]{}()*+?.^$|])"
_TIMES = r"(?:\{\d{1,2}(?:,\d{1,2})?\}|\?)?"
_SIMPLE = re.compile(rf"\^?(?:{_ATOM}{_TIMES})+\$?")
_VARIABLE = re.compile(r"\?|\{\d+,\d+\}")
MOST_VARIABLE_PARTS = 3


def pattern_mistake(pattern: str) -> str | None:
    """Why a pattern is refused, or None. Allowed are characters, \\d and [sets], each once, `?` or {n} or {n,m} times.

    No groups, no alternatives, no * and +: what is left cannot take more than a few hundred thousand steps.
    """
    if len(pattern) > 120 or not _SIMPLE.fullmatch(pattern):
        return "A pattern is a row of characters, \\d and [sets], each with ?, {n} or {n,m}; nothing else."
    if len(_VARIABLE.findall(pattern)) > MOST_VARIABLE_PARTS:
        return f"At most {MOST_VARIABLE_PARTS} parts of a pattern may vary in length."
    try:
        re.compile(pattern)
    except re.error:
        return "This pattern cannot be read."
    return None
