"""Another version of a policy takes hold of an open ticket: its clocks get the new limits, what they counted stays.

Only the system does this, for an administrator who has seen in a preview what changes. A clock keeps its calendar
version unless the policy now names another calendar. What the new limits would have had happen in the past does not
happen; only a limit that has passed is breached, with its red card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from gongdan.core.calendar import calendars
from gongdan.core.flow.definition import Kind
from gongdan.core.sla import stages as staging
from gongdan.core.sla.choose import Chosen, terms_of
from gongdan.core.sla.contracts import Limit
from gongdan.core.tickets import flows, limits, reckoning
from gongdan.core.tickets.actions import clocks, write
from gongdan.core.tickets.actions.work import TICKING, Work
from gongdan.core.tickets.models import ENDED, Clock, ClockKind, Duty, State, Ticket, WorkItem
from gongdan.kernel import clock as present
from gongdan.kernel import sql
from gongdan.kernel.actor import Actor
from gongdan.kernel.unit import unit


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one clock; limits in counted seconds, None where there is none."""

    kind: str
    node: str
    state: str
    old_limit: int | None
    new_limit: int | None
    old_due: datetime | None
    new_due: datetime | None


def apply_policy(ticket_id: int, version_id: int | None, *, actor: Actor) -> bool:
    """Pin the ticket to this version (None: to no policy) and change its clocks. False for a ticket that has ended,
    or has this version already."""
    with unit():
        found = sql.fetch(Ticket, "id = %s FOR NO KEY UPDATE", [ticket_id])
        if not found or found[0].state in ENDED or found[0].policy_version_id == version_id:
            return False
        work = looked_at(found[0], actor)
        before = reckoning.pinned_policy(work.ticket)
        chosen = terms_of(version_id) if version_id else None
        changes = put_policy(work, chosen)
        work.say(
            "PolicyApplied",
            policy=chosen.code if chosen else None,
            version=chosen.number if chosen else None,
            before={"policy": before.code, "version": before.number} if before else None,
            clocks=[_told(change) for change in changes],
        )
        write.flush(work)
    return True


def would_change(ticket: Ticket, chosen: Chosen | None, *, actor: Actor) -> list[Change]:
    """What `apply_policy` would change; nothing is written."""
    return put_policy(looked_at(ticket, actor), chosen)


def looked_at(ticket: Ticket, actor: Actor) -> Work:
    """The ticket with its open work items and ticking clocks. Two statements."""
    items = sql.fetch(
        WorkItem, "ticket_id = %s AND state IN ('waiting', 'accepted') ORDER BY seq", [ticket.pk]
    )
    work = Work(ticket=ticket, items=items, actor=actor, grants=None, now=present.now())
    work.clocks = sql.fetch(Clock, TICKING, [ticket.pk])
    return work


def put_policy(work: Work, chosen: Chosen | None) -> list[Change]:
    """Change the clocks in memory; answers what became of each that changed."""
    work.ticket.policy_version_id = chosen.version_id if chosen else None
    found = [_reckon_anew(work, clock, chosen) for clock in clocks.ticking(work)]
    if work.ticket.state != State.DRAFT:
        found += _begin_missing(work, chosen)
    if any(change.new_limit is None for change in found):
        clocks.mirror_all(work)
    return [
        change for change in found if change.old_limit != change.new_limit or change.old_due != change.new_due
    ]


def _reckon_anew(work: Work, clock: Clock, chosen: Chosen | None) -> Change:
    old_limit, old_due = clock.limit, clock.due_at
    limit = _limit_of(work, clock, chosen)
    if limit is None:
        clocks.stop(work, clock, void=True)
        return _change(clock, old_limit, None, old_due, None)
    _put(work, clock, limit, chosen)
    clock.policy_version_id = chosen.version_id if chosen else None
    clocks.changed(work, clock)
    clocks.mirror(work, clock)
    return _change(clock, old_limit, clock.limit, old_due, clock.due_at)


def _put(work: Work, clock: Clock, limit: Limit, chosen: Chosen | None) -> None:
    terms = chosen.terms if chosen else None
    version = reckoning.calendar_for(limit, terms, _department(work, clock))
    if not _same_calendar(version, clock.calendar_version_id):
        clock.calendar_version_id = version
    day = reckoning.time_of(clock).day_seconds
    granted = clock.limit - clock.first_limit  # an extension was promised; a policy does not take it back
    clock.first_limit = staging.limit_seconds(limit, day)
    clock.pauses = list(limit.pauses)
    seconds = clock.first_limit + granted
    reckoning.put_limit(clock, seconds, staging.stages_of(limit, day, seconds), work.now)


def _same_calendar(one: int | None, other: int | None) -> bool:
    if one is None or other is None:
        return one is other
    return bool(calendars.calendar_words(one)["code"] == calendars.calendar_words(other)["code"])


def _department(work: Work, clock: Clock) -> int | None:
    own = [item for item in work.open_items if clock.token is not None and item.token == clock.token]
    return own[0].department_id if own else work.ticket.opened_department_id


def _limit_of(work: Work, clock: Clock, chosen: Chosen | None) -> Limit | None:
    terms = chosen.terms if chosen else None
    match clock.kind:
        case ClockKind.PROCESS:
            return limits.process_limit(work.definition, terms)
        case ClockKind.FIRST_RESPONSE:
            return terms.first_response if terms else None
        case ClockKind.NEXT_RESPONSE:
            return terms.next_response if terms else None
    flow = flows.pinned(work.ticket.flow_version_id).code
    return limits.node_limit(flow, work.definition.nodes[clock.node], terms)


def _begin_missing(work: Work, chosen: Chosen | None) -> list[Change]:
    """Clocks the ticket had no limit for until now: of the whole, and of the stays it is at."""
    made: list[Clock] = []
    if clocks.of_kind(work, ClockKind.PROCESS) is None:
        made += _begun(clocks.start_whole(work, work.ticket.received_at))
    for item in _stays(work.open_items):
        node = work.definition.nodes[item.node]
        if node.kind is not Kind.START and clocks.of_token(work, item.token) is None:
            made += _begun(clocks.enter(work, item.token, node, item.department_id, at=item.arrived_at))
    for clock in made:
        reckoning.put_limit(clock, clock.limit, reckoning.stages_of(clock), work.now)
        clocks.mirror(work, clock)
    return [_change(clock, None, clock.limit, None, clock.due_at) for clock in made]


def _stays(items: Sequence[WorkItem]) -> list[WorkItem]:
    """One work item per token."""
    leads = [item for item in items if item.parent_id is None and item.duty in (Duty.LEAD, Duty.SIGNER)]
    return list({item.token: item for item in leads}.values())


def _begun(clock: Clock | None) -> list[Clock]:
    return [clock] if clock is not None else []


def _change(
    clock: Clock, old: int | None, new: int | None, old_due: datetime | None, new_due: datetime | None
) -> Change:
    return Change(clock.kind, clock.node, clock.state, old, new, old_due, new_due)


def _told(change: Change) -> dict[str, object]:
    words = asdict(change)
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in words.items()
    }
