"""From a limit to moments: which policy a ticket falls under, which calendar counts, when a clock will be due.

Nothing here asks the database while the reference cache is warm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdan.core.calendar import calendars
from gongdan.core.calendar.working_time import NoWorkingTime, WorkingTime
from gongdan.core.catalogue import resolve
from gongdan.core.sla import clock as clocks
from gongdan.core.sla import stages as staging
from gongdan.core.sla.choose import Chosen, choose, terms_of
from gongdan.core.sla.contracts import Limit, Terms
from gongdan.core.staff import tree
from gongdan.core.tickets import flows
from gongdan.core.tickets.field_facts import field_facts
from gongdan.core.tickets.models import Clock, ClockKind, ClockState, Ticket


def facts_of(ticket: Ticket, contract: str) -> Mapping[str, object]:
    """What a policy's condition may ask about (`sla.choose.FACTS`, and own fields)."""
    category = resolve.settings_by_id(ticket.category_id)
    places = tree.places()
    return {
        **field_facts(ticket.form_version_id, ticket.fields),
        "kind": ticket.kind,
        "category": [resolve.settings_by_id(one).code for one in category.path_ids],
        "customer_level": ticket.customer_level,
        "contract": contract,
        "channel": ticket.channel,
        "priority": ticket.priority,
        "department": [places[one].code for one in departments_above(category.entry_department_id)],
        "flow": flows.pinned(ticket.flow_version_id).code,
        "tags": ticket.tags,
        "subject": ticket.subject,
    }


def choose_for(ticket: Ticket, contract: str) -> Chosen | None:
    """The policy a ticket falls under now."""
    return choose(facts_of(ticket, contract))


def pinned_policy(ticket: Ticket) -> Chosen | None:
    """The policy version a ticket keeps."""
    return terms_of(ticket.policy_version_id) if ticket.policy_version_id else None


def departments_above(department_id: int | None) -> list[int]:
    """The department's id, then its ancestors' up to the root."""
    place = tree.places().get(department_id) if department_id else None
    return [int(one) for one in reversed(place.path.strip(".").split("."))] if place else []


def calendar_for(limit: Limit, terms: Terms | None, department_id: int | None) -> int | None:
    """The calendar version that counts: none for plain hours, the policy's, or the department's."""
    if not limit.working:
        return None
    if terms is not None and terms.calendar:
        return calendars.current_version(terms.calendar)
    return calendars.version_for(departments_above(department_id))


def time_of(clock: Clock) -> WorkingTime:
    return calendars.working_time(clock.calendar_version_id)


def segments_of(clock: Clock) -> clocks.Segments:
    return clocks.from_json(clock.segments)


def stages_of(clock: Clock) -> tuple[staging.Stage, ...]:
    return staging.from_json(clock.stages)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clock belongs: the ticket as a whole, or a token at a node."""

    department_id: int | None
    node: str = ""
    token: int | None = None


def new_clock(
    ticket: Ticket, kind: ClockKind, limit: Limit, at: datetime, place: Place, chosen: Chosen | None
) -> Clock:
    """A clock that runs from `at` on, reckoned to its first moment."""
    version = calendar_for(limit, chosen.terms if chosen else None, place.department_id)
    day = calendars.working_time(version).day_seconds
    seconds = staging.limit_seconds(limit, day)
    segments = clocks.started(at)
    clock = Clock(
        ticket_id=ticket.pk,
        kind=kind,
        node=place.node,
        token=place.token,
        state=ClockState.RUNNING,
        policy_version_id=chosen.version_id if chosen else None,
        calendar_version_id=version,
        limit=seconds,
        first_limit=seconds,
        pauses=list(limit.pauses),
        stages=staging.to_json(staging.stages_of(limit, day)),
        segments=clocks.to_json(segments),
        started_at=segments[0].start,
    )
    settle(clock)
    return clock


def settle(clock: Clock) -> None:
    """Reckon due, first warning and next firing anew. While a clock stands still before its limit, the last known
    moments are kept for people to read, and nothing fires."""
    segments, time, stages = segments_of(clock), time_of(clock), stages_of(clock)
    due = _moment(segments, time, clock.limit)
    clock.due_at = due or clock.due_at
    leads = [stage.after for stage in stages if stage.kind == "yellow"]
    clock.warn_at = (_moment(segments, time, min(leads)) or clock.warn_at) if leads else None
    clock.next_fire_at = (
        _moment(segments, time, stages[clock.stage].after) if clock.stage < len(stages) else None
    )
    clock.provisional = clock.due_at is not None and time.provisional(clock.started_at, clock.due_at)


def _moment(segments: clocks.Segments, time: WorkingTime, seconds: int) -> datetime | None:
    try:
        return clocks.moment_of(segments, time, seconds)
    except NoWorkingTime:  # a calendar that ran dry: no deadline is better than a wrong one
        return None


def moment(clock: Clock, seconds: int) -> datetime | None:
    """When the clock has, or will have, counted so much; None while it stands still before that."""
    return _moment(segments_of(clock), time_of(clock), seconds)


def used(clock: Clock, now: datetime) -> int:
    """Counted seconds up to `now`."""
    return clocks.used(segments_of(clock), time_of(clock), now)


def put_segments(clock: Clock, segments: clocks.Segments) -> None:
    """Replace what the clock counted, and reckon anew."""
    clock.segments = clocks.to_json(segments)
    if not clock.stopped_at:
        clock.state = ClockState.RUNNING if clocks.is_running(segments) else ClockState.PAUSED
    settle(clock)


def put_limit(clock: Clock, limit: int, stages: Sequence[staging.Stage], now: datetime) -> None:
    """Give the clock another limit. What lies behind it is not done again, but a limit that has passed by this change
    is still breached."""
    clock.limit, clock.stages = limit, staging.to_json(stages)
    spent = used(clock, now)
    clock.stage = staging.next_index(stages, spent)
    if spent < limit:
        clock.breached_at = None
    elif clock.breached_at is None:
        clock.stage = next(index for index, stage in enumerate(stages) if stage.kind == "red")
    settle(clock)
