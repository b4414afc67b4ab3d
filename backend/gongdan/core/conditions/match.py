"""Does a condition hold for these facts? Total: any condition, any facts, an answer and no exception.

A fact that is missing, None, "" or an empty list is *empty*. Every test of an empty fact but
`is empty` is false, and `not` simply turns that round: there is no third truth value, because the
people who write conditions do not think in three. `sql.to_q` gives the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from gongdan.core.conditions.tree import And, Condition, Literal, Not, Op, Test, number_text

Facts = Mapping[str, object]
MANY = (list, tuple, set, frozenset)


def matches(condition: Condition, facts: Facts) -> bool:
    """True when `condition` holds for `facts` (name to text, number, bool, date, moment or list of text)."""
    if isinstance(condition, Test):
        return _test(condition, facts.get(condition.name))
    if isinstance(condition, Not):
        return not matches(condition.part, facts)
    if isinstance(condition, And):
        return all(matches(part, facts) for part in condition.parts)
    return any(matches(part, facts) for part in condition.parts)


def is_empty(fact: object) -> bool:
    """What counts as not filled in. 0 and false are answers, not gaps."""
    return fact is None or fact == "" or (isinstance(fact, MANY) and not fact)


def _test(test: Test, fact: object) -> bool:
    op = test.op
    if op is Op.IS:
        return _same(fact, test.literals[0])
    if op is Op.IN:
        return any(_same(fact, literal) for literal in test.literals)
    if op is Op.EMPTY:
        return is_empty(fact)
    if op is Op.CONTAINS:
        return _contains(fact, str(test.literals[0]))
    if op is Op.STARTS:
        return isinstance(fact, str) and fact.startswith(str(test.literals[0]))
    return _ordered(op, fact, test.literals)


def _same(fact: object, literal: Literal) -> bool:
    if isinstance(fact, MANY):
        return any(_same(one, literal) for one in fact)
    if isinstance(literal, str):
        return isinstance(fact, str) and fact == literal
    if isinstance(literal, bool):
        return isinstance(fact, bool) and fact == literal
    if isinstance(fact, str):
        return fact == (number_text(literal) if isinstance(literal, Decimal) else literal.isoformat())
    return _comparable(fact, literal) == literal


def _contains(fact: object, text: str) -> bool:
    if isinstance(fact, MANY):
        return any(one == text for one in fact)
    return isinstance(fact, str) and text in fact


def _ordered(op: Op, fact: object, bounds: tuple[Literal, ...]) -> bool:
    value = _comparable(fact, bounds[0])
    if value is None:
        return False
    if isinstance(value, Decimal):
        return _in_order(op, value, [b for b in bounds if isinstance(b, Decimal)])
    days = [b.toordinal() for b in bounds if isinstance(b, date)]
    return _in_order(op, Decimal(value.toordinal()), [Decimal(day) for day in days])


def _in_order(op: Op, value: Decimal, bounds: list[Decimal]) -> bool:
    if op is Op.OVER:
        return value > bounds[0]
    if op is Op.UNDER:
        return value < bounds[0]
    if op is Op.AT_LEAST:
        return value >= bounds[0]
    if op is Op.AT_MOST:
        return value <= bounds[0]
    return bounds[0] <= value <= bounds[1]


def _comparable(fact: object, literal: Literal) -> Decimal | date | None:
    """The fact as the literal's type, or None when it is of another."""
    if isinstance(literal, Decimal):
        return _number(fact)
    if isinstance(fact, datetime):
        return fact.date()
    return fact if isinstance(fact, date) else None


def _number(fact: object) -> Decimal | None:
    if isinstance(fact, bool):
        return None
    if isinstance(fact, int):
        return Decimal(fact)
    if isinstance(fact, float):
        fact = Decimal(repr(fact))  # 0.1 as it is written, not as it is stored
    return fact if isinstance(fact, Decimal) and not fact.is_nan() else None
