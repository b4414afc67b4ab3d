"""Resolve (办结): the matter is solved; what is left of the flow is skipped, up to the callback or the end."""

from __future__ import annotations

from gongdan.core.flow import engine
from gongdan.core.flow.definition import Kind
from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.follow import end_item, follow
from gongdan.core.tickets.actions.hindrance import refuse_hindered
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.submit import say_endings
from gongdan.core.tickets.actions.use import item_of
from gongdan.core.tickets.actions.whose import holds_lead
from gongdan.core.tickets.actions.work import Work, flow_facts, marking_of
from gongdan.core.tickets.models import ItemState, WorkItem
from gongdan.kernel.errors import Conflict


def at_task(work: Work, item: WorkItem) -> bool:
    return holds_lead(work, item) and item.node_kind == Kind.TASK


def nobody_beside(work: Work) -> None:
    """Refuses while parallel branches are at work: their share would be lost without a word."""
    tokens = {item.token for item in work.open_items}
    if len(tokens) > 1:
        raise Conflict("branches_at_work", "Other branches of this ticket are still at work.")


@verb("resolve", contracts.Resolve, order=30, uses=at_task, node_verb=True, check=nobody_beside)
def resolve(work: Work, args: contracts.Resolve) -> None:
    item = item_of(work, "resolve", args)
    refuse_hindered(work, item)
    marking = marking_of(work.ticket)
    target = engine.resolve_target(work.definition, marking)
    end_item(work, item, ItemState.DONE, outcome="resolved", result=args.result)
    step = engine.jump(work.definition, marking, target, flow_facts(work))
    moved = follow(work, step)
    work.say("TicketProcessed", seq=item.seq, node=item.node, outcome="resolved", result=args.result, **moved)
    say_endings(work)
