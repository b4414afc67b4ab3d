"""When an official holiday table is published: clocks whose deadlines it decides are reckoned anew, with a report.

Only provisional clocks move to the new calendar version: those that were reckoned, in part, by weekdays alone, in a
year whose table was not known. Every other clock keeps the version it started with.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongdan.core.calendar.holidays import NewVersion
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


def correct(new: NewVersion, *, actor: Actor) -> CorrectionReport | None:
    """Move the provisional clocks of the calendar's older versions to the new one; None when there are none.

    Goes through tickets by id, each in its own transaction: what is corrected stays so if the rest is interrupted, and
    doing it again goes on with what is left.
    """
    lines: list[dict[str, Any]] = []
    after = 0
    while ids := _affected(new, after):
        for ticket_id in ids:
            lines += _correct(ticket_id, new, actor)
        after = ids[-1]
    if not lines:
        return None
    return CorrectionReport.objects.create(version_id=new.version_id, at=present.now(), lines=lines)


def _affected(new: NewVersion, after: int) -> list[int]:
    older = CalendarVersion.objects.filter(calendar=new.calendar_id).exclude(pk=new.version_id)
    found = Clock.objects.filter(
        provisional=True,
        state__in=[ClockState.RUNNING, ClockState.PAUSED],
        calendar_version__in=list(older.values_list("pk", flat=True)),
        ticket_id__gt=after,
    )
    return list(found.order_by("ticket_id").values_list("ticket_id", flat=True).distinct()[:PAGE])


def _correct(ticket_id: int, new: NewVersion, actor: Actor) -> list[dict[str, Any]]:
    with unit():
        (ticket,) = sql.fetch(Ticket, "id = %s FOR NO KEY UPDATE", [ticket_id])
        work = looked_at(ticket, actor)
        older = set(
            CalendarVersion.objects.filter(calendar=new.calendar_id)
            .exclude(pk=new.version_id)
            .values_list("pk", flat=True)
        )
        meant = [one for one in clocks.ticking(work) if one.provisional and one.calendar_version_id in older]
        lines = [_reckon_anew(work, one, new) for one in meant]
        if not lines:
            return []
        version = CalendarVersion.objects.select_related("calendar").get(pk=new.version_id)
        work.say("ClocksCorrected", calendar=version.calendar.code, number=version.number, clocks=lines)
        write.flush(work)
    return [{"ticket": ticket.number, **line} for line in lines]


def _reckon_anew(work: Work, clock: Clock, new: NewVersion) -> dict[str, Any]:
    old_due = clock.due_at
    clock.calendar_version_id = new.version_id
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
