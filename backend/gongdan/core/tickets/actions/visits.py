"""A ticket's past as the flow engine sees it: one visit per token, oldest first.

A transferred item and its successor are one visit, held by the last. The signatures of a countersign are one visit
too: begun as soon as one is, done when they decided, and nobody's in particular when several were asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongdan.core.flow import engine
from gongdan.core.flow import marking as markings
from gongdan.core.flow.engine import Visit
from gongdan.core.tickets.actions.follow import ENDINGS
from gongdan.core.tickets.actions.work import OPEN_STATES, Work
from gongdan.core.tickets.models import Duty, ItemState, WorkItem

WHYS = {state: why for why, state in ENDINGS.items()}
BEGUN = (ItemState.ACCEPTED, ItemState.DONE, ItemState.TRANSFERRED)
VOTES = {"agree": True, "disagree": False}


def visits_of(work: Work) -> list[Visit]:
    """Every stay of the ticket at a node, by its tokens."""
    stays: dict[int, list[WorkItem]] = {}
    for item in work.everything:
        if item.parent_id is None and item.duty in (Duty.LEAD, Duty.SIGNER):
            stays.setdefault(item.token, []).append(item)
    return [_visit(work, items) for items in stays.values()]


def vote_of(item: WorkItem) -> bool | None:
    """What a signer said, None while they have said nothing."""
    return VOTES.get(item.outcome) if item.state == ItemState.DONE else None


def _visit(work: Work, items: Sequence[WorkItem]) -> Visit:
    last = items[-1]
    several = last.duty == Duty.SIGNER and len(items) > 1
    left = all(item.state not in OPEN_STATES for item in items)
    return Visit.of(
        markings.token_from_json(last.stay),
        last.node_kind,
        left=left,
        why=_why(work, items) if left else "processed",
        handler_id=None if several else last.handler_id,
        department_id=last.department_id,
        touched=any(item.accepted_at is not None or item.state in BEGUN for item in items),
    )


def _why(work: Work, items: Sequence[WorkItem]) -> str:
    last = items[-1]
    if last.duty == Duty.SIGNER:
        decided = engine.countersign_state(work.node(last).agree, [vote_of(item) for item in items])
        if decided != "pending":
            return "processed"
    return WHYS.get(ItemState(last.state), "cancelled")
