"""What a policy allows of extensions (延期): how often, how long, and who decides."""

from __future__ import annotations

from datetime import datetime

from gongdan.core.calendar.duration import Duration
from gongdan.core.sla import clock as counting
from gongdan.core.sla import stages as staging
from gongdan.core.sla.contracts import Extensions
from gongdan.core.tickets import reckoning
from gongdan.core.tickets.actions import clocks
from gongdan.core.tickets.actions.cards import heads_above, heads_over
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Clock, ClockKind, Extension, ExtensionState, WorkItem
from gongdan.kernel.errors import Conflict, Forbidden, Invalid


def rules(work: Work) -> Extensions | None:
    """The policy's rules; None for a ticket without a policy, which anything may be asked for."""
    chosen = reckoning.pinned_policy(work.ticket)
    return chosen.terms.extension if chosen else None


def granted(work: Work, item: WorkItem) -> int:
    """How often this stay was extended."""
    mine = {one.pk for one in work.past if one.token == item.token}
    return sum(1 for one in work.extensions if one.state == ExtensionState.GRANTED and one.item_id in mine)


def clock_for(work: Work, item: WorkItem) -> Clock | None:
    """The clock an extension moves: that of the stay, or where it has none, that of the whole."""
    return clocks.of_token(work, item.token) or clocks.of_kind(work, ClockKind.PROCESS)


def is_open(work: Work, item: WorkItem) -> bool:
    """Whether this stay may still be extended: its limit has not passed, and the policy leaves another time."""
    rule, end = rules(work), item.due_at or work.ticket.required_end
    in_time = end is None or work.now < end
    return in_time and (rule is None or granted(work, item) < rule.most)


def refuse_beyond(work: Work, item: WorkItem, old_end: datetime | None, new_end: datetime) -> None:
    """Refuses what comes too late, too often, or asks for too much at once."""
    rule = rules(work)
    if old_end is not None and work.now >= old_end:
        raise Conflict("limit_passed", "The limit has passed; an extension must be asked for before.")
    if rule is None:
        return
    if granted(work, item) >= rule.most:
        raise Conflict("no_more_extensions", "This work item cannot be extended again.", most=rule.most)
    longest = Duration(rule.longest_amount, rule.longest_unit, rule.working)
    if old_end is not None and _length(work, item, old_end, new_end, longest):
        raise Invalid(
            "extension_too_long",
            f"At most {longest} can be added at a time.",
            field="until",
            amount=rule.longest_amount,
            unit=rule.longest_unit,
            working=rule.working,
        )


def _length(work: Work, item: WorkItem, old_end: datetime, new_end: datetime, longest: Duration) -> bool:
    """Whether the added time is more than `longest`."""
    clock = clock_for(work, item)
    if not longest.working or clock is None or clock.calendar_version_id is None:
        return int((new_end - old_end).total_seconds()) > longest.plain_minutes * 60
    time = reckoning.time_of(clock)
    return time.elapsed(old_end, new_end) > longest.seconds(time.day_seconds)


def require_level(work: Work, asked: Extension) -> None:
    """Who decides is of the level the policy names; where there is no such head, the right alone decides."""
    rule = rules(work)
    if rule is None or rule.decided_by == "right" or work.grants is None:
        return
    item = next((one for one in work.past if one.pk == asked.item_id), None)
    department_id = item.department_id if item else None
    meant = heads_above(department_id) if rule.decided_by == "head" else heads_over(department_id)
    if meant and work.actor.staff_id not in meant:
        raise Forbidden(
            "wrong_level", "The policy leaves this decision to another level.", level=rule.decided_by
        )


def effective_end(work: Work, item: WorkItem, until: datetime) -> datetime:
    """What the clock can be due by: `until`, or the end of working time before it."""
    clock = clock_for(work, item)
    if clock is None:
        return until
    segments, time = reckoning.segments_of(clock), reckoning.time_of(clock)
    return counting.moment_of(segments, time, _limit_until(clock, until)) or until


def _limit_until(clock: Clock, until: datetime) -> int:
    """Counted seconds by `until`, were the clock to run all the way."""
    segments, time = reckoning.segments_of(clock), reckoning.time_of(clock)
    return counting.used(segments, time, until)


def grant(work: Work, item: WorkItem, new_end: datetime) -> None:
    """Move the limit; the whole's too, where it would end before its part."""
    clock = clock_for(work, item)
    if clock is None:
        _put_plain(work, item.token, new_end)
        return
    _extend(work, clock, new_end)
    whole = clocks.of_kind(work, ClockKind.PROCESS)
    if whole is not None and whole is not clock and whole.due_at and whole.due_at < new_end:
        _extend(work, whole, new_end)


def _extend(work: Work, clock: Clock, new_end: datetime) -> None:
    segments, time = reckoning.segments_of(clock), reckoning.time_of(clock)
    limit = _limit_until(clock, new_end)
    if not counting.is_running(segments):
        limit += time.elapsed(work.now, new_end)
    if limit <= clock.limit:
        return
    stages = staging.extended(reckoning.stages_of(clock), clock.limit, limit)
    reckoning.put_limit(clock, limit, stages, work.now)
    clocks.changed(work, clock)
    clocks.mirror(work, clock)


def _put_plain(work: Work, token: int, new_end: datetime) -> None:
    """A ticket from before there were clocks."""
    for item in work.open_items:
        if item.token == token:
            item.due_at = item.sort_at = new_end
            work.changed_items[item.seq] = item
    required = work.ticket.required_end
    if required is not None and required < new_end:
        work.ticket.required_end = new_end
