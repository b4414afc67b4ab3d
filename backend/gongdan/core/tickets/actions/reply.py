"""Reply (公开回复): words the customer may read."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions import clocks
from gongdan.core.tickets.actions.messages import EXCERPT, TALKING, add_message
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import MessageKind


@verb("reply", contracts.Append, order=35, states=TALKING)
def reply(work: Work, args: contracts.Append) -> None:
    add_message(work, MessageKind.REPLY, args)
    clocks.answered(work, "reply")
    work.say("TicketReplied", excerpt=args.body[:EXCERPT])
