"""To-do lists: open work items that are mine, or that wait in a queue I may take from. Sorted by when they are due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from gongdan.core.flow.definition import Kind
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import rows
from gongdan.core.tickets.access import visible_q
from gongdan.core.tickets.models import OPEN_ITEM, WorkItem
from gongdan.kernel import clock

Key = tuple[datetime, int]
MOST_COUNTED = 100


def mine(grants: StaffGrants) -> Q:
    """What I have accepted or was given, callbacks included."""
    return Q(handler_id=grants.staff_id) & _due()


def department(grants: StaffGrants) -> Q:
    """What nobody has taken yet in the queues of my department, teams and roles; callbacks have a list of their own."""
    return _queue(grants) & ~Q(node_kind=Kind.CALLBACK)


def callbacks(grants: StaffGrants) -> Q:
    """Customers to be called: mine and those nobody has taken, whose next try has come."""
    return Q(node_kind=Kind.CALLBACK) & (Q(handler_id=grants.staff_id) | _queue(grants)) & _due()


LISTS: dict[str, Callable[[StaffGrants], Q]] = {
    "mine": mine,
    "department": department,
    "callbacks": callbacks,
}


def _due() -> Q:
    return Q(not_before__isnull=True) | Q(not_before__lte=clock.now())


def _queue(grants: StaffGrants) -> Q:
    tokens = {token for grant in grants.grants if "ticket.accept" in grant.rights for token in grant.tokens}
    if any(grant.everything and "ticket.accept" in grant.rights for grant in grants.grants):
        tokens |= {f"d:{grants.department_id}", *(f"t:{team}" for team in grants.team_ids)}
        tokens |= {f"r:{code}" for code in grants.role_codes}
    roles = sorted(token[2:] for token in tokens if token.startswith("r:"))
    departments = sorted(int(token[2:]) for token in tokens if token.startswith("d:"))
    teams = sorted(int(token[2:]) for token in tokens if token.startswith("t:"))
    by_department = Q(department_id__in=departments, team_id__isnull=True) & (Q(role="") | Q(role__in=roles))
    by_role = Q(department_id__isnull=True, team_id__isnull=True, role__in=roles) & ~Q(role="")
    queues = by_department | Q(team_id__in=teams) | by_role
    return Q(handler_id__isnull=True) & queues & ~Q(avoid_id=grants.staff_id) | Q(pk__in=[])


def page(
    grants: StaffGrants, name: str, *, after: Key | None, limit: int, kind: str | None = None
) -> list[rows.Row]:
    """At most `limit` work items of a list with their tickets' rows, by due time. Three statements."""
    query = _items(grants, name, kind)
    if after is not None:
        sort_at, identity = after
        query = query.filter(Q(sort_at__gte=sort_at), Q(sort_at__gt=sort_at) | Q(id__gt=identity))
    items = _values(query.order_by("sort_at", "id")[:limit])
    tickets = rows.rows_by_id([item["ticket_id"] for item in items], grants)
    return [_row(item, tickets[item["ticket_id"]]) for item in items]


def _items(grants: StaffGrants, name: str, kind: str | None) -> QuerySet[WorkItem]:
    query = WorkItem.objects.filter(OPEN_ITEM, LISTS[name](grants)).filter(
        visible_q(grants, prefix="ticket__")
    )
    return query.filter(ticket__kind=kind) if kind else query


def _values(query: QuerySet[WorkItem]) -> list[dict[str, Any]]:
    columns = (*rows.ITEM_COLUMNS, "sort_at", "ticket__flow_version_id", "question")
    return [dict(zip(columns, values, strict=True)) for values in query.values_list(*columns)]


def _row(item: dict[str, Any], ticket: rows.Row) -> rows.Row:
    words = rows.item_row(item, item["ticket__flow_version_id"])
    mine: rows.Row = next((one for one in ticket["present"] if one["item_id"] == item["id"]), {})
    return {
        **ticket,
        **words,
        "state": ticket["state"],
        "item_state": item["state"],
        "provisional": mine.get("provisional", False),
        "stands": mine.get("stands", False),
        "sort_at": item["sort_at"],
        "question": item["question"],
    }


def counts(grants: StaffGrants) -> dict[str, dict[str, Any]]:
    """How many wait in each list, counted up to a hundred."""
    return {name: _count(grants, name) for name in LISTS}


def _count(grants: StaffGrants, name: str) -> dict[str, Any]:
    counted = _items(grants, name, None).order_by()[: MOST_COUNTED + 1].count()
    return {"count": min(counted, MOST_COUNTED), "more": counted > MOST_COUNTED}
