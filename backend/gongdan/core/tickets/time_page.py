"""The time of a ticket: its clocks, each with its receipt (凭据), and which department used how much of the whole.

Everything is reckoned from what the clocks counted, with the calendar versions they keep, so the parts add up exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from gongdan.core.calendar import calendars
from gongdan.core.calendar.working_time import Span
from gongdan.core.sla import clock as counting
from gongdan.core.sla.choose import policy_words, terms_of
from gongdan.core.sla.clock import Stay
from gongdan.core.sla.stages import Stage
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import names, reckoning, rows
from gongdan.core.tickets.actions.work import all_items
from gongdan.core.tickets.card_rows import cards_of
from gongdan.core.tickets.detail import visible_ticket
from gongdan.core.tickets.models import Card, Clock, ClockKind, ClockState, Duty, Ticket, WorkItem
from gongdan.kernel import clock as present
from gongdan.kernel import sql

Row = dict[str, Any]
MOST_LINES = 2_000  # a receipt longer than that shows its sums and its latest lines
SECOND = timedelta(seconds=1)


def clocks_page(number: str, grants: StaffGrants) -> Row:
    """{now, clocks, cards, shares, shares_whole} of a ticket one may see, withdrawn cards too. Four statements."""
    ticket = visible_ticket(number, grants)
    now = present.now()
    clocks = sql.fetch(Clock, "ticket_id = %s ORDER BY id", [ticket.pk])
    cards = sql.fetch(Card, "ticket_id = %s ORDER BY id", [ticket.pk])
    whole = next((clock for clock in reversed(clocks) if clock.kind == ClockKind.PROCESS), None)
    shares = _shares(whole, all_items(ticket.pk), now) if whole else []
    return {
        "now": now,
        "clocks": [clock_words(ticket, clock, now) for clock in clocks],
        "cards": cards_of(ticket, cards, grants),
        "shares": shares,
        "shares_whole": sum(one["seconds"] for one in shares),
    }


def clock_words(ticket: Ticket, clock: Clock, now: datetime) -> Row:
    """A clock with its receipt up to now (or where it stopped), and from there to its due time."""
    segments, time = reckoning.segments_of(clock), reckoning.time_of(clock)
    until = clock.stopped_at or now
    used = counting.used(segments, time, until)
    spans = counting.receipt(segments, time, until)
    running = clock.state == ClockState.RUNNING
    policy = terms_of(clock.policy_version_id) if clock.policy_version_id else None
    return {
        "id": clock.pk,
        "kind": clock.kind,
        "node": clock.node,
        "node_title": rows.node_title(ticket.flow_version_id, clock.node) if clock.node else None,
        "state": clock.state,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "warn_at": clock.warn_at,
        "limit": clock.limit,
        "first_limit": clock.first_limit,
        "used": used,
        "remaining": clock.limit - used,
        "counting_now": running and time.elapsed(now, now + SECOND) == 1,
        "pauses": clock.pauses,
        "breached_at": clock.breached_at,
        "stopped_at": clock.stopped_at,
        "provisional": clock.provisional,
        "calendar": calendars.calendar_words(clock.calendar_version_id)
        if clock.calendar_version_id
        else None,
        "policy": policy_words(policy) if policy else None,
        "stages": [_stage(clock, index, one) for index, one in enumerate(reckoning.stages_of(clock))],
        "spans": [_span(span) for span in spans[-MOST_LINES:]],
        "sums": counting.sums(spans),
        "to_due": _to_due(clock, segments, until),
    }


def _stage(clock: Clock, index: int, stage: Stage) -> Row:
    """A card or a step of the ladder: the moment it came, or comes if nothing changes (None: the clock stands still)."""
    return {
        "at": reckoning.moment(clock, stage.after),
        "after": stage.after,
        "kind": stage.kind,
        "do": [{"what": what, "whom": whom or None} for what, whom in stage.do],
        "fired": index < clock.stage,
    }


def _span(span: Span) -> Row:
    return {
        "start": span.start,
        "end": span.end,
        "counted": span.counted,
        "why": span.why,
        "seconds": span.seconds,
    }


def _to_due(clock: Clock, segments: counting.Segments, until: datetime) -> Row | None:
    """From now to the due time, if the clock runs and has not reached it: with what was counted so far, the counted
    seconds are exactly the limit."""
    if clock.state != ClockState.RUNNING or clock.due_at is None or clock.due_at <= until:
        return None
    whole = counting.receipt(segments, reckoning.time_of(clock), clock.due_at)
    return {
        "spans": [_span(span) for span in counting.after(whole, until)[:MOST_LINES]],
        "sums": counting.sums(whole),
    }


def _shares(clock: Clock, items: Sequence[WorkItem], now: datetime) -> list[Row]:
    """Counted seconds of the whole by department, those that had it longest first."""
    stays = [
        Stay(item.department_id, item.arrived_at, item.left_at)
        for item in items
        if item.parent_id is None and item.duty in (Duty.LEAD, Duty.SIGNER)
    ]
    spans = counting.receipt(reckoning.segments_of(clock), reckoning.time_of(clock), clock.stopped_at or now)
    found = counting.shares(spans, stays)
    return [
        {"department": rows.unit(who, names.department_name), "seconds": seconds}
        for who, seconds in sorted(found.items(), key=lambda one: -one[1])
    ]
