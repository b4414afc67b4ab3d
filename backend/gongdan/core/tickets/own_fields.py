"""The ticket's own fields at a node: which are hidden, read, optional or required, and are the values right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongdan.core.catalogue import forms
from gongdan.core.catalogue.forms import FieldDefinition
from gongdan.core.flow.definition import Definition, FieldMode, Kind, Node
from gongdan.core.tickets import names
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


def checked(
    ticket: Ticket, flow: Definition, node: Node, values: Mapping[str, Any], *, complete: bool = True
) -> dict[str, Any]:
    """The ticket's fields after `values` are put in at `node`. `complete` asks for the required ones.

    Raises Invalid `invalid_fields` that names every mistake.
    """
    definitions = definitions_of(ticket.form_version_id)
    if not definitions:
        return _no_form(ticket, values)
    modes = modes_at(ticket.form_version_id, flow, node)
    if not complete:
        modes = {code: "optional" if mode == "required" else mode for code, mode in modes.items()}
    if node.kind is Kind.START:
        shown = [one for one in definitions if modes[one.code] != "hidden"]
        values = forms.with_defaults(shown, {**ticket.fields, **values})
    return forms.check_values(definitions, values, modes, before=ticket.fields, known=_known)


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


def _known(kind: str, ids: frozenset[int]) -> frozenset[int]:
    if kind == "person":
        return frozenset(one for one in ids if (person := names.person(one)) is not None and person.active)
    return frozenset(Attachment.objects.filter(pk__in=ids).values_list("pk", flat=True))
