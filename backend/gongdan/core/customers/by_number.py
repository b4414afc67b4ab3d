"""Whom a telephone number may belong to: one statement per number, of reads of one index each.

It runs while a telephone rings, so it does not go through the ORM, which takes longer over its statements than
PostgreSQL over the answer. Each read is bounded, so the cost does not grow with the number of customers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from gongdan.core.customers.access import Asker, require_any
from gongdan.core.customers.phone import PhoneNumber, parse_numbers
from gongdan.kernel import sql

CANDIDATES = 200
LOCAL_LENGTHS = (7, 8)  # digits of a landline without its area code
_SURENESS = {"same": 0, "main": 1, "local": 2}


@dataclass(frozen=True, slots=True)
class Match:
    """One way a number leads to a customer, the surest first. `how`: "same" (number and extension), "main" (the same
    number, another extension or none), "local" (without area code)."""

    customer_id: int
    how: str
    contact_id: int | None
    subscriber_id: int | None
    number: str
    extension: str
    label: str


def customers_by_number(text: str, *, asker: Asker | None = None, limit: int = 20) -> list[Match]:
    """Whom a number may belong to; `text` in any form, a list too. Forbidden without customer.view."""
    levels = require_any(asker)
    found: dict[int, Match] = {}
    for number in parse_numbers(text, settings.DEFAULT_REGION):
        matches = _matches(number, None if levels is None else sorted(levels))
        for match in sorted(matches, key=lambda one: (_SURENESS[one.how], one.customer_id)):
            found.setdefault(match.customer_id, match)
    return sorted(found.values(), key=lambda one: _SURENESS[one.how])[:limit]


def _matches(number: PhoneNumber, levels: list[str] | None) -> Iterator[Match]:
    conditions = dict(_conditions(number))
    if not conditions:
        return
    narrowed = [] if levels is None else [levels]
    values = [
        value for given in conditions.values() for _ in _TABLES for value in (*given, *narrowed, CANDIDATES)
    ]
    for how, customer_id, contact_id, subscriber_id, written, extension, label in sql.execute(
        _statement(tuple(conditions), levels is not None), values
    ):
        sure = "main" if how == "same" and contact_id and extension != number.extension else how
        yield Match(customer_id, sure, contact_id, subscriber_id, written, extension, label)


def _conditions(number: PhoneNumber) -> Iterator[tuple[tuple[str, str], list[Any]]]:
    """((how, condition), its values). With an area code: also who is kept without one; without: whose number ends so.

    The range stands for "begins with", which a statement that is planned once can look up in the index.
    """
    backwards = number.digits[::-1]
    if number.e164 is not None:
        yield ("same", "one.e164 = %s"), [number.e164]
        if number.local:
            yield ("local", _WITHOUT_AREA), [number.local[::-1]]
        return
    yield ("same", _WITHOUT_AREA), [backwards]
    if len(number.digits) in LOCAL_LENGTHS:
        yield ("local", _ENDS_SO), [backwards, backwards + AFTER_DIGITS]


AFTER_DIGITS = ":"  # sorts after every digit
_WITHOUT_AREA = "one.reversed = %s AND one.e164 IS NULL"
_ENDS_SO = "one.reversed ~>=~ %s AND one.reversed ~<~ %s AND one.e164 IS NOT NULL"
_VISIBLE = """ AND EXISTS (SELECT FROM customers_customer customer
WHERE customer.id = one.customer_id AND customer.level_id = ANY(%s::text[]))"""
_TABLES = {
    "id, NULL::bigint, value, extension, label FROM customers_contact one": " AND one.kind = 'phone'",
    "NULL::bigint, id, number, '', product FROM customers_subscriber one": "",
}


@cache
def _statement(conditions: tuple[tuple[str, str], ...], narrowed: bool) -> str:
    visible = _VISIBLE if narrowed else ""
    return " UNION ALL ".join(
        f"(SELECT '{how}', customer_id, {columns} WHERE {condition}{more}{visible} LIMIT %s)"
        for how, condition in conditions
        for columns, more in _TABLES.items()
    )
