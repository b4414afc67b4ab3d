"""What a clock does when its moment comes: a card, or a step of its ladder. Each stage once, in order, with the moment
it was due, also long afterwards."""

from __future__ import annotations

from datetime import datetime

from gongdan.core.tickets import reckoning
from gongdan.core.tickets.actions import cards, clocks
from gongdan.core.tickets.actions.escalate import escalate
from gongdan.core.tickets.actions.work import FAR_FUTURE, Work
from gongdan.core.tickets.models import Clock, Colour


def fire_due(work: Work, until: datetime | None = None) -> int:
    """Everything whose moment has come (by `until`, if given), across the ticket's clocks in order of time; answers how
    many."""
    count = 0
    while (due := _next(work)) is not None and _moment(due) <= (until or work.now):
        _fire(work, due)
        count += 1
    return count


def next_moment(work: Work) -> datetime:
    """When the ticket fires next; far away if it does not."""
    due = _next(work)
    return _moment(due) if due is not None else FAR_FUTURE


def _next(work: Work) -> Clock | None:
    return min(clocks.ticking(work), key=_moment, default=None)


def _moment(clock: Clock) -> datetime:
    return clock.next_fire_at or FAR_FUTURE


def _fire(work: Work, clock: Clock) -> None:
    stage, due = reckoning.stages_of(clock)[clock.stage], _moment(clock)
    if stage.kind == "step":
        escalate(work, clock, stage, due)
    else:
        cards.issue(work, clock, Colour(stage.kind), due)
    clock.stage += 1
    reckoning.settle(clock)
    clocks.changed(work, clock)
