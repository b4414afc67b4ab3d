"""Pause (暂停): the ticket stands still, with a reason everyone can read."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.messages import handlers
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import State


@verb("pause", contracts.WithReason, order=80, states=frozenset({State.OPEN}))
def pause(work: Work, args: contracts.WithReason) -> None:
    work.ticket.state = State.PAUSED
    work.say("TicketPaused", reason=args.reason, notify=handlers(work))
