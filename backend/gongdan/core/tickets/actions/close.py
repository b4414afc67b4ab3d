"""Close (归档): a resolved ticket whose callback need not be waited for any longer."""

from __future__ import annotations

from gongdan.core.flow import engine
from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.follow import follow
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work, marking_of
from gongdan.core.tickets.models import State


@verb("close", contracts.WithReason, order=32, states=frozenset({State.RESOLVED}))
def close(work: Work, args: contracts.WithReason) -> None:
    moved = follow(work, engine.end(work.definition, marking_of(work.ticket)))
    work.ticket.state = State.CLOSED
    work.ticket.actual_end = work.now
    work.say(
        "TicketClosed",
        actual_end=work.now.isoformat(),
        satisfaction=work.ticket.satisfaction,
        reason=args.reason,
        **moved,
    )
