"""List rows: what a ticket looks like in any list. Two statements for a page, whatever its length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from gongdan.core.catalogue import resolve
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import flows, names
from gongdan.core.tickets.models import Ticket
from gongdan.core.tickets.standstill import stands
from gongdan.kernel import sql
from gongdan.kernel.phone import mask

Row = dict[str, Any]
COLUMNS = (
    "id",
    "number",
    "kind",
    "category_id",
    "flow_version_id",
    "policy_version_id",
    "subject",
    "state",
    "priority",
    "channel",
    "customer_id",
    "customer__name",
    "customer_level",
    "requester_name",
    "requester_phone",
    "opened_at",
    "received_at",
    "required_end",
    "warn_at",
    "card",
    "supervision",
    "paused_for",
    "actual_end",
    "updated_at",
    "urged",
    "satisfaction",
    "version",
)
ITEM_COLUMNS = (
    "id",
    "ticket_id",
    "node",
    "node_kind",
    "duty",
    "state",
    "department_id",
    "team_id",
    "role",
    "handler_id",
    "arrived_at",
    "accepted_at",
    "due_at",
    "warn_at",
    "not_before",
    "tries",
)
PROVISIONAL = """ARRAY(SELECT due_at FROM tickets_clock clock WHERE clock.ticket_id = tickets_workitem.ticket_id
AND clock.provisional AND clock.state IN ('running', 'paused'))"""
OPEN_ITEMS = f"""SELECT {", ".join(ITEM_COLUMNS)}, {PROVISIONAL} FROM tickets_workitem
WHERE ticket_id = ANY(%s) AND state IN ('waiting', 'accepted') ORDER BY id"""  # noqa: S608  the names above


def rows(tickets: QuerySet[Ticket], grants: StaffGrants) -> list[Row]:
    """The rows of an (already limited) query, in its order, each with the nodes it is at now."""
    found = [dict(zip(COLUMNS, values, strict=True)) for values in tickets.values_list(*COLUMNS)]
    present = open_items([one["id"] for one in found])
    reveal = "customer.reveal" in grants.rights
    return [row(one, present[one["id"]], reveal) for one in found]


def rows_by_id(ids: Sequence[int], grants: StaffGrants) -> dict[int, Row]:
    """Rows by ticket id, in no order."""
    return {one["id"]: one for one in rows(Ticket.objects.filter(pk__in=ids), grants)}


def open_items(ticket_ids: Sequence[int]) -> dict[int, list[Row]]:
    """The open work items of tickets, as values, oldest first; `provisional` are their ticket's due moments that are."""
    grouped: dict[int, list[Row]] = defaultdict(list)
    if ticket_ids:
        for values in sql.execute(OPEN_ITEMS, [list(ticket_ids)]):
            item = dict(zip((*ITEM_COLUMNS, "provisional"), values, strict=True))
            grouped[item["ticket_id"]].append(item)
    return grouped


def row(one: Row, items: Sequence[Row], reveal: bool) -> Row:
    customer = None
    provisional = {due for item in items for due in item["provisional"]}
    if one["customer_id"]:
        customer = {"id": one["customer_id"], "name": one["customer__name"], "level": one["customer_level"]}
    flow_version_id = one["flow_version_id"]
    phone = one["requester_phone"]
    return {
        "id": one["id"],
        "number": one["number"],
        "kind": one["kind"],
        "category": category_words(one["category_id"]),
        "subject": one["subject"],
        "state": one["state"],
        "priority": one["priority"],
        "channel": one["channel"],
        "customer": customer,
        "requester_name": one["requester_name"],
        "requester_phone": phone if reveal or not phone else mask(phone),
        "opened_at": one["opened_at"],
        "received_at": one["received_at"],
        "required_end": one["required_end"],
        "provisional": one["required_end"] in provisional,
        "warn_at": one["warn_at"],
        "card": one["card"],
        "supervision": one["supervision"],
        "paused_for": one["paused_for"],
        "stands": stands(one),
        "actual_end": one["actual_end"],
        "updated_at": one["updated_at"],
        "urged": one["urged"],
        "satisfaction": one["satisfaction"],
        "version": one["version"],
        "flow_version_id": flow_version_id,
        "present": [
            {
                **item_row(item, flow_version_id),
                "provisional": item["due_at"] in provisional,
                "stands": stands(one, item["node"]),
            }
            for item in items
        ],
    }


def category_words(category_id: int) -> Row:
    """Code, name and the names of the path from the root."""
    settings = resolve.settings_by_id(category_id)
    return {"code": settings.code, "name": settings.name, "path": settings.path_names}


def node_title(flow_version_id: int, node: str) -> dict[str, str]:
    """The node's title by locale; its code where it has none."""
    found = flows.pinned(flow_version_id).definition.nodes.get(node)
    return dict(found.title) if found else {"en": node}


def item_row(item: Row, flow_version_id: int) -> Row:
    """An open work item in words: whose turn it is, since when and until when."""
    return {
        "item_id": item["id"],
        "node": item["node"],
        "node_title": node_title(flow_version_id, item["node"]),
        "node_kind": item["node_kind"],
        "duty": item["duty"],
        "state": item["state"],
        "department": unit(item["department_id"], names.department_name),
        "team": unit(item["team_id"], names.team_name),
        "role": {"code": item["role"], "name": names.role_name(item["role"])} if item["role"] else None,
        "handler": unit(item["handler_id"], names.staff_name),
        "since": item["accepted_at"] or item["arrived_at"],
        "arrived_at": item["arrived_at"],
        "accepted_at": item["accepted_at"],
        "due_at": item["due_at"],
        "warn_at": item["warn_at"],
        "not_before": item["not_before"],
        "tries": item["tries"],
    }


def unit(identity: int | None, name: Any) -> Row | None:
    return {"id": identity, "name": name(identity)} if identity else None
