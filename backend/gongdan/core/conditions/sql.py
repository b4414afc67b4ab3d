"""The same condition as a Django Q, so that a view or a rule can be asked of a million rows at once.

For every condition and row, `to_q` selects the row exactly when `matches` says true of its values
(held by a property test on PostgreSQL). Each test is guarded against NULL, so that `not` is plain
negation here as it is there. Columns must be single-valued: a to-many path would change what `not` means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import Literal as OneOf

from django.db.models import DecimalField, Q, Value

from gongdan.core.conditions.tree import And, Condition, ConditionError, Literal, Not, Op, Test, number_text

ORDER_LOOKUP = {Op.OVER: "gt", Op.UNDER: "lt", Op.AT_LEAST: "gte", Op.AT_MOST: "lte"}


@dataclass(frozen=True, slots=True)
class Column:
    """Where a fact lives: an ORM path and what it holds. A moment is compared by its day in the active time zone."""

    path: str
    holds: OneOf["text", "number", "flag", "day", "moment"] = "text"


def to_q(condition: Condition, columns: Mapping[str, str | Column]) -> Q:
    """`condition` over `columns` (fact name to Column; a plain string is the path of a text column).

    ConditionError "unknown_name" when the condition looks at a fact that has no column.
    """
    if isinstance(condition, Test):
        return _test(condition, _column(condition.name, columns))
    if isinstance(condition, Not):
        return ~to_q(condition.part, columns)
    join = and_ if isinstance(condition, And) else or_
    return reduce(join, (to_q(part, columns) for part in condition.parts))


def _column(name: str, columns: Mapping[str, str | Column]) -> Column:
    column = columns.get(name)
    if column is None:
        raise ConditionError("unknown_name", f"{name!r} cannot be asked here")
    return Column(column) if isinstance(column, str) else column


def _never() -> Q:
    return Q(pk__in=[])


def _test(test: Test, column: Column) -> Q:
    if test.op is Op.EMPTY:
        return _empty(column)
    known = Q(**{f"{column.path}__isnull": False})
    if test.op in (Op.IS, Op.IN):
        return known & reduce(or_, (_same(column, literal) for literal in test.literals))
    if test.op in (Op.CONTAINS, Op.STARTS):
        return known & _text_part(column, test)
    return known & _ordered(column, test)


def _empty(column: Column) -> Q:
    missing = Q(**{f"{column.path}__isnull": True})
    return missing | Q(**{column.path: ""}) if column.holds == "text" else missing


def _same(column: Column, literal: Literal) -> Q:
    if column.holds == "text":
        return _never() if isinstance(literal, bool) else Q(**{column.path: _as_text(literal)})
    if column.holds == "flag":
        return Q(**{column.path: literal}) if isinstance(literal, bool) else _never()
    return _compared(column, "exact", literal)


def _as_text(literal: str | Decimal | date) -> str:
    if isinstance(literal, str):
        return literal
    return number_text(literal) if isinstance(literal, Decimal) else literal.isoformat()


def _text_part(column: Column, test: Test) -> Q:
    if column.holds != "text":
        return _never()
    lookup = "contains" if test.op is Op.CONTAINS else "startswith"
    return Q(**{f"{column.path}__{lookup}": test.literals[0]})


def _ordered(column: Column, test: Test) -> Q:
    if test.op is Op.BETWEEN:
        low, high = test.literals
        return _compared(column, "gte", low) & _compared(column, "lte", high)
    return _compared(column, ORDER_LOOKUP[test.op], test.literals[0])


def _compared(column: Column, lookup: str, literal: Literal) -> Q:
    if column.holds == "number" and isinstance(literal, Decimal):
        # As an expression, not a value: an integer column would otherwise cut 1.5 down to 1 first.
        return Q(**{f"{column.path}__{lookup}": Value(literal, output_field=DecimalField())})
    if column.holds in ("day", "moment") and isinstance(literal, date):
        path = f"{column.path}__date" if column.holds == "moment" else column.path
        return Q(**{f"{path}__{lookup}": literal})
    return _never()
