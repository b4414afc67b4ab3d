"""Carrying out a step of the flow: work items close and open, clocks stop and start, the ticket's state settles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongdan.core.flow import marking as markings
from gongdan.core.flow.definition import Kind, Node
from gongdan.core.flow.engine import Step
from gongdan.core.flow.marking import Token
from gongdan.core.tickets import names, routing
from gongdan.core.tickets.actions import clocks
from gongdan.core.tickets.actions.work import FAR_FUTURE, Work
from gongdan.core.tickets.models import Duty, ItemState, State, WorkItem

ENDINGS = {
    "processed": ItemState.DONE,
    "returned": ItemState.RETURNED,
    "withdrawn": ItemState.WITHDRAWN,
}


def follow(work: Work, step: Step, outcome: str = "", result: str = "") -> dict[str, Any]:
    """Carry a step of the engine out: close what left, make what entered, settle the ticket's state.

    Returns {entered, left, passed} for the event.
    """
    left = [_close(work, token_id, why, outcome, result) for token_id, why in _leavings(step)]
    if outcome and step.left:
        _remember_outcome(work, step, outcome)
    outcomes = work.ticket.marking.get("o")
    work.ticket.marking = markings.to_json(step.marking) | ({"o": outcomes} if outcomes else {})
    entered = [summary for token in step.entered for summary in _enter(work, token)]
    _settle(work, step)
    return {
        "entered": entered,
        "left": [one for group in left for one in group],
        "passed": [[p.node, p.target, p.because] for p in step.passed],
        "approvals_again": list(step.approvals_again),
    }


def _leavings(step: Step) -> list[tuple[int, str]]:
    return [(leaving.token_id, leaving.why) for leaving in step.left]


def _remember_outcome(work: Work, step: Step, outcome: str) -> None:
    done = {f"{one.node}.outcome": outcome for one in step.left if one.why == "processed"}
    work.ticket.marking = {**work.ticket.marking, "o": {**work.ticket.marking.get("o", {}), **done}}


def _close(work: Work, token_id: int, why: str, outcome: str, result: str) -> list[dict[str, Any]]:
    clocks.leave(work, token_id, void=why == "withdrawn")
    closed = []
    for item in [item for item in work.open_items if item.token == token_id]:
        lead = item.parent_id is None and item.duty == Duty.LEAD
        signature = item.parent_id is None and why != "processed"  # one that was not needed is cancelled
        end_item(
            work,
            item,
            ENDINGS.get(why, ItemState.CANCELLED) if lead or signature else ItemState.CANCELLED,
            outcome=outcome if lead and why == "processed" else "",
            result=result if lead else "",
        )
        closed.append({"seq": item.seq, "node": item.node, "why": why})
    return closed


def end_item(work: Work, item: WorkItem, state: ItemState, *, outcome: str = "", result: str = "") -> None:
    item.state = state
    item.left_at = work.now
    item.left_by_id = work.actor.staff_id
    item.outcome = outcome or item.outcome
    item.result = result or item.result
    work.changed_items[item.seq] = item


def _enter(work: Work, token: Token) -> list[dict[str, Any]]:
    node = work.definition.nodes[token.node]
    place = routing.place_of(work.ticket, node, token, work.everything if node.handled_by else ())
    avoid = (
        routing.last_handler(work.everything, node.code)
        if token.avoid_previous_handler or node.another_handler
        else None
    )
    if avoid and place.handler_id == avoid:
        place = routing.Place(department_id=place.department_id, role=place.role)
    signers = node.agree[1] if node.kind is Kind.COUNTERSIGN and node.agree else 1
    duty = Duty.SIGNER if node.kind is Kind.COUNTERSIGN else Duty.LEAD
    clock = clocks.enter(work, token.id, node, place.department_id)
    made = [
        new_item(
            work,
            token.id,
            node,
            place,
            duty=duty,
            stay=markings.token_to_json(token),
            avoid=avoid,
            due_at=clock.due_at if clock else None,
            warn_at=clock.warn_at if clock else None,
        )
        for _ in range(signers)
    ]
    return [item_words(item) for item in made]


def new_item(
    work: Work,
    token_id: int,
    node: Node,
    place: routing.Place,
    *,
    duty: Duty = Duty.LEAD,
    stay: dict[str, Any],
    avoid: int | None = None,
    parent: WorkItem | None = None,
    question: str = "",
    needed: int | None = None,
    due_at: datetime | None = None,
    warn_at: datetime | None = None,
) -> WorkItem:
    """A fresh work item in `place`, which becomes a party of the ticket."""
    if due_at is None:  # no limit of its own: the whole's
        due_at, warn_at = work.ticket.required_end, work.ticket.warn_at
    item = WorkItem(
        ticket_id=work.ticket.pk,
        seq=next_seq(work),
        token=token_id,
        node=node.code,
        node_kind=node.kind,
        duty=duty,
        parent=parent,
        state=ItemState.WAITING,
        department_id=place.department_id,
        team_id=place.team_id,
        role=place.role,
        handler_id=place.handler_id,
        avoid_id=avoid,
        stay=stay,
        arrived_at=work.now,
        due_at=due_at,
        warn_at=warn_at,
        sort_at=FAR_FUTURE,
        question=question,
        needed=needed,
    )
    item.sort_at = clocks.sort_moment(item, work.ticket)
    work.new_items.append(item)
    work.add_parties(routing.party_tokens(place))
    return item


def next_seq(work: Work) -> int:
    """Work items count per ticket; the last number is kept with the marking."""
    work.ticket.item_seq += 1
    return work.ticket.item_seq


def item_words(item: WorkItem) -> dict[str, Any]:
    """A work item as events keep it: ids for machines, names for people."""
    words = {
        "seq": item.seq,
        "node": item.node,
        "duty": item.duty,
        "department_id": item.department_id,
        "department": names.department_name(item.department_id),
        "team_id": item.team_id,
        "team": names.team_name(item.team_id),
        "role": item.role,
        "handler_id": item.handler_id,
        "handler": names.staff_name(item.handler_id),
        "due_at": item.due_at.isoformat() if item.due_at else None,
    }
    return {name: value for name, value in words.items() if value not in (None, "")}


def _settle(work: Work, step: Step) -> None:
    ticket = work.ticket
    if step.ended:
        ticket.state = State.CLOSED
        ticket.resolved_at = ticket.resolved_at or work.now
        ticket.actual_end = work.now
        clocks.end_all(work)
        return
    ticket.actual_end = None
    kinds = {work.definition.nodes[token.node].kind for token in step.marking.tokens}
    if kinds == {Kind.CALLBACK}:
        ticket.state = State.RESOLVED
        ticket.resolved_at = ticket.resolved_at or work.now
        return
    ticket.resolved_at = None
    draft = ticket.state == State.DRAFT and kinds == {Kind.START}
    ticket.state = State.DRAFT if draft else State.OPEN
