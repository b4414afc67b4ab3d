"""Supervise (督办) and circulate (通报): superiors watch a ticket, then name it before everybody.

The ladder 催办 → 督办 → 通报 only goes up: what is circulated stays so.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongdan.core.staff import tree
from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.cards import heads_above
from gongdan.core.tickets.actions.messages import handlers
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import State, Supervision
from gongdan.kernel.errors import Conflict

WATCHED = frozenset({State.OPEN, State.PAUSED, State.RESOLVED})


def not_supervised(work: Work) -> None:
    if work.ticket.supervision != Supervision.NONE:
        raise Conflict("supervised_already", "This ticket is under supervision already.")


def not_circulated(work: Work) -> None:
    if work.ticket.supervision == Supervision.CIRCULATED:
        raise Conflict("circulated_already", "This ticket has been circulated already.")


@verb("supervise", contracts.WithReason, order=57, states=WATCHED, check=not_supervised)
def supervise(work: Work, args: contracts.WithReason) -> None:
    departments = [item.department_id for item in work.open_items]
    heads = [head for one in departments for head in heads_above(one)[:1]]
    supervise_ticket(work, args.reason, handlers(work) + heads)


@verb("circulate", contracts.WithReason, order=58, states=WATCHED, check=not_circulated)
def circulate(work: Work, args: contracts.WithReason) -> None:
    circulate_ticket(work, args.reason)


def supervise_ticket(work: Work, reason: str, told: Iterable[int]) -> bool:
    """False when it is watched as closely already."""
    if work.ticket.supervision != Supervision.NONE:
        return False
    work.ticket.supervision = Supervision.SUPERVISED
    work.say("TicketSupervised", reason=reason, notify=list(dict.fromkeys(told)))
    return True


def circulate_ticket(work: Work, reason: str) -> bool:
    """Every head of a department is told. False when it was circulated already."""
    if work.ticket.supervision == Supervision.CIRCULATED:
        return False
    work.ticket.supervision = Supervision.CIRCULATED
    heads = [place.head_id for place in tree.places().values() if place.active and place.head_id]
    work.say("TicketCirculated", reason=reason, notify=list(dict.fromkeys([*handlers(work), *heads])))
    return True
