"""The clocks of a ticket in a verb's hands: started, paused, resumed, stopped, and mirrored in what lists show."""

from __future__ import annotations

from datetime import datetime

from gongdan.core.customers.contract import contract_of
from gongdan.core.flow.definition import Kind, Node
from gongdan.core.sla import clock as counting
from gongdan.core.sla.choose import Chosen
from gongdan.core.sla.contracts import Limit
from gongdan.core.tickets import flows, limits, reckoning
from gongdan.core.tickets.actions import cards
from gongdan.core.tickets.actions.work import FAR_FUTURE, Work
from gongdan.core.tickets.models import Clock, ClockKind, ClockState, State, Ticket, WorkItem
from gongdan.core.tickets.reckoning import Place

RESPONSES = (ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE)


def begin(work: Work) -> None:
    """The ticket's way begins: it takes its policy, and the clocks of the whole start when the customer spoke."""
    ticket = work.ticket
    if ticket.policy_version_id is not None or ticket.required_end is not None:
        return  # it came back to the intake; its time goes on
    _take_policy(work)
    start_whole(work, min(ticket.received_at, work.now))
    terms = _terms(work)
    if terms is not None and terms.terms.first_response is not None:
        _start(work, ClockKind.FIRST_RESPONSE, terms.terms.first_response, min(ticket.received_at, work.now))


def begin_again(work: Work) -> None:
    """An ended ticket comes back to work: the whole is measured anew. One that had no policy yet takes one."""
    if work.ticket.policy_version_id is None:
        _take_policy(work)
    start_whole(work, work.now)


def _take_policy(work: Work) -> None:
    ticket = work.ticket
    contract = contract_of(ticket.customer_id) if work.contract is None else work.contract
    chosen = reckoning.choose_for(ticket, contract)
    ticket.policy_version_id = chosen.version_id if chosen else None


def start_whole(work: Work, at: datetime) -> Clock | None:
    """The clock of the whole, from `at` on, if there is a limit for it."""
    chosen = _terms(work)
    limit = limits.process_limit(work.definition, chosen.terms if chosen else None)
    return _start(work, ClockKind.PROCESS, limit, at) if limit is not None else None


def _terms(work: Work) -> Chosen | None:
    return reckoning.pinned_policy(work.ticket)


def _start(work: Work, kind: ClockKind, limit: Limit, at: datetime, place: Place | None = None) -> Clock:
    where = place or Place(work.ticket.opened_department_id)
    clock = reckoning.new_clock(work.ticket, kind, limit, at, where, _terms(work))
    if work.actor.via != "import":  # the past of another system earns no cards here
        work.new_clocks.append(clock)
    if work.ticket.state == State.PAUSED:
        _pause(work, clock, work.ticket.paused_for)
    mirror(work, clock)
    return clock


def enter(
    work: Work, token_id: int, node: Node, department_id: int | None, at: datetime | None = None
) -> Clock | None:
    """A token came to rest at a node: the clock of its stay, if a limit holds there."""
    if node.kind is Kind.START and work.ticket.state == State.DRAFT:
        return None
    chosen = _terms(work)
    flow = flows.pinned(work.ticket.flow_version_id).code
    limit = limits.node_limit(flow, node, chosen.terms if chosen else None)
    if limit is None:
        return None
    kind = ClockKind.CALLBACK if node.kind is Kind.CALLBACK else ClockKind.NODE
    return _start(work, kind, limit, at or work.now, Place(department_id, node.code, token_id))


def leave(work: Work, token_id: int, *, void: bool) -> None:
    """A token left its node: the clock of its stay stops. Taken back, it never counted."""
    for clock in ticking(work):
        if clock.token == token_id:
            stop(work, clock, void=void or work.void)


def end_all(work: Work) -> None:
    """The ticket is over."""
    for clock in ticking(work):
        stop(work, clock, void=work.void)


def ticking(work: Work) -> list[Clock]:
    """The clocks that run or stand still, in the order they started."""
    every = [*work.clocks, *work.new_clocks]
    return [clock for clock in every if clock.state in (ClockState.RUNNING, ClockState.PAUSED)]


def of_kind(work: Work, kind: ClockKind) -> Clock | None:
    return next((clock for clock in ticking(work) if clock.kind == kind), None)


def of_token(work: Work, token_id: int) -> Clock | None:
    return next((clock for clock in ticking(work) if clock.token == token_id), None)


def stop(work: Work, clock: Clock, *, void: bool = False) -> None:
    """The clock stops now, met or breached. Cards that were due before and not yet issued are issued first."""
    segments, time = reckoning.segments_of(clock), reckoning.time_of(clock)
    spent = counting.used(segments, time, work.now)
    if not void:
        cards.issue_overdue(work, clock, spent)
    reckoning.put_segments(clock, counting.stopped(segments, work.now))
    if spent > clock.limit:
        clock.breached_at = clock.breached_at or clock.due_at
    clock.state = ClockState.BREACHED if clock.breached_at else ClockState.MET
    if void:
        clock.state = ClockState.VOID
    clock.stopped_at, clock.next_fire_at, clock.provisional = work.now, None, False
    changed(work, clock)


def pause(work: Work, why: str) -> None:
    """Every clock that this standstill stops."""
    for clock in ticking(work):
        _pause(work, clock, why)


def _pause(work: Work, clock: Clock, why: str) -> None:
    standstill = limits.standstill_of(why)
    if standstill in clock.pauses:
        reckoning.put_segments(clock, counting.paused(reckoning.segments_of(clock), work.now, standstill))
        changed(work, clock)


def resume(work: Work) -> None:
    """Clocks that stood still run again, and what they are due by moves with them."""
    for clock in ticking(work):
        if clock.state == ClockState.PAUSED:
            reckoning.put_segments(clock, counting.resumed(reckoning.segments_of(clock), work.now))
            changed(work, clock)
            mirror(work, clock)


def answered(work: Work, how: str) -> None:
    """Somebody answered the customer (`reply`) or took the matter on (`accept`)."""
    chosen = _terms(work)
    if chosen is None:
        return
    first = chosen.terms.first_response
    if first is not None and first.until in (how, "either"):
        _stop_kind(work, ClockKind.FIRST_RESPONSE)
    if how == "reply" and chosen.terms.next_response is not None:
        _stop_kind(work, ClockKind.NEXT_RESPONSE)


def _stop_kind(work: Work, kind: ClockKind) -> None:
    clock = of_kind(work, kind)
    if clock is not None:
        stop(work, clock)


def customer_spoke(work: Work) -> None:
    """The customer waits for an answer again, unless they wait for one already."""
    chosen = _terms(work)
    if chosen is None or chosen.terms.next_response is None or work.ticket.state == State.DRAFT:
        return
    if any(of_kind(work, kind) is not None for kind in RESPONSES):
        return
    _start(work, ClockKind.NEXT_RESPONSE, chosen.terms.next_response, work.now)


def changed(work: Work, clock: Clock) -> None:
    """Note a clock to be written."""
    if clock.pk is not None:
        work.changed_clocks[clock.pk] = clock


def mirror(work: Work, clock: Clock) -> None:
    """Show the clock's moments where lists read them: on the work items of its token; the whole's on the ticket, and on
    all work items, which are due with it where they have no limit of their own, and sorted by it where it presses more."""
    if clock.kind == ClockKind.PROCESS:
        work.ticket.required_end, work.ticket.warn_at = clock.due_at, clock.warn_at
        for item in work.open_items:
            _show(work, item, of_token(work, item.token) or clock)
    if clock.token is None:
        return
    for item in work.open_items:
        if item.token == clock.token:
            _show(work, item, clock)


def mirror_all(work: Work) -> None:
    """As `mirror` for all that tick, after some were taken away: what no clock limits any more is due never."""
    whole = of_kind(work, ClockKind.PROCESS)
    work.ticket.required_end = whole.due_at if whole else None
    work.ticket.warn_at = whole.warn_at if whole else None
    for item in work.open_items:
        _show(work, item, of_token(work, item.token) or whole)


def _show(work: Work, item: WorkItem, clock: Clock | None) -> None:
    item.due_at, item.warn_at = (clock.due_at, clock.warn_at) if clock else (None, None)
    item.sort_at = sort_moment(item, work.ticket)
    work.changed_items[item.seq] = item


def sort_moment(item: WorkItem, ticket: Ticket) -> datetime:
    """Where lists show it: by what presses most, its own limit or the whole's; not before it is to be begun."""
    limits = [moment for moment in (item.due_at, ticket.required_end) if moment is not None]
    due = min(limits, default=FAR_FUTURE)
    return max(item.not_before, due) if item.not_before and limits else item.not_before or due
