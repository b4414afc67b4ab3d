"""A caller's tickets for the moment the phone rings: those to append to or to urge, and the last ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count

from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import names, rows
from gongdan.core.tickets.access import TicketFacts, may, visible_q
from gongdan.core.tickets.actions.catalogue import VERBS
from gongdan.core.tickets.models import ENDED, LIVING, Ticket

LOOKED_AT = 50  # newest tickets of the customer
MOST_OPEN = 20
LAST = 8
COLUMNS = (
    *("id", "number", "subject", "state", "kind", "opened_at", "opened_by_id", "required_end", "card"),
    *("updated_at", "flow_version_id", "parties", "category_id", "customer_level"),
)
Row = dict[str, Any]


def tickets_of(customer_id: int | None, grants: StaffGrants) -> tuple[list[Row], list[Row]]:
    """The customer's open tickets with what one may do to each, and the last tickets as contacts; newest first.

    Two statements, whatever their number; none without a customer.
    """
    if customer_id is None:
        return [], []
    newest = Ticket.objects.filter(visible_q(grants), customer_id=customer_id).order_by("-pk")
    found = list(newest.values(*COLUMNS)[:LOOKED_AT])
    living = [one for one in found if one["state"] not in ENDED][:MOST_OPEN]
    items = rows.open_items([one["id"] for one in living])
    return [_open(one, items[one["id"]], grants) for one in living], [_contact(one) for one in found[:LAST]]


def _open(one: Row, items: list[Row], grants: StaffGrants) -> Row:
    item = items[0] if items else None
    title = rows.node_title(one["flow_version_id"], item["node"]) if item else {}
    return {
        **{
            name: one[name]
            for name in ("number", "subject", "state", "kind", "required_end", "card", "updated_at")
        },
        "node": title.get("zh-Hans") or next(iter(title.values()), ""),
        "node_title": title,
        "handler": names.staff_name(item["handler_id"]) if item else "",
        "department": names.department_name(item["department_id"]) if item else "",
        "may_append": _may("append", one, grants),
        "may_urge": _may("urge", one, grants),
    }


def _may(verb: str, one: Row, grants: StaffGrants) -> bool:
    facts = TicketFacts(one["parties"], one["category_id"], one["customer_level"])
    return one["state"] in VERBS[verb].states and may(grants, VERBS[verb].right, facts)


def _contact(one: Row) -> Row:
    return {
        "kind": "ticket",
        "id": None,
        "number": one["number"],
        "at": one["opened_at"],
        "subject": one["subject"],
        "by": names.staff_name(one["opened_by_id"]),
        "outcome": one["state"],
        "direction": None,
    }


def open_counts(customer_ids: Collection[int], grants: StaffGrants) -> Mapping[int | None, int]:
    """How many open tickets that one may see each of a few customers has. One statement, none for no ids."""
    if not customer_ids:
        return {}
    living = Ticket.objects.filter(visible_q(grants), LIVING, customer_id__in=customer_ids).order_by()
    return dict(living.values_list("customer_id").annotate(Count("pk")))
