"""Lists of cards: filtered, narrowed by the one permission rule, newest first, paged by key; and their counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import flows, names, rows
from gongdan.core.tickets.access import TicketFacts, may, visible_q
from gongdan.core.tickets.actions.card_of import STATES, may_do
from gongdan.core.tickets.models import Card, CardState, Ticket

COLUMNS = (
    "id", "ticket_id", "colour", "state", "clock_kind", "node", "step", "department_id", "staff_id", "due_at",
    "issued_at", "acknowledged_by_id", "acknowledged_at", "appealed_by_id", "appealed_at", "appeal_reason",
    "decided_by_id", "decided_at", "decision_reason", "ticket__number", "ticket__subject", "ticket__kind",
    "ticket__state", "ticket__priority", "ticket__customer__name", "ticket__customer_level",
    "ticket__flow_version_id", "ticket__parties", "ticket__category_id",
)  # fmt: skip
Row = dict[str, Any]
STANDING = ~Q(state=CardState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class CardFilter:
    """What cards are narrowed by. `standing`: only those that count, or only those withdrawn."""

    colour: str | None = None
    state: str | None = None
    standing: bool | None = None
    department: int | None = None
    staff: int | None = None
    clock_kind: str | None = None
    node: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    ticket: str | None = None

    def as_q(self) -> Q:
        named = {
            "colour": self.colour,
            "state": self.state,
            "department_id": self.department,
            "staff_id": self.staff,
            "clock_kind": self.clock_kind,
            "node": self.node,
            "issued_at__gte": self.since,
            "issued_at__lt": self.until,
            "ticket__number": self.ticket,
        }
        condition = Q(**{name: value for name, value in named.items() if value is not None})
        if self.standing is not None:
            condition &= STANDING if self.standing else ~STANDING
        return condition


def card_list(grants: StaffGrants, chosen: CardFilter, *, before_id: int | None, limit: int) -> list[Row]:
    """At most `limit` cards, newest first, older than `before_id`. One statement."""
    query = _seen(grants, chosen)
    if before_id is not None:
        query = query.filter(pk__lt=before_id)
    return [card_row(values, grants) for values in _values(query.order_by("-id")[:limit])]


def cards_of(ticket: Ticket, cards: Sequence[Card], grants: StaffGrants) -> list[Row]:
    """The cards of a ticket that is at hand, in words. No statement; its customer is left out."""
    known = {
        "ticket__number": ticket.number,
        "ticket__subject": ticket.subject,
        "ticket__kind": ticket.kind,
        "ticket__state": ticket.state,
        "ticket__priority": ticket.priority,
        "ticket__customer__name": None,
        "ticket__customer_level": ticket.customer_level,
        "ticket__flow_version_id": ticket.flow_version_id,
        "ticket__parties": ticket.parties,
        "ticket__category_id": ticket.category_id,
    }
    own = [name for name in COLUMNS if not name.startswith("ticket__")]
    return [card_row({name: getattr(card, name) for name in own} | known, grants) for card in cards]


def _seen(grants: StaffGrants, chosen: CardFilter) -> QuerySet[Card]:
    return Card.objects.filter(chosen.as_q(), visible_q(grants, prefix="ticket__"))


def _values(query: QuerySet[Card]) -> list[Row]:
    return [dict(zip(COLUMNS, values, strict=True)) for values in query.values_list(*COLUMNS)]


def card_row(one: Row, grants: StaffGrants) -> Row:
    """A card in words, with the ticket it belongs to and what this person may do to it."""
    customer = {"name": one["ticket__customer__name"], "level": one["ticket__customer_level"]}
    return {
        "id": one["id"],
        "ticket": {
            "number": one["ticket__number"],
            "subject": one["ticket__subject"],
            "kind": one["ticket__kind"],
            "state": one["ticket__state"],
            "priority": one["ticket__priority"],
            "customer": customer if customer["name"] else None,
        },
        "colour": one["colour"],
        "state": one["state"],
        "clock_kind": one["clock_kind"],
        "node": one["node"],
        "node_title": rows.node_title(one["ticket__flow_version_id"], one["node"]) if one["node"] else None,
        "flow": flows.pinned(one["ticket__flow_version_id"]).code,
        "step": one["step"],
        "department": rows.unit(one["department_id"], names.department_name),
        "staff": rows.unit(one["staff_id"], names.staff_name),
        "due_at": one["due_at"],
        "issued_at": one["issued_at"],
        "acknowledged_by": rows.unit(one["acknowledged_by_id"], names.staff_name),
        "acknowledged_at": one["acknowledged_at"],
        "appealed_by": rows.unit(one["appealed_by_id"], names.staff_name),
        "appealed_at": one["appealed_at"],
        "appeal_reason": one["appeal_reason"],
        "decided_by": rows.unit(one["decided_by_id"], names.staff_name),
        "decided_at": one["decided_at"],
        "decision_reason": one["decision_reason"],
        "actions": _actions(one, grants),
    }


def _actions(one: Row, grants: StaffGrants) -> list[str]:
    facts = TicketFacts(one["ticket__parties"], one["ticket__category_id"], one["ticket__customer_level"])
    fitting = [verb for verb, states in STATES.items() if one["state"] in states]
    card = Card(
        staff_id=one["staff_id"], department_id=one["department_id"], appealed_by_id=one["appealed_by_id"]
    )
    return [
        verb
        for verb in fitting
        if may(grants, f"ticket.{verb}", facts) and may_do(card, verb, grants.staff_id, grants.department_id)
    ]


def summary(grants: StaffGrants, chosen: CardFilter) -> Row:
    """Counts of the cards that stand, in all, by department and by person; and how many were withdrawn."""
    seen = _seen(grants, chosen)
    stands = seen.filter(STANDING)
    colours = dict(stands.values_list("colour").annotate(count=Count("id")).order_by())
    return {
        "yellow": colours.get("yellow", 0),
        "red": colours.get("red", 0),
        "withdrawn": seen.filter(~STANDING).count(),
        "by_department": _grouped(stands, "department", names.department_name),
        "by_staff": _grouped(stands, "staff", names.staff_name),
    }


def _grouped(cards: QuerySet[Card], by: str, name: Any) -> list[Row]:
    """The most red ones first; nobody's at the end."""
    counted = cards.values_list(f"{by}_id").annotate(
        yellow=Count("id", filter=Q(colour="yellow")), red=Count("id", filter=Q(colour="red"))
    )
    found: Sequence[tuple[int | None, int, int]] = list(counted.order_by())
    ordered = sorted(found, key=lambda one: (one[0] is None, -one[2], -one[1], one[0] or 0))
    return [{by: rows.unit(one, name), "yellow": yellow, "red": red} for one, yellow, red in ordered]
