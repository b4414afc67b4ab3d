"""Accept (签收): a work item from a queue becomes mine. Two people at once: one winner, one clear answer."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions import clocks
from gongdan.core.tickets.actions.follow import item_words
from gongdan.core.tickets.actions.registry import LIVING_STATES, verb
from gongdan.core.tickets.actions.use import item_of
from gongdan.core.tickets.actions.whose import may_take
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import ItemState, WorkItem


@verb("accept", contracts.Accept, order=10, states=LIVING_STATES, uses=may_take, node_verb=False)
def accept(work: Work, args: contracts.Accept) -> None:
    item = item_of(work, "accept", args)
    take(work, item)
    clocks.answered(work, "accept")
    work.say("TicketAccepted", **item_words(item))


def take(work: Work, item: WorkItem) -> None:
    """The actor holds the item from now on."""
    item.state = ItemState.ACCEPTED
    item.handler_id = work.actor.staff_id
    item.accepted_at = work.now
    work.changed_items[item.seq] = item
    if work.actor.staff_id:
        work.add_parties([f"p:{work.actor.staff_id}"])
