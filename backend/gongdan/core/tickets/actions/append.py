"""Append (追加): what the caller or a colleague adds to a ticket that is under way."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.messages import EXCERPT, TALKING, add_message, handlers
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import MessageKind


@verb("append", contracts.Append, order=40, states=TALKING)
def append(work: Work, args: contracts.Append) -> None:
    add_message(work, MessageKind.APPENDED, args)
    work.say("TicketAppended", excerpt=args.body[:EXCERPT], notify=handlers(work))
