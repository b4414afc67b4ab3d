"""Whose turn it is: which open work items a person may act on, and how."""

from __future__ import annotations

from gongdan.core.tickets.access import TicketFacts, may
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Duty, ItemState, WorkItem
from gongdan.core.tickets.routing import queue_tokens


def holds(work: Work, item: WorkItem) -> bool:
    """I accepted it and it is mine now."""
    return item.state == ItemState.ACCEPTED and item.handler_id == work.actor.staff_id


def holds_lead(work: Work, item: WorkItem) -> bool:
    return item.duty == Duty.LEAD and holds(work, item)


def may_take(work: Work, item: WorkItem) -> bool:
    """It waits for me, or in a queue that the rule opens to me."""
    if item.state != ItemState.WAITING or is_avoided(work, item) or _signed_already(work, item):
        return False
    if item.handler_id is not None:
        return item.handler_id == work.actor.staff_id
    return in_reach(work, item, "ticket.accept")


def is_avoided(work: Work, item: WorkItem) -> bool:
    """I held it last time and another is wanted now. The system, which is nobody, is never avoided."""
    return item.avoid_id is not None and item.avoid_id == work.actor.staff_id


def in_reach(work: Work, item: WorkItem, right: str) -> bool:
    """The one permission rule, asked about the item's own queue instead of the whole ticket's parties."""
    grants = work.grants
    if grants is None:
        return True
    if item.role and item.department_id and item.role not in grants.role_codes:
        return False
    facts = TicketFacts(queue_tokens(item), work.ticket.category_id, work.ticket.customer_level)
    return may(grants, right, facts)


def works_on(work: Work, item: WorkItem) -> bool:
    """Holds it, or was asked personally (a side item needs no accepting first)."""
    asked = item.duty != Duty.LEAD and item.state == ItemState.WAITING and item.handler_id is not None
    return holds(work, item) or (asked and item.handler_id == work.actor.staff_id)


def can_direct(work: Work, item: WorkItem) -> bool:
    """The handler, whoever may take it from its queue, or a person with the right to dispatch over its place."""
    if item.duty != Duty.LEAD:
        return False
    return holds(work, item) or may_take(work, item) or dispatches(work, item)


def dispatches(work: Work, item: WorkItem) -> bool:
    """Directs other people's work: the right `ticket.dispatch` over the place or the person who has it."""
    grants = work.grants
    if grants is None:
        return True
    tokens = set(queue_tokens(item))
    if item.department_id:
        tokens.add(f"d:{item.department_id}")
    facts = TicketFacts(tokens, work.ticket.category_id, work.ticket.customer_level)
    return may(grants, "ticket.dispatch", facts)


def _signed_already(work: Work, item: WorkItem) -> bool:
    """One person signs once: not when they have, or hold, another signature of the same token."""
    if item.duty != Duty.SIGNER or work.actor.staff_id is None:
        return False
    together = (item.token, item.arrived_at)
    signers = (one for one in work.past if one.duty == Duty.SIGNER and one is not item)
    return any(
        one.handler_id == work.actor.staff_id and (one.token, one.arrived_at) == together for one in signers
    )
