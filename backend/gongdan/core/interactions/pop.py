"""Who calls, as far as calls and customers know: the screen pop (来电弹屏) without its tickets. Few statements, by index."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from gongdan.core.catalogue import resolve
from gongdan.core.customers.access import VIEW as CUSTOMER_VIEW
from gongdan.core.customers.access import reaches, visible_q
from gongdan.core.customers.find import Match, customers_by_number
from gongdan.core.customers.models import Customer
from gongdan.core.interactions import line_words, shown
from gongdan.core.interactions.access import visible_q as visible_calls
from gongdan.core.interactions.live_calls import Caller
from gongdan.core.interactions.models import Call
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import clock

CANDIDATES = 10
CONTACTS = 8  # last contacts shown
LOOKED_AT = 50  # earlier calls among which those one may see are sought
COUNTED = 200  # calls of a number looked at for the repeat warning
RECENT = timedelta(days=90)  # what a candidate's contacts are counted over
Row = dict[str, Any]


def candidates(number: str, grants: StaffGrants) -> list[Row]:
    """Whom a number may belong to, the surest first: {customer, how, label, contacts}. None for a withheld number, or
    for somebody who may see no customers."""
    if not number or not any(CUSTOMER_VIEW in one.rights for one in grants.grants):
        return []
    found = customers_by_number(number, asker=grants, limit=CANDIDATES)
    if not found:
        return []
    ids = [one.customer_id for one in found]
    rows = Customer.objects.filter(visible_q(grants), pk__in=ids).values_list(
        "pk", "name", "kind", "level_id"
    )
    briefs = {row[0]: shown.brief(row[0], row[1], row[2], str(row[3])) for row in rows}
    contacts = _contacts(ids)
    return [_candidate(one, briefs, contacts) for one in found if one.customer_id in briefs]


def _contacts(ids: Collection[int]) -> Mapping[int | None, int]:
    recent = Call.objects.filter(customer_id__in=ids, began_at__gte=clock.now() - RECENT).order_by()
    return dict(recent.values_list("customer_id").annotate(Count("pk")))


def _candidate(one: Match, briefs: Mapping[int, Row], contacts: Mapping[int | None, int]) -> Row:
    return {
        "customer": briefs[one.customer_id],
        "how": one.how,
        "label": one.label,
        "contacts": contacts.get(one.customer_id, 0),
    }


def customer_brief(customer_id: int | None, grants: StaffGrants) -> Row | None:
    """A customer in short, None for none or one that may not be seen."""
    if customer_id is None:
        return None
    row = Customer.objects.filter(pk=customer_id).values_list("pk", "name", "kind", "level_id").first()
    return (
        shown.brief(row[0], row[1], row[2], str(row[3]))
        if row and reaches(grants, CUSTOMER_VIEW, str(row[3]))
        else None
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """A call before this one, of the same customer or number."""

    call_id: int
    began_at: datetime
    direction: str


def earlier(caller: Caller) -> list[Earlier]:
    """The calls of the same customer or number before this one, newest first, at most COUNTED each; none when neither
    is known. One statement, two reads of an index."""
    before = (
        Call.objects.filter(pk__lt=caller.call_id).order_by("-pk").values_list("id", "began_at", "direction")
    )
    of_customer = before.filter(customer_id=caller.customer_id)[:COUNTED] if caller.customer_id else None
    of_number = before.filter(customer_number=caller.number)[:COUNTED] if caller.number else None
    ways = [one for one in (of_customer, of_number) if one is not None]
    if not ways:
        return []
    found = ways[0].union(ways[1]) if len(ways) > 1 else ways[0]
    return sorted((Earlier(*row) for row in found), key=lambda one: -one.call_id)


def repeat(caller: Caller, before: Sequence[Earlier]) -> Row:
    """How often the same customer or number called within the days that count: {calls, days, warn, last_at}. The call
    itself does not count."""
    settings = line_words.settings()
    since = caller.began_at - timedelta(days=settings.repeat_days)
    recent = [one.began_at for one in before if one.direction == "inbound" and since <= one.began_at]
    return {
        "calls": len(recent),
        "days": settings.repeat_days,
        "warn": len(recent) >= max(1, settings.repeat_calls),
        "last_at": max(recent, default=None),
    }


def last_calls(before: Sequence[Earlier], grants: StaffGrants) -> list[Row]:
    """The last of these calls that one may see, newest first. One statement, none for none."""
    ids = [one.call_id for one in before[:LOOKED_AT]]
    if not ids:
        return []
    columns = ("id", "began_at", "direction", "outcome", "disposition", "agent__name")
    rows = Call.objects.filter(visible_calls(grants), pk__in=ids).order_by("-pk").values(*columns)
    return [
        {
            "kind": "call",
            "id": row["id"],
            "number": None,
            "at": row["began_at"],
            "subject": category_name(row["disposition"]),
            "by": row["agent__name"] or "",
            "outcome": row["outcome"],
            "direction": row["direction"],
        }
        for row in rows[:CONTACTS]
    ]


def suggested(caller: Caller) -> Row:
    """The category to begin with: what the caller pressed means one, else the line does: {category, category_name,
    because}. Never one that is out of use."""
    words = line_words.line(caller.line)
    if words is None:
        return _suggestion("", "")
    for choice in reversed(caller.menu):
        found = words.choices.get(str(choice.get("digits", "")), {}).get("category", "")
        if found and _usable(found):
            return _suggestion(found, "menu")
    return _suggestion(words.category, "line") if _usable(words.category) else _suggestion("", "")


def _usable(code: str) -> bool:
    found = resolve.tree().by_code.get(code)
    return found is not None and found.active


def _suggestion(code: str, because: str) -> Row:
    return {"category": code or None, "category_name": category_name(code), "because": because}


def category_name(code: str) -> str:
    found = resolve.tree().by_code.get(code)
    return found.name if found else code
