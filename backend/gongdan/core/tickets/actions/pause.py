"""Pause (暂停): the ticket stands still, with a reason everyone can read."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions import clocks
from gongdan.core.tickets.actions.messages import handlers
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import State


@verb("pause", contracts.Pause, order=80, states=frozenset({State.OPEN}))
def pause(work: Work, args: contracts.Pause) -> None:
    work.ticket.state, work.ticket.paused_for = State.PAUSED, args.waiting_for
    clocks.pause(work, args.waiting_for)
    work.say("TicketPaused", reason=args.reason, waiting_for=args.waiting_for, notify=handlers(work))
