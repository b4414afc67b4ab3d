"""The ticket's page: everything about one ticket that one may see, and what one may do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gongdan.core.catalogue import forms
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import flows, names, own_fields, possible, rows
from gongdan.core.tickets.access import TicketFacts, allowing, may
from gongdan.core.tickets.actions.shape import look
from gongdan.core.tickets.actions.work import Work, facts_of
from gongdan.core.tickets.calls import calls_of_ticket
from gongdan.core.tickets.card_rows import cards_of
from gongdan.core.tickets.models import Attachment, Extension, Message, MessageKind, Ticket, WorkItem
from gongdan.kernel import sql
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import NotFound

# Links of a ticket, both ways, each with the ticket at its other end.
LINKED = """
SELECT link.kind, link.at, link.ticket_id = %s, other.parties, other.category_id, other.customer_level,
  other.number, other.subject, other.state
FROM tickets_link link
JOIN tickets_ticket other ON other.id = CASE WHEN link.ticket_id = %s THEN link.other_id ELSE link.ticket_id END
WHERE link.ticket_id = %s OR link.other_id = %s
ORDER BY link.id"""


def visible_ticket(number: str, grants: StaffGrants) -> Ticket:
    """The ticket, or NotFound: also when it exists and one may not see it."""
    found = sql.fetch(Ticket, "number = %s", [number])
    if not found or not may(grants, "ticket.view", facts_of(found[0])):
        raise NotFound("ticket_not_found", "There is no such ticket, or it is not yours to see.")
    return found[0]


def ticket_page(number: str, *, actor: Actor, grants: StaffGrants) -> dict[str, Any]:
    """The page's data. A fixed number of statements, whatever the ticket's age."""
    work = look(visible_ticket(number, grants), actor=actor)
    ticket = work.ticket
    return {
        **_row(work, grants),
        "body": ticket.body,
        "tags": ticket.tags,
        "fields": _readable(work),
        "form": _form(work),
        "opened_by": rows.unit(ticket.opened_by_id, names.staff_name),
        "opened_department": rows.unit(ticket.opened_department_id, names.department_name),
        "answered_on_spot": ticket.answered_on_spot,
        "expected_end": ticket.expected_end,
        "resolved_at": ticket.resolved_at,
        "satisfaction": ticket.satisfaction,
        "callback_mode": ticket.callback_mode,
        "sampled_for_callback": ticket.sampled_for_callback,
        "external_id": ticket.external_id,
        "flow": _flow(work),
        "questions": [_question(item) for item in work.open_items if item.question],
        "extensions": [_extension(one) for one in work.extensions],
        "cards": cards_of(ticket, work.all_cards, grants),
        "links": _links(ticket, grants),
        "calls": calls_of_ticket(ticket.pk, grants),
        "attachments": attachments(ticket, grants),
        "actions": possible.actions(work),
        "can_see_because": [
            names.role_name(because.role) for because in allowing(grants, "ticket.view", work.facts)
        ],
    }


def _row(work: Work, grants: StaffGrants) -> rows.Row:
    values = {name: _value(work.ticket, name) for name in rows.COLUMNS}
    provisional = [clock.due_at for clock in work.clocks if clock.provisional]
    items = [
        {name: getattr(item, name) for name in rows.ITEM_COLUMNS} | {"provisional": provisional}
        for item in work.open_items
    ]
    return rows.row(values, items, "customer.reveal" in grants.rights)


def _value(ticket: Ticket, name: str) -> Any:
    return _customer_name(ticket.customer_id) if name == "customer__name" else getattr(ticket, name)


def _customer_name(customer_id: int | None) -> str | None:
    if customer_id is None:
        return None
    ((name,),) = sql.execute("SELECT name FROM customers_customer WHERE id = %s", [customer_id])
    return str(name)


def _flow(work: Work) -> dict[str, Any]:
    pinned = flows.pinned(work.ticket.flow_version_id)
    return {"code": pinned.code, "version": pinned.number, "title": dict(pinned.definition.title)}


def _my_item(work: Work) -> WorkItem | None:
    mine = [item for item in work.open_items if item.handler_id == work.actor.staff_id]
    return mine[0] if mine else next(iter(work.open_items), None)


def _modes(work: Work) -> dict[str, str]:
    item = _my_item(work)
    return own_fields.modes_at(
        work.ticket.form_version_id, work.definition, work.node(item) if item else None
    )


def _readable(work: Work) -> dict[str, Any]:
    """The own fields' values, without those hidden at the node."""
    hidden = {code for code, mode in _modes(work).items() if mode == "hidden"}
    return {code: value for code, value in work.ticket.fields.items() if code not in hidden}


def _form(work: Work) -> dict[str, Any] | None:
    version_id = work.ticket.form_version_id
    if version_id is None:
        return None
    modes = _modes(work)
    form = forms.form_of(version_id)
    fields = [
        {**one.to_json(), "mode": modes[one.code]} for one in form.fields if modes[one.code] != "hidden"
    ]
    return {"version": form.number, "fields": fields}


def _question(item: WorkItem) -> dict[str, Any]:
    return {
        "item_id": item.pk,
        "duty": item.duty,
        "question": item.question,
        "handler": rows.unit(item.handler_id, names.staff_name),
        "department": rows.unit(item.department_id, names.department_name),
    }


def _extension(one: Extension) -> dict[str, Any]:
    return {
        "id": one.pk,
        "state": one.state,
        "requested_by": rows.unit(one.requested_by_id, names.staff_name),
        "requested_at": one.requested_at,
        "reason": one.reason,
        "old_end": one.old_end,
        "new_end": one.new_end,
        "decided_by": rows.unit(one.decided_by_id, names.staff_name),
        "decided_at": one.decided_at,
        "decision_reason": one.decision_reason,
    }


def _links(ticket: Ticket, grants: StaffGrants) -> list[dict[str, Any]]:
    """Linked tickets both ways; of one that may not be seen, only that it is there."""
    found = sql.execute(LINKED, [ticket.pk] * 4)
    return [_link(grants, values) for values in found]


def _link(grants: StaffGrants, values: Sequence[Any]) -> dict[str, Any]:
    kind, at, outwards, *other = values
    seen = may(grants, "ticket.view", TicketFacts(*other[:3]))
    words = dict(zip(("number", "subject", "state"), other[3:], strict=True)) if seen else {}
    return {"kind": kind, "direction": "to" if outwards else "from", "at": at, "visible": seen, **words}


def attachments(ticket: Ticket, grants: StaffGrants) -> list[dict[str, Any]]:
    """The ticket's files, oldest first; those of internal notes only for those who may read them."""
    found = sql.fetch(Attachment, "ticket_id = %s ORDER BY id", [ticket.pk])
    if found and not may(grants, "ticket.view_notes", facts_of(ticket)):
        notes = set(Message.objects.filter(ticket=ticket, kind=MessageKind.NOTE).values_list("pk", flat=True))
        found = [one for one in found if one.message_id not in notes]
    return [attachment_words(one) for one in found]


def attachment_words(one: Attachment) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "size": one.size,
        "content_type": one.content_type,
        "message_id": one.message_id,
        "uploaded_by": rows.unit(one.uploaded_by_id, names.staff_name),
        "uploaded_at": one.uploaded_at,
    }


def messages(number: str, grants: StaffGrants) -> list[dict[str, Any]]:
    """The correspondence, oldest first; internal notes only for those who may read them."""
    ticket = visible_ticket(number, grants)
    found = Message.objects.filter(ticket=ticket).order_by("id")
    if not may(grants, "ticket.view_notes", facts_of(ticket)):
        found = found.exclude(kind=MessageKind.NOTE)
    files: dict[int, list[dict[str, Any]]] = {}
    for one in attachments(ticket, grants):
        files.setdefault(one["message_id"] or 0, []).append(one)
    return [
        {
            "id": one.pk,
            "kind": one.kind,
            "body": one.body,
            "author": {"id": one.author_id, "name": one.author_name},
            "at": one.at,
            "attachments": files.get(one.pk, []),
        }
        for one in found
    ]


def matched_words(tokens: Iterable[str]) -> list[dict[str, str]]:
    """What the permission rule matched, in words: the token's kind and the name of what it stands for."""
    return [_matched(token) for token in tokens]


def _matched(token: str) -> dict[str, str]:
    kind, _, value = token.partition(":")
    match kind:
        case "p":
            return {"kind": "person", "name": names.staff_name(int(value))}
        case "d":
            return {"kind": "department", "name": names.department_name(int(value))}
        case "t":
            return {"kind": "team", "name": names.team_name(int(value))}
        case "r":
            return {"kind": "role", "name": names.role_name(value)}
    return {"kind": "all", "name": ""}
