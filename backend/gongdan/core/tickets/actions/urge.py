"""Urge (催办): the customer or a superior presses; whoever has the ticket is told, and the count is shown."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions import calls
from gongdan.core.tickets.actions.follow import item_words
from gongdan.core.tickets.actions.messages import handlers
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import State


@verb("urge", contracts.Urge, order=55, states=frozenset({State.OPEN, State.PAUSED, State.RESOLVED}))
def urge(work: Work, args: contracts.Urge) -> None:
    urge_ticket(work, args.reason)
    calls.note(work, args.call_id, "urged")


def urge_ticket(work: Work, reason: str) -> None:
    """Count it and tell whoever has the ticket."""
    work.ticket.urged = min(work.ticket.urged + 1, 32_000)
    at = [item_words(item) for item in work.open_items]
    work.say("TicketUrged", times=work.ticket.urged, reason=reason, at=at, notify=handlers(work))
