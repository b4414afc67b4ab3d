"""What the command line and a start do for working calendars: the official tables, and a calendar to begin with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongdan.core.calendar import holidays
from gongdan.core.calendar.holidays import Official, Refreshed, official
from gongdan.core.calendar.standard import ensure_standard_calendar
from gongdan.core.tickets.correction import correct_provisional
from gongdan.kernel.actor import Actor, system
from gongdan.kernel.unit import unit


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a refresh added, and how many deadlines it corrected."""

    refreshed: Refreshed
    corrected: int


def refresh(*, actor: Actor, source: Callable[[], Official] = official) -> Outcome:
    """Take the source's tables, and correct the deadlines they decide, in one unit of work."""
    with unit():
        refreshed = holidays.refresh(actor=actor, source=source)
        reports = correct_provisional(actor=actor)
    return Outcome(refreshed, sum(len(one.lines) for one in reports))


def ensure() -> Outcome:
    """The tables of this release, then the standard calendar if there is none. Nothing new, nothing written."""
    actor = system("setup")
    outcome = refresh(actor=actor)
    ensure_standard_calendar(actor=actor)
    return outcome
