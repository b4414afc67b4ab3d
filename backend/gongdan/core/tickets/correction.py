"""When an official holiday table is published: clocks whose deadlines it decides are reckoned anew, with a report.

Only provisional clocks are touched: those that were reckoned, in part, by weekdays alone, in a year whose table was
not known. They keep the rules they started with and get the table; every other clock stays as it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongdan.core.calendar.completing import completed
from gongdan.core.calendar.models import CalendarVersion, CorrectionReport
from gongdan.core.tickets import reckoning
from gongdan.core.tickets.actions import clocks, write
from gongdan.core.tickets.actions.apply_policy import looked_at
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Clock, ClockState, Ticket
from gongdan.kernel import clock as present
from gongdan.kernel import sql
from gongdan.kernel.actor import Actor
from gongdan.kernel.unit import unit

PAGE = 200  # tickets


def correct_provisional(*, actor: Actor) -> list[CorrectionReport]:
    """Reckon every provisional clock anew whose missing table has come; one report per calendar version.

    Goes through tickets by id, each in its own unit of work: doing it again goes on with what is left.
    """
    reports = [_correct_version(version_id, actor) for version_id in _provisional_versions()]
    return [report for report in reports if report is not None]


def _provisional_versions() -> list[int]:
    """The calendar versions of provisional clocks. Walks their index, which holds no others."""
    found = _provisional().order_by("calendar_version_id").values_list("calendar_version_id", flat=True)
    return [version_id for version_id in found.distinct() if version_id is not None]


def _provisional() -> Any:
    return Clock.objects.filter(provisional=True, state__in=[ClockState.RUNNING, ClockState.PAUSED])


def _correct_version(old: int, actor: Actor) -> CorrectionReport | None:
    with unit():
        new = completed(old, actor=actor)
    if new is None:
        return None
    lines: list[dict[str, Any]] = []
    after = 0
    while ids := _affected(old, after):
        for ticket_id in ids:
            lines += _correct(ticket_id, old, new, actor)
        after = ids[-1]
    return CorrectionReport.objects.create(version=new, at=present.now(), lines=lines) if lines else None


def _affected(old: int, after: int) -> list[int]:
    found = _provisional().filter(calendar_version=old, ticket_id__gt=after)
    return list(found.order_by("ticket_id").values_list("ticket_id", flat=True).distinct()[:PAGE])


def _correct(ticket_id: int, old: int, new: CalendarVersion, actor: Actor) -> list[dict[str, Any]]:
    with unit():
        (ticket,) = sql.fetch(Ticket, "id = %s FOR NO KEY UPDATE", [ticket_id])
        work = looked_at(ticket, actor)
        meant = [one for one in clocks.ticking(work) if one.provisional and one.calendar_version_id == old]
        lines = [_reckon_anew(work, one, new) for one in meant]
        if not lines:
            return []
        work.say("ClocksCorrected", calendar=new.calendar.code, number=new.number, clocks=lines)
        write.flush(work)
    return [{"ticket": ticket.number, **line} for line in lines]


def _reckon_anew(work: Work, clock: Clock, new: CalendarVersion) -> dict[str, Any]:
    old_due = clock.due_at
    clock.calendar_version_id = new.pk
    _unbreach(clock, work.now)
    reckoning.settle(clock)
    clocks.changed(work, clock)
    clocks.mirror(work, clock)
    return {
        "clock": clock.kind,
        "node": clock.node,
        "old_due": _iso(old_due),
        "new_due": _iso(clock.due_at),
    }


def _unbreach(clock: Clock, now: datetime) -> None:
    """A limit that is not used up after all is not breached: its red card, and what the ladder does from there on, come
    at the right moment. The card that came too early stands until somebody withdraws it."""
    if clock.breached_at is not None and reckoning.used(clock, now) < clock.limit:
        clock.breached_at = None
        kinds = [stage.kind for stage in reckoning.stages_of(clock)]
        clock.stage = min(clock.stage, kinds.index("red"))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
