"""Withdraw (撤回): take back what one passed on while nobody has begun, or call off a side item one asked for."""

from __future__ import annotations

from gongdan.core.flow import engine
from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.follow import end_item, follow, item_words
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.visits import visits_of
from gongdan.core.tickets.actions.whose import dispatches
from gongdan.core.tickets.actions.work import Work, marking_of
from gongdan.core.tickets.models import Duty, ItemState, State, WorkItem
from gongdan.kernel.errors import Conflict, Forbidden

WITHDRAWABLE = frozenset({State.OPEN, State.RESOLVED})


def _passed_on(work: Work) -> WorkItem | None:
    """The last lead item I finished, if its successors are the ones that wait now."""
    causes = {item.stay.get("c") for item in work.open_items if item.parent_id is None}
    mine = [
        item
        for item in work.past
        if item.token in causes and item.state == ItemState.DONE and item.left_by_id == work.actor.staff_id
    ]
    return max(mine, key=lambda item: item.seq, default=None)


def nothing_to_withdraw(work: Work) -> None:
    """Refuses unless there is something of mine to take back or to call off."""
    if not can_withdraw(work):
        raise Conflict(
            "cannot_withdraw", "There is nothing of yours to take back; somebody has already begun."
        )


def can_withdraw(work: Work) -> bool:
    return bool(callable_off(work)) or _untouched(work)


def _untouched(work: Work) -> bool:
    mine = _passed_on(work)
    if mine is None:
        return False
    try:
        engine.withdraw(work.definition, marking_of(work.ticket), visits_of(work), mine.token)
    except engine.EngineError:
        return False
    return True


def callable_off(work: Work) -> list[WorkItem]:
    """Open side items of lead items I hold, or direct."""
    leads = {item.pk: item for item in work.open_items if item.duty == Duty.LEAD}
    sides = [item for item in work.open_items if item.parent_id in leads]
    return [
        item
        for item in sides
        if leads[item.parent_id or 0].handler_id == work.actor.staff_id
        or dispatches(work, leads[item.parent_id or 0])
    ]


@verb("withdraw", contracts.Withdraw, order=50, states=WITHDRAWABLE, check=nothing_to_withdraw)
def withdraw(work: Work, args: contracts.Withdraw) -> None:
    if args.of is not None:
        _call_off(work, args.of, args.reason)
        return
    mine = _passed_on(work)
    if mine is None:
        raise Conflict(
            "cannot_withdraw", "There is nothing of yours to take back; somebody has already begun."
        )
    step = engine.withdraw(work.definition, marking_of(work.ticket), visits_of(work), mine.token)
    work.say("TicketWithdrawn", node=mine.node, reason=args.reason, **follow(work, step))


def _call_off(work: Work, item_id: int, reason: str) -> None:
    item = next((one for one in callable_off(work) if one.pk == item_id), None)
    if item is None:
        raise Forbidden("not_yours_to_call_off", "You did not ask for this, or it is done already.")
    end_item(work, item, ItemState.WITHDRAWN, result=reason)
    notify = [item.handler_id] if item.handler_id else []
    work.say("TicketWithdrawn", called_off=item_words(item), reason=reason, notify=notify)
