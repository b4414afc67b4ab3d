"""Transfer (转办): the work item goes to another department, team or person; the old one leaves the track closed."""

from __future__ import annotations

from gongdan.core.tickets import contracts, names
from gongdan.core.tickets.actions.follow import end_item, item_words, new_item
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.use import item_of
from gongdan.core.tickets.actions.whose import can_direct
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import ItemState, State, WorkItem
from gongdan.core.tickets.routing import Place
from gongdan.kernel.errors import Conflict, Invalid


@verb(
    "transfer",
    contracts.Transfer,
    order=20,
    states=frozenset({State.OPEN, State.RESOLVED}),
    uses=can_direct,
    node_verb=True,
)
def transfer(work: Work, args: contracts.Transfer) -> None:
    item = item_of(work, "transfer", args)
    place = _place(args)
    _refuse_same(item, place)
    if item.avoid_id is not None and place.handler_id == item.avoid_id:
        raise Conflict("another_reviewer", "This must be handled by somebody other than last time.")
    hand_over(work, item, place, args.reason)


def hand_over(work: Work, item: WorkItem, place: Place, reason: str) -> None:
    """The item goes to `place`; its clock goes on, for time is not won by passing work around."""
    _call_off_sides(work, item)
    end_item(work, item, ItemState.TRANSFERRED, result=reason)
    new = new_item(
        work, item.token, work.node(item), place, stay=item.stay, due_at=item.due_at, warn_at=item.warn_at
    )
    new.tries, new.not_before, new.sort_at = item.tries, item.not_before, item.sort_at
    new.avoid_id = item.avoid_id
    work.say(
        "TicketTransferred",
        seq=item.seq,
        node=item.node,
        before=item_words(item),
        entered=[item_words(new)],
        reason=reason,
        notify=[place.handler_id] if place.handler_id else [],
    )


def _place(args: contracts.Transfer) -> Place:
    given = [one for one in (args.department, args.team, args.handler) if one is not None]
    if len(given) != 1:
        raise Invalid(
            "one_target", "Transfer to exactly one of a department, a team or a person.", field="department"
        )
    if args.handler is not None:
        person = names.person(args.handler)
        if person is None or not person.active:
            raise Invalid("unknown_person", "There is no such person at work.", field="handler")
        return Place(department_id=person.department_id, handler_id=person.id)
    unit = names.department(args.department) if args.department is not None else names.team(args.team)
    if unit is None or not unit.active:
        name = "department" if args.department is not None else "team"
        raise Invalid(f"unknown_{name}", f"There is no such {name}.", field=name)
    return Place(department_id=unit.department_id, team_id=unit.id if args.team is not None else None)


def _refuse_same(item: WorkItem, place: Place) -> None:
    now = (item.department_id, item.team_id, item.handler_id)
    if now == (place.department_id, place.team_id, place.handler_id) and not item.role:
        raise Invalid("same_place", "The work item is there already.", field="department")


def _call_off_sides(work: Work, item: WorkItem) -> None:
    for one in work.open_items:
        if one.parent_id == item.pk:
            end_item(work, one, ItemState.CANCELLED)
