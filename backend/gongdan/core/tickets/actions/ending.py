"""What cancelling and force-ending share: every token and work item goes, the ticket is over, with a reason."""

from __future__ import annotations

from gongdan.core.flow import engine
from gongdan.core.tickets.actions.follow import follow
from gongdan.core.tickets.actions.messages import handlers
from gongdan.core.tickets.actions.work import Work, marking_of
from gongdan.core.tickets.models import State

BEFORE_THE_END = frozenset({State.DRAFT, State.OPEN, State.PAUSED, State.RESOLVED})


def end_as(work: Work, state: State, event: str, reason: str) -> None:
    """Stop the flow wherever it stands."""
    told = handlers(work)
    resolved_at = work.ticket.resolved_at
    work.void = True
    moved = follow(work, engine.end(work.definition, marking_of(work.ticket)))
    work.ticket.state = state
    work.ticket.resolved_at = resolved_at  # ended, but no more solved than before
    work.ticket.actual_end = work.now
    work.say(event, reason=reason, notify=told, **moved)
