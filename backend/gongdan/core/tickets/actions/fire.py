"""What a clock does when its moment comes: a card, or a step of its ladder. Each stage once, in order, with the moment
it was due, also long afterwards."""

from __future__ import annotations

from datetime import datetime

from gongdan.core.tickets import reckoning
from gongdan.core.tickets.actions import cards, clocks
from gongdan.core.tickets.actions.escalate import escalate
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Clock, Colour


def fire_due(work: Work) -> int:
    """Everything whose moment has come, across the ticket's clocks in order of time; answers how many."""
    count = 0
    while (due := _next_due(work)) is not None:
        _fire(work, due)
        count += 1
    return count


def _next_due(work: Work) -> Clock | None:
    due = [clock for clock in clocks.ticking(work) if _moment(clock) <= work.now]
    return min(due, key=_moment, default=None)


def _moment(clock: Clock) -> datetime:
    return clock.next_fire_at or datetime.max.replace(tzinfo=clock.started_at.tzinfo)


def _fire(work: Work, clock: Clock) -> None:
    stage, due = reckoning.stages_of(clock)[clock.stage], _moment(clock)
    if stage.kind == "step":
        escalate(work, clock, stage, due)
    else:
        cards.issue(work, clock, Colour(stage.kind), due)
    clock.stage += 1
    reckoning.settle(clock)
    clocks.changed(work, clock)
