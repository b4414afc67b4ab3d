"""The ticket's own fields at a node: which are hidden, read, optional or required, and are the values right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import Q

from gongdan.core.catalogue import forms
from gongdan.core.catalogue.forms import FieldDefinition
from gongdan.core.catalogue.resolve import CategorySettings
from gongdan.core.flow.definition import Definition, FieldMode, Kind, Node
from gongdan.core.tickets import flows, names
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Attachment, Ticket
from gongdan.kernel.errors import Invalid


def definitions_of(form_version_id: int | None) -> tuple[FieldDefinition, ...]:
    return forms.form_of(form_version_id).fields if form_version_id else ()


def modes_at(form_version_id: int | None, flow: Definition, node: Node | None) -> dict[str, str]:
    """Field code to hidden|read|optional|required.

    What a node does not name is read there. At the intake it is filled in as the form says, unless a later node asks
    for it: then the intake does not show it. No node (the ticket has ended): everything is read.
    """
    later = _asked_later(flow)
    return {one.code: _mode(one, node, later) for one in definitions_of(form_version_id)}


def intake_modes(settings: CategorySettings) -> dict[str, str]:
    """The modes a new ticket of this category begins with; empty when the category cannot take tickets yet."""
    try:
        flow = flows.current(settings.flow_code or "").definition
    except Invalid:
        return {}
    return modes_at(settings.form_version_id, flow, flow.nodes[flow.start])


def _asked_later(flow: Definition) -> frozenset[str]:
    writable = (FieldMode.OPTIONAL, FieldMode.REQUIRED)
    nodes = (node for node in flow.nodes.values() if node.kind is not Kind.START)
    return frozenset(code for node in nodes for code, mode in node.fields.items() if mode in writable)


def _mode(definition: FieldDefinition, node: Node | None, later: frozenset[str]) -> str:
    named = node.fields.get(definition.code) if node is not None else None
    if named is not None:
        return named.value
    if node is not None and node.kind is Kind.START:
        if definition.code in later:
            return FieldMode.HIDDEN.value
        return (FieldMode.REQUIRED if definition.required else FieldMode.OPTIONAL).value
    return FieldMode.READ.value


def fill(work: Work, node: Node, values: Mapping[str, Any], *, complete: bool = True) -> None:
    """Put `values` into the ticket's fields as they may be at `node`; `complete` asks for the required ones.

    Files among them become the ticket's. Raises Invalid `invalid_fields` that names every mistake.
    """
    ticket, before = work.ticket, work.ticket.fields
    ticket.fields = _checked(work, node, values, complete)
    definitions = definitions_of(ticket.form_version_id)
    new = (
        forms.ids_in(definitions, ticket.fields)["attachment"]
        - forms.ids_in(definitions, before)["attachment"]
    )
    if new:
        mine = Attachment.objects.filter(pk__in=new, ticket__isnull=True).values_list("pk", flat=True)
        work.attach.extend((one, None) for one in mine)


def _checked(work: Work, node: Node, values: Mapping[str, Any], complete: bool) -> dict[str, Any]:
    ticket = work.ticket
    definitions = definitions_of(ticket.form_version_id)
    if not definitions:
        return _no_form(ticket, values)
    modes = modes_at(ticket.form_version_id, work.definition, node)
    if not complete:
        modes = {code: "optional" if mode == "required" else mode for code, mode in modes.items()}
    if node.kind is Kind.START:
        shown = [one for one in definitions if modes[one.code] != "hidden"]
        values = forms.with_defaults(shown, {**ticket.fields, **values})
    known = partial(_known, work)
    return forms.check_values(definitions, values, modes, before=ticket.fields, known=known)


def _no_form(ticket: Ticket, values: Mapping[str, Any]) -> dict[str, Any]:
    if values:
        errors = [
            {"field": code[:64], "code": "unknown_field", "detail": "There is no such field."}
            for code in values
        ]
        raise Invalid(
            "invalid_fields", "This category has no own fields.", field="fields", errors=errors[:100]
        )
    return dict(ticket.fields)


def _known(work: Work, kind: str, ids: frozenset[int]) -> frozenset[int]:
    """People at work; files of this ticket, or uploaded by the actor and not yet anybody's."""
    if kind == "person":
        return frozenset(one for one in ids if (person := names.person(one)) is not None and person.active)
    uploaded = Q(ticket__isnull=True)
    if work.actor.staff_id:
        uploaded &= Q(uploaded_by=work.actor.staff_id)
    usable = Attachment.objects.filter(Q(ticket_id=work.ticket.pk) | uploaded, pk__in=ids)
    return frozenset(usable.values_list("pk", flat=True))
