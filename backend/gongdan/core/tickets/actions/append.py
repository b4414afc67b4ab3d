"""Append (追加): what the caller or a colleague adds to a ticket that is under way."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions import calls, clocks
from gongdan.core.tickets.actions.messages import EXCERPT, TALKING, add_message, handlers
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.resume import go_on
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import MessageKind, State


@verb("append", contracts.AppendInformation, order=40, states=TALKING)
def append(work: Work, args: contracts.AppendInformation) -> None:
    spoken = args.from_customer or work.actor.kind == "customer"
    add_message(work, MessageKind.CUSTOMER if spoken else MessageKind.APPENDED, args)
    if spoken:
        hear_customer(work)
    work.say("TicketAppended", excerpt=args.body[:EXCERPT], notify=handlers(work))
    calls.note(work, args.call_id, "appended")


def hear_customer(work: Work) -> None:
    """The customer spoke: a ticket that waited for them goes on, and an answer is owed again."""
    if work.ticket.state == State.PAUSED and work.ticket.paused_for == "customer":
        go_on(work, "")
    clocks.customer_spoke(work)
