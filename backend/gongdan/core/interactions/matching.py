"""Whose number it is: from what a telephone system wrote to the number on the customer's side, and to the one customer.

Withheld numbers are "" and match nobody. Several customers with one number are no match: a person must choose.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from django.conf import settings

from gongdan.core.interactions.call_state import CallState
from gongdan.kernel import sql
from gongdan.kernel.phone import PhoneNumber, parse_number

MOST_DIGITS = 20
LOOKED_AT = 50  # rows of one number; beyond that it is nobody's own
# For each number: those who have it as find.customers_by_number calls "same". Branches rather than OR, so that each
# is one read of one index.
_SAME = """SELECT wanted.place, found.customer_ids FROM unnest(%s::integer[], %s::text[], %s::text[], %s::text[])
  AS wanted(place, e164, reversed, extension)
CROSS JOIN LATERAL (SELECT array_agg(DISTINCT customer_id) AS customer_ids FROM (
  (SELECT customer_id FROM customers_contact one
    WHERE one.e164 = wanted.e164 AND one.kind = 'phone' AND one.extension = wanted.extension LIMIT %s)
  UNION ALL (SELECT customer_id FROM customers_contact one WHERE wanted.e164 IS NULL AND one.reversed = wanted.reversed
    AND one.e164 IS NULL AND one.kind = 'phone' AND one.extension = wanted.extension LIMIT %s)
  UNION ALL (SELECT customer_id FROM customers_subscriber one WHERE one.e164 = wanted.e164 LIMIT %s)
  UNION ALL (SELECT customer_id FROM customers_subscriber one
    WHERE wanted.e164 IS NULL AND one.reversed = wanted.reversed AND one.e164 IS NULL LIMIT %s)) AS each) AS found"""


def customer_side(state: CallState) -> str:
    """What stands for the customer in a call as the system wrote it; "" among extensions."""
    return {"inbound": state.caller, "outbound": state.dialled}.get(state.direction, "")


@lru_cache(maxsize=4096)
def number_of(written: str) -> str:
    """The number in E.164, or its digits; "" when it is withheld, or no number that could be called."""
    number = _parsed(written)
    return (number.e164 or number.digits) if number else ""


def _parsed(written: str) -> PhoneNumber | None:
    number = parse_number(written, settings.DEFAULT_REGION)
    usable = number.callable and number.digits.strip("0") and len(number.digits) <= MOST_DIGITS
    return number if usable else None


def only_customers(written: Collection[str]) -> dict[str, int]:
    """The one customer of each of these numbers, where exactly one has it. At most one statement."""
    wanted = [(text, number) for text in sorted(set(written)) if (number := _parsed(text))]
    if not wanted:
        return {}
    columns = [
        list(range(len(wanted))),
        [number.e164 for _, number in wanted],
        [number.digits[::-1] for _, number in wanted],
        [number.extension for _, number in wanted],
    ]
    rows = sql.execute(_SAME, [*columns, *[LOOKED_AT] * 4])
    return {wanted[place][0]: ids[0] for place, ids in rows if ids and len(ids) == 1}
