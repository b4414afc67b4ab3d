"""Cancel (取消): the request is withdrawn or was a mistake; nothing more will be done."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.ending import BEFORE_THE_END, end_as
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import State


@verb("cancel", contracts.WithReason, order=85, states=BEFORE_THE_END)
def cancel(work: Work, args: contracts.WithReason) -> None:
    end_as(work, State.CANCELLED, "TicketCancelled", args.reason)
