"""Force the end (强制结束): an administrator stops a ticket that its flow cannot finish."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.ending import BEFORE_THE_END, end_as
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import State


@verb("force_end", contracts.WithReason, order=90, states=BEFORE_THE_END)
def force_end(work: Work, args: contracts.WithReason) -> None:
    end_as(work, State.FORCE_ENDED, "TicketForceEnded", args.reason)
