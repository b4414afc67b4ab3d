"""Escalation (升级): what a step of a ladder does to a ticket, by itself, at its moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from gongdan.core.catalogue.models import Priority
from gongdan.core.sla.stages import Stage
from gongdan.core.tickets import names
from gongdan.core.tickets.actions.cards import heads_above, heads_over, liable_item
from gongdan.core.tickets.actions.messages import handlers
from gongdan.core.tickets.actions.supervision import circulate_ticket, supervise_ticket
from gongdan.core.tickets.actions.transfer import hand_over
from gongdan.core.tickets.actions.urge import urge_ticket
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Clock, Duty, State
from gongdan.core.tickets.routing import Place

SENTENCE = "escalation"


def escalate(work: Work, clock: Clock, stage: Stage, due: datetime) -> None:
    """Do everything the step says, in its order, and say so once. What cannot be done any more is left out."""
    done, told = [], list[int]()
    for what, whom in stage.do:
        if what == "notify":
            people = people_meant(work, clock, whom)
            told += people
            done.append({"what": what, "whom": whom, "names": [names.staff_name(one) for one in people]})
        elif _DO[what](work, clock):
            done.append({"what": what})
    item = liable_item(work, clock)
    work.say(
        "Escalated",
        clock=clock.kind,
        node=clock.node,
        after=stage.after,
        limit=clock.limit,
        due_at=due.isoformat(),
        did=done,
        department=names.department_name(item.department_id if item else None),
        handler=names.staff_name(item.handler_id if item else None),
        notify=list(dict.fromkeys(told)),
    )


def people_meant(work: Work, clock: Clock, whom: str) -> list[int]:
    """The people behind `whom` of a ladder's step."""
    item = liable_item(work, clock)
    department_id = item.department_id if item else work.ticket.opened_department_id
    heads = heads_above(department_id)
    if whom == "handler":
        return [item.handler_id] if item and item.handler_id else heads[:1]
    if whom == "opener":
        return [work.ticket.opened_by_id] if work.ticket.opened_by_id else []
    if whom.startswith("role:"):
        return names.holders(whom.removeprefix("role:"))
    return heads[:1] if whom == "head" else heads_over(department_id)[:1] or heads[:1]


def _raise_priority(work: Work, clock: Clock) -> bool:
    ticket = work.ticket
    if ticket.priority >= Priority.URGENT:
        return False
    before = ticket.priority
    ticket.priority = before + 1
    work.say("TicketEdited", changed={"priority": [before, ticket.priority]})
    return True


def _hand(to: Callable[[int | None], list[int]]) -> Callable[[Work, Clock], bool]:
    def hand(work: Work, clock: Clock) -> bool:
        item = liable_item(work, clock)
        if item is None or item.duty != Duty.LEAD or item not in work.open_items:
            return False  # nobody signs for another
        if work.ticket.state != State.OPEN:
            return False
        free = _first(one for one in to(item.department_id) if one not in (item.handler_id, item.avoid_id))
        person = names.person(free)
        if person is None:
            return False
        hand_over(work, item, Place(department_id=person.department_id, handler_id=person.id), SENTENCE)
        return True

    return hand


def _first(found: Iterable[int]) -> int | None:
    return next(iter(found), None)


def _urge(work: Work, clock: Clock) -> bool:
    urge_ticket(work, "")
    return True


def _supervise(work: Work, clock: Clock) -> bool:
    return supervise_ticket(work, "", handlers(work) + heads_above(_department(work, clock))[:1])


def _circulate(work: Work, clock: Clock) -> bool:
    return circulate_ticket(work, "")


def _department(work: Work, clock: Clock) -> int | None:
    item = liable_item(work, clock)
    return item.department_id if item else work.ticket.opened_department_id


_DO: dict[str, Callable[[Work, Clock], bool]] = {
    "raise_priority": _raise_priority,
    "hand_to_head": _hand(heads_above),
    "hand_up": _hand(heads_over),
    "urge": _urge,
    "supervise": _supervise,
    "circulate": _circulate,
}
