"""Reopen (重开): an ended ticket comes back to a task it really was at, by default to its first one.

One that never left the intake goes back there: its form was never checked.
"""

from __future__ import annotations

from gongdan.core.flow import engine
from gongdan.core.flow.definition import Kind
from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions import clocks
from gongdan.core.tickets.actions.follow import follow
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work, flow_facts, marking_of
from gongdan.core.tickets.models import ENDED, ItemState
from gongdan.kernel.errors import Invalid


@verb("reopen", contracts.Reopen, order=34, states=frozenset(ENDED))
def reopen(work: Work, args: contracts.Reopen) -> None:
    visited = tasks_visited(work)
    if args.node is not None and args.node not in visited:
        raise Invalid(
            "unknown_node",
            "The ticket was at no such task.",
            field="node",
            node=args.node,
            nodes=list(visited),
        )
    node = args.node or next(iter(visited), None) or _first_node(work)
    step = engine.jump(work.definition, marking_of(work.ticket), node, flow_facts(work))
    if work.definition.nodes[node].kind is not Kind.START:  # from the intake its way has yet to begin
        clocks.begin_again(work)
    moved = follow(work, step)
    work.say("TicketReopened", node=node, reason=args.reason, **moved)


def tasks_visited(work: Work) -> tuple[str, ...]:
    """The tasks the ticket was at, in the order of their first visits."""
    return tuple(dict.fromkeys(item.node for item in work.past if item.node_kind == Kind.TASK))


def _first_node(work: Work) -> str:
    """Where a ticket that was at no task goes: to the first one if it was answered on the spot, else to the intake."""
    start = work.definition.start
    tasks = (node.code for node in work.definition.nodes.values() if node.kind is Kind.TASK)
    left_intake = any(item.node == start and item.state == ItemState.DONE for item in work.past)
    return next(tasks, start) if left_intake else start
