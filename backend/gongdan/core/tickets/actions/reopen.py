"""Reopen (重开): an ended ticket comes back to a node it really was at, by default to its first task."""

from __future__ import annotations

from gongdan.core.flow import engine
from gongdan.core.flow.definition import HUMAN, Kind
from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work, flow_facts, follow, marking_of
from gongdan.core.tickets.models import ENDED
from gongdan.kernel.errors import Invalid


@verb("reopen", contracts.Reopen, order=34, states=frozenset(ENDED))
def reopen(work: Work, args: contracts.Reopen) -> None:
    node = args.node or _first_task(work)
    found = work.definition.nodes.get(node)
    if found is None or found.kind not in HUMAN:
        raise Invalid("unknown_node", "There is no such node to go back to.", field="node")
    work.ticket.resolved_at = None
    step = engine.jump(work.definition, marking_of(work.ticket), node, flow_facts(work))
    moved = follow(work, step)
    work.say("TicketReopened", node=node, reason=args.reason, **moved)


def _first_task(work: Work) -> str:
    visited = [item.node for item in work.past if item.node_kind == Kind.TASK]
    tasks = [node.code for node in work.definition.nodes.values() if node.kind is Kind.TASK]
    return next(iter(visited or tasks), work.definition.start)
