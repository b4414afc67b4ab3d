"""The track (轨迹): every node's stay, every event as a sentence, and the flow drawn with the present place in it."""

from __future__ import annotations

from typing import Any

from gongdan.core.flow.kinds import OUTCOME_TITLES
from gongdan.core.flow.strip import StripNode, strip
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import names, rows
from gongdan.core.tickets.access import may
from gongdan.core.tickets.actions.shape import look
from gongdan.core.tickets.actions.visits import visits_of
from gongdan.core.tickets.actions.work import Work, marking_of
from gongdan.core.tickets.detail import visible_ticket
from gongdan.core.tickets.models import CallbackAttempt, WorkItem
from gongdan.kernel.actor import Actor
from gongdan.outbox.models import EventRecord


def track(number: str, *, actor: Actor, grants: StaffGrants) -> dict[str, Any]:
    """{items, entries, callbacks, strip} of a ticket one may see."""
    work = look(visible_ticket(number, grants), actor=actor)
    return {
        "items": [_item(work, item) for item in work.past],
        "entries": _entries(work, grants),
        "callbacks": _callbacks(work),
        "strip": _strip(work),
    }


def _item(work: Work, item: WorkItem) -> dict[str, Any]:
    node = work.definition.nodes.get(item.node)
    own = node.outcome_titles if node else {}
    title = own.get(item.outcome) or OUTCOME_TITLES.get(item.outcome)
    return {
        "id": item.pk,
        "seq": item.seq,
        "parent": item.parent_id,
        "node": item.node,
        "node_title": rows.node_title(work.ticket.flow_version_id, item.node),
        "node_kind": item.node_kind,
        "duty": item.duty,
        "state": item.state,
        "department": rows.unit(item.department_id, names.department_name),
        "team": rows.unit(item.team_id, names.team_name),
        "role": {"code": item.role, "name": names.role_name(item.role)} if item.role else None,
        "handler": rows.unit(item.handler_id, names.staff_name),
        "arrived_at": item.arrived_at,
        "accepted_at": item.accepted_at,
        "left_at": item.left_at,
        "due_at": item.due_at,
        "warn_at": item.warn_at,
        "outcome": item.outcome,
        "outcome_title": dict(title) if title else None,
        "result": item.result,
        "question": item.question,
        "returned": bool(item.stay.get("r")),
    }


def _entries(work: Work, grants: StaffGrants) -> list[dict[str, Any]]:
    notes = may(grants, "ticket.view_notes", work.facts)
    columns = ("seq", "at", "actor", "type", "data")
    query = EventRecord.objects.filter(subject="ticket", subject_id=work.ticket.pk).order_by("seq")
    entries = [dict(zip(columns, values, strict=True)) for values in query.values_list(*columns)]
    return [
        {**one, "sentence": {"code": one["type"], "params": one["data"]}}
        for one in entries
        if notes or one["type"] != "TicketNoted"
    ]


def _callbacks(work: Work) -> list[dict[str, Any]]:
    return [
        {
            "at": one.at,
            "by": rows.unit(one.by_id, names.staff_name),
            "result": one.result,
            "score": one.score,
            "note": one.note,
            "next_try_at": one.next_try_at,
        }
        for one in CallbackAttempt.objects.filter(ticket=work.ticket).order_by("id")
    ]


def _strip(work: Work) -> dict[str, Any]:
    """The picture of the flow, each node with who was there last, since when and until when."""
    drawing = strip(work.definition, visits_of(work), marking_of(work.ticket))
    last = {item.node: item for item in work.past if item.parent_id is None}
    return {
        "columns": drawing.columns,
        "lanes": drawing.lanes,
        "nodes": [{**_drawn(node), **_stay(last.get(node.code))} for node in drawing.nodes],
        "edges": [
            {"from": one.source, "to": one.target, "taken": one.taken, "back": one.back, "label": one.label}
            for one in drawing.edges
        ],
    }


def _drawn(node: StripNode) -> dict[str, Any]:
    return {
        "code": node.code,
        "kind": node.kind,
        "title": dict(node.title),
        "x": node.x,
        "y": node.y,
        "state": node.state,
        "visits": node.visits,
    }


def _stay(item: WorkItem | None) -> dict[str, Any]:
    if item is None:
        return {}
    who = names.staff_name(item.handler_id) or names.team_name(item.team_id)
    who = (
        who or names.department_name(item.department_id) or (names.role_name(item.role) if item.role else "")
    )
    return {"who": who, "since": item.arrived_at, "until": item.left_at, "due_at": item.due_at}
