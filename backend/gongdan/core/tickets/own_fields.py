"""The ticket's own fields at a node: which are hidden, read, optional or required, and are the values right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongdan.core.catalogue import forms
from gongdan.core.flow.definition import FieldMode, Kind, Node
from gongdan.core.tickets.models import Ticket


def modes_at(form_version_id: int | None, node: Node | None) -> dict[str, str]:
    """Field code to hidden|read|optional|required. What a node does not name is filled in at the intake, as the form
    says, and can be read everywhere else. No node (a look from outside): everything that is not hidden is read."""
    definitions = forms.form_of(form_version_id) if form_version_id else ()
    named = node.fields if node is not None else {}
    modes: dict[str, str] = {}
    for definition in definitions:
        mode = named.get(definition.code)
        if mode is not None:
            modes[definition.code] = str(mode)
        elif node is not None and node.kind is Kind.START:
            modes[definition.code] = str(FieldMode.REQUIRED if definition.required else FieldMode.OPTIONAL)
        else:
            modes[definition.code] = str(FieldMode.READ)
    return modes


def checked(ticket: Ticket, node: Node, values: Mapping[str, Any], *, complete: bool = True) -> dict[str, Any]:
    """The ticket's fields after `values` are put in at `node`. `complete` asks for the required ones.

    Raises Invalid `invalid_fields` that names every mistake.
    """
    modes = modes_at(ticket.form_version_id, node)
    if not modes and not values:
        return ticket.fields
    if not complete:
        modes = {code: "optional" if mode == "required" else mode for code, mode in modes.items()}
    definitions = forms.form_of(ticket.form_version_id) if ticket.form_version_id else ()
    clean = forms.check_values(definitions, values, modes, before=ticket.fields)
    return {**ticket.fields, **clean}
