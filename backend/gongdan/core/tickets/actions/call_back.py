"""Callback (回访): what came of calling the customer. Content closes; discontent goes back to another reviewer;
not reached is tried again by plan, and ends as unreachable when the tries are used up."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongdan.core.flow import engine
from gongdan.core.flow.definition import Kind
from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.accept import take
from gongdan.core.tickets.actions.follow import follow
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.submit import say_endings
from gongdan.core.tickets.actions.use import item_of
from gongdan.core.tickets.actions.whose import holds_lead, may_take
from gongdan.core.tickets.actions.work import Work, flow_facts, marking_of
from gongdan.core.tickets.models import CallbackAttempt, Duty, ItemState, State, WorkItem
from gongdan.kernel.errors import Invalid

RETRY_AFTER = timedelta(hours=24)


def can_call(work: Work, item: WorkItem) -> bool:
    at_callback = item.node_kind == Kind.CALLBACK and item.duty == Duty.LEAD
    return at_callback and (holds_lead(work, item) or may_take(work, item))


@verb(
    "call_back",
    contracts.CallBack,
    order=2,
    states=frozenset({State.RESOLVED, State.OPEN}),
    uses=can_call,
    node_verb=True,
)
def call_back(work: Work, args: contracts.CallBack) -> None:
    item = item_of(work, "call_back", args)
    if item.state == ItemState.WAITING:
        take(work, item)
    if args.result == "dissatisfied" and not args.note:
        raise Invalid("note_required", "Write down what the customer is not content with.", field="note")
    item.tries += 1
    if args.result == "not_reached":
        _not_reached(work, item, args)
    else:
        _reached(work, item, args)


def _attempt(work: Work, item: WorkItem, args: contracts.CallBack, next_try_at: datetime | None) -> None:
    work.extras.append(
        CallbackAttempt(
            ticket=work.ticket,
            item=item,
            at=work.now,
            by_id=work.actor.staff_id,
            result=args.result,
            score=args.score,
            note=args.note,
            next_try_at=next_try_at,
        )
    )


def _reached(work: Work, item: WorkItem, args: contracts.CallBack) -> None:
    _attempt(work, item, args, None)
    work.ticket.satisfaction = args.score or (5 if args.result == "satisfied" else 1)
    _go_on(work, item, args, args.result)


def _not_reached(work: Work, item: WorkItem, args: contracts.CallBack) -> None:
    node = work.node(item)
    if item.tries >= node.tries:
        _attempt(work, item, args, None)
        _go_on(work, item, args, "unreachable")
        return
    pause = timedelta(minutes=node.retry_after.plain_minutes) if node.retry_after else RETRY_AFTER
    next_try_at = args.next_try_at or work.now + pause
    if next_try_at <= work.now:
        raise Invalid("not_later", "The next try must lie in the future.", field="next_try_at")
    _attempt(work, item, args, next_try_at)
    item.not_before = next_try_at
    item.sort_at = max(next_try_at, item.due_at or next_try_at)
    item.state, item.handler_id, item.accepted_at = ItemState.WAITING, None, None
    work.changed_items[item.seq] = item
    work.say(
        "CustomerCalledBack",
        seq=item.seq,
        node=item.node,
        result=args.result,
        note=args.note,
        tries=item.tries,
        next_try_at=next_try_at.isoformat(),
    )


def _go_on(work: Work, item: WorkItem, args: contracts.CallBack, outcome: str) -> None:
    facts = flow_facts(work)
    step = engine.advance(work.definition, marking_of(work.ticket), item.token, outcome, facts)
    moved = follow(work, step, outcome, args.note)
    work.say(
        "CustomerCalledBack",
        seq=item.seq,
        node=item.node,
        result=args.result,
        outcome=outcome,
        score=args.score,
        note=args.note,
        tries=item.tries,
        **moved,
    )
    say_endings(work)
