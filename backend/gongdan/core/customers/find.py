"""Finding customers: by a number in any form, and by whatever is typed into the search box.

Every way of looking is one indexed read of at most `CANDIDATES` rows, so the cost does not grow with the number of
customers; `tests/customers/test_plans.py` holds the plans to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from gongdan.core.customers.access import Asker, require_any, visible_q
from gongdan.core.customers.by_number import CANDIDATES, Match, customers_by_number
from gongdan.core.customers.models import Account, Contact, ContactKind, Customer, Subscriber
from gongdan.core.customers.terms import Sought, sought
from gongdan.kernel.text import fold

__all__ = ["CANDIDATES", "Match", "customers_by_number", "folded_value", "same_number", "search"]


def search(text: str, *, asker: Asker | None = None, level: str | None = None, limit: int = 20) -> list[int]:
    """The ids of the customers that fit best, at most `limit`: by name, initials, number, last digits, external id,
    account number, e-mail or WeChat. Forbidden without customer.view."""
    require_any(asker)
    wanted = sought(text, settings.DEFAULT_REGION)
    within = visible_q(asker) & (Q(level_id=level) if level else Q())
    joined = visible_q(asker, "customer__") & (Q(customer__level_id=level) if level else Q())
    ways = list(_ways(wanted, within, joined))
    if not ways:
        return []
    first, *others = (way[:CANDIDATES] for way in ways)
    ids = set(first.union(*others, all=True)) if others else set(first)
    columns = ("pk", "folded", "external_id", "level__rank")
    rows = Customer.objects.filter(pk__in=ids).values_list(*columns)
    ranked = sorted(rows, key=lambda row: (_distance(wanted, row[1], row[2]), -row[3], row[0]))
    return [row[0] for row in ranked[:limit]]


def _ways(wanted: Sought, within: Q, joined: Q) -> Iterable[QuerySet[Any, Any]]:
    customers = Customer.objects.filter(within).values_list("pk", flat=True)
    contacts = Contact.objects.filter(joined).values_list("customer_id", flat=True)
    lines = Subscriber.objects.filter(joined).values_list("customer_id", flat=True)
    if not wanted.text:
        return
    yield customers.filter(external_id=wanted.text)
    yield Account.objects.filter(joined, number=wanted.text).values_list("customer_id", flat=True)
    if wanted.name_terms:
        # By itself, so that a common name does not push the whole name out of the candidates.
        yield customers.filter(search_terms__contains=list(wanted.name_terms), folded=wanted.folded)
        yield customers.filter(search_terms__contains=list(wanted.name_terms), folded__contains=wanted.folded)
        yield contacts.filter(kind__in=[ContactKind.EMAIL, ContactKind.WECHAT], folded=wanted.text.casefold())
    if wanted.initial_terms:
        yield customers.filter(
            search_terms__contains=list(wanted.initial_terms), initials__contains=wanted.initials
        )
    if wanted.digits:
        ends = Q(e164=wanted.e164) if wanted.e164 else Q(reversed__startswith=wanted.digits[::-1])
        yield contacts.filter(ends)
        yield lines.filter(ends)
    if wanted.local:
        yield contacts.filter(e164=None, reversed=wanted.local[::-1])


def _distance(wanted: Sought, folded: str, external_id: str | None) -> int:
    """How far a hit is from what was typed: 0 the external id, 1 the whole name or a number, 2 its beginning, 3 within."""
    if external_id == wanted.text:
        return 0
    if folded == wanted.folded or (wanted.digits and wanted.folded not in folded):
        return 1
    return 2 if folded.startswith(wanted.folded) else 3


def same_number(
    numbers: Iterable[str], *, other_than: int, asker: Asker | None
) -> list[tuple[str, int, str]]:
    """(e164, customer id, name) of the other customers that have one of these numbers too, for a warning."""
    wanted = [number for number in numbers if number]
    if not wanted:
        return []
    rows = (
        Contact.objects.filter(visible_q(asker, "customer__"), e164__in=wanted)
        .exclude(customer_id=other_than)
        .values_list("e164", "customer_id", "customer__name")
        .distinct()[:5]
    )
    return [(str(e164), customer_id, name) for e164, customer_id, name in rows]


def folded_value(kind: str, value: str) -> str:
    """What is compared of a contact that is no telephone number."""
    return fold(value)[:300] if kind == ContactKind.ADDRESS else value.strip().casefold()[:300]
