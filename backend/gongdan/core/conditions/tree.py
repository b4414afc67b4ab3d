"""The shape of a parsed condition: frozen values that compare by content.

A condition is a `Test` of one fact, or `And`, `Or`, `Not` over conditions. A literal is text, a
number (Decimal, so that 0.1 means 0.1), true/false or a date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Literal = str | Decimal | bool | date


class Op(StrEnum):
    """What a test asks of its fact; the value is the word written in the text."""

    IS = "is"
    IN = "in"
    EMPTY = "is empty"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    BETWEEN = "between"
    CONTAINS = "contains"
    STARTS = "starts with"


@dataclass(frozen=True, slots=True)
class Test:
    """One question about one fact. EMPTY has no literal, BETWEEN two, IN one or more, the rest one."""

    __test__ = False  # pytest must not take this for a test class

    name: str
    op: Op
    literals: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


Condition = Test | And | Or | Not


class ConditionError(ValueError):
    """A text that is not a condition. `code` is stable, `position` counts characters from 0."""

    def __init__(self, code: str, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.position = position


def tests(condition: Condition) -> Iterator[Test]:
    """Every test in the condition, left to right."""
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, Not):
        yield from tests(condition.part)
    else:
        for part in condition.parts:
            yield from tests(part)


def names(condition: Condition) -> frozenset[str]:
    """The facts the condition looks at."""
    return frozenset(test.name for test in tests(condition))


def literals(condition: Condition, name: str) -> tuple[Literal, ...]:
    """Every literal the fact `name` is compared with, left to right."""
    return tuple(value for test in tests(condition) if test.name == name for value in test.literals)


def number_text(number: Decimal) -> str:
    """How a number literal is written, and how it is compared with a fact that is text."""
    return format(number, "f")
