"""Return (退回): to any node that was really executed, to walk the flow again or to come straight back (E2)."""

from __future__ import annotations

from gongdan.core.flow import engine
from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.follow import follow
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.use import item_of
from gongdan.core.tickets.actions.visits import visits_of
from gongdan.core.tickets.actions.whose import can_direct
from gongdan.core.tickets.actions.work import Work, marking_of
from gongdan.core.tickets.models import State, WorkItem


def can_return(work: Work, item: WorkItem) -> bool:
    return can_direct(work, item) and bool(targets_of(work, item))


def targets_of(work: Work, item: WorkItem) -> tuple[engine.ReturnTarget, ...]:
    return engine.targets(work.definition, marking_of(work.ticket), item.token, visits_of(work))


@verb(
    "return",
    contracts.Return,
    order=25,
    states=frozenset({State.OPEN, State.RESOLVED}),
    uses=can_direct,
    node_verb=True,
)
def return_ticket(work: Work, args: contracts.Return) -> None:
    item = item_of(work, "return", args)
    step = engine.return_to(
        work.definition, marking_of(work.ticket), item.token, visits_of(work), args.target, args.mode
    )
    moved = follow(work, step, result=args.reason)
    notify = [one["handler_id"] for one in moved["entered"] if "handler_id" in one]
    work.say(
        "TicketReturned",
        seq=item.seq,
        node=item.node,
        target=step.entered[0].node,
        mode=args.mode,
        reason=args.reason,
        notify=notify,
        **moved,
    )
