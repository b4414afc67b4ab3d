"""Who gets a work item: turns a node's `handled_by` into a queue or a person, from the ticket and its past.

A queue is never left empty-handed: where a node's department cannot be told (a category without one, a person who
has left), the work goes to the department that opened the ticket, so that no request lies where nobody looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongdan.core.catalogue import resolve
from gongdan.core.flow.definition import HandledBy, Node
from gongdan.core.flow.marking import Token
from gongdan.core.tickets import names
from gongdan.core.tickets.models import Duty, Ticket, WorkItem
from gongdan.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Place:
    """Where a work item lies: a department (narrowed by role), a team, a role alone, or with one person."""

    department_id: int | None = None
    team_id: int | None = None
    role: str = ""
    handler_id: int | None = None

    @property
    def nobody(self) -> bool:
        return not (self.department_id or self.team_id or self.role or self.handler_id)


def place_of(ticket: Ticket, node: Node, token: Token, past: Iterable[WorkItem]) -> Place:
    """Where the token's work goes. A token that is meant for a person goes to that person, if still there."""
    meant = names.person(token.to_handler)
    if meant is not None and meant.active:
        return Place(department_id=meant.department_id, handler_id=meant.id)
    place = _by_definition(ticket, node, past)
    if not place.nobody:
        return place
    if ticket.opened_department_id:
        return Place(department_id=ticket.opened_department_id)
    raise Invalid(
        "nobody_to_handle", f"Nobody is named to handle {node.code!r}.", field="category", node=node.code
    )


def _by_definition(ticket: Ticket, node: Node, past: Iterable[WorkItem]) -> Place:
    by = node.handled_by
    if by is None:
        return Place()
    match by.kind:
        case "role":
            return Place(role=by.code)
        case "team":
            team = names.team_by_code(by.code)
            return Place(team_id=team.id, department_id=team.department_id) if team else Place()
        case "handler_of":
            return _person(last_handler(past, by.code))
        case "opener":
            return _person(ticket.opened_by_id)
        case "field":
            value = ticket.fields.get(by.code)
            return _person(value) if isinstance(value, int) else Place()
    department_id = _department_meant(ticket, by)
    return _head(department_id) if by.kind.endswith("_head") else _department(department_id, by.role or "")


def _department_meant(ticket: Ticket, by: HandledBy) -> int | None:
    """The department of a phrase that names one: the category's, the opener's, or one by its code."""
    if by.kind.startswith("category_"):
        return resolve.settings_by_id(ticket.category_id).entry_department_id
    if by.kind.startswith("opener_"):
        return ticket.opened_department_id
    unit = names.department_by_code(by.code)
    return unit.id if unit else None


def _department(department_id: int | None, role: str) -> Place:
    unit = names.department(department_id)
    return Place(department_id=unit.id, role=role) if unit and unit.active else Place()


def _head(department_id: int | None) -> Place:
    """The head of a department; where it has none at work, the department's queue."""
    unit = names.department(department_id)
    head = names.person(unit.head_id) if unit else None
    if unit is None or head is None or not head.active:
        return _department(department_id, "")
    return Place(department_id=unit.id, handler_id=head.id)


def _person(staff_id: int | None) -> Place:
    found = names.person(staff_id)
    if found is None:
        return Place()
    return Place(department_id=found.department_id, handler_id=found.id if found.active else None)


def last_handler(past: Iterable[WorkItem], node: str) -> int | None:
    """Who last held this node as the one in charge."""
    held = [
        item
        for item in past
        if item.node == node and item.duty in (Duty.LEAD, Duty.SIGNER) and item.handler_id
    ]
    return max(held, key=lambda item: item.seq).handler_id if held else None


def queue_tokens(item: WorkItem) -> frozenset[str]:
    """What the permission rule sees of a queue: whoever's grant meets one of these may take the item from it."""
    if item.handler_id:
        return frozenset({f"p:{item.handler_id}"})
    if item.team_id:
        return frozenset({f"t:{item.team_id}"})
    if item.department_id:
        return frozenset({f"d:{item.department_id}"})
    return frozenset({f"r:{item.role}"}) if item.role else frozenset()


def party_tokens(place: Place) -> list[str]:
    """What a place adds to the ticket's parties: everyone concerned may see the ticket from then on."""
    tokens = []
    if place.department_id:
        tokens.append(f"d:{place.department_id}")
    if place.team_id:
        tokens.append(f"t:{place.team_id}")
    if place.role and not place.department_id:
        tokens.append(f"r:{place.role}")
    if place.handler_id:
        tokens.append(f"p:{place.handler_id}")
    return tokens
