"""Resume (恢复): a paused ticket goes on where it stood."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions import clocks
from gongdan.core.tickets.actions.messages import handlers
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import State


@verb("resume", contracts.MayReason, order=12, states=frozenset({State.PAUSED}))
def resume(work: Work, args: contracts.MayReason) -> None:
    go_on(work, args.reason)


def go_on(work: Work, reason: str) -> None:
    """The ticket and its clocks go on."""
    work.ticket.state, work.ticket.paused_for = State.OPEN, ""
    clocks.resume(work)
    work.say("TicketResumed", reason=reason, notify=handlers(work))
