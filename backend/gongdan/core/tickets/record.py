"""One's own record of work (我经办的): what I did, from the event log, newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongdan.core.flow.kinds import OUTCOME_TITLES
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import flows, rows
from gongdan.core.tickets.access import visible_q
from gongdan.core.tickets.models import Ticket
from gongdan.outbox.models import EventRecord


def record(
    grants: StaffGrants, *, before_id: int | None, since: datetime | None, until: datetime | None, limit: int
) -> list[dict[str, Any]]:
    """At most `limit` of my doings on tickets I may still see. Three statements."""
    query = EventRecord.objects.filter(actor_staff_id=grants.staff_id, subject="ticket")
    if before_id is not None:
        query = query.filter(pk__lt=before_id)
    if since is not None:
        query = query.filter(at__gte=since)
    if until is not None:
        query = query.filter(at__lt=until)
    columns = ("id", "subject_id", "at", "type", "data")
    found = [
        dict(zip(columns, values, strict=True))
        for values in query.order_by("-id").values_list(*columns)[:limit]
    ]
    seen = Ticket.objects.filter(visible_q(grants), pk__in={one["subject_id"] for one in found})
    tickets = {row["id"]: row for row in rows.rows(seen, grants)}
    return [_line(one, tickets.get(one["subject_id"])) for one in found]


def _line(one: dict[str, Any], ticket: rows.Row | None) -> dict[str, Any]:
    """A ticket one may no longer see keeps its place in the record, without its words."""
    line = {"id": one["id"], "at": one["at"], "type": one["type"]}
    if ticket is None:
        return {**line, "ticket": None, "sentence": {"code": one["type"], "params": {}}}
    sentence = {"code": one["type"], "params": one["data"]}
    return {
        **line,
        "ticket": ticket,
        "sentence": sentence,
        "titles": _titles(ticket["flow_version_id"], one["data"]),
    }


def _titles(flow_version_id: int, data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The titles, by locale, of the nodes and the outcome that an event names by code."""
    nodes = flows.pinned(flow_version_id).definition.nodes
    named = {data.get("node"), data.get("target"), *(one.get("node") for one in data.get("entered", ()))}
    node = nodes.get(data.get("node", ""))
    outcome = data.get("outcome", "")
    title = (node.outcome_titles.get(outcome) if node else None) or OUTCOME_TITLES.get(outcome)
    return {
        "nodes": {code: dict(nodes[code].title) for code in named if code in nodes},
        "outcomes": {outcome: dict(title)} if title else {},
    }
