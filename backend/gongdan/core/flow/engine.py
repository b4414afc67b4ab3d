"""What can be asked of a flow. Every answer is a Step; nothing is changed, read or written.

The write side keeps the marking, makes a work item for each token that entered, closes those of the tokens
that left, and puts `passed` on the track. Facts are what conditions may ask about: ticket fields, customer
level, `<node>.outcome` of nodes already done, `callback_mode`, `sampled_for_callback`. `outcome` is added here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Literal

from gongdan.core.flow.blocks import blocks_of
from gongdan.core.flow.definition import DEFAULT_VERBS, Definition, Kind, allowed_verbs
from gongdan.core.flow.marking import EMPTY, Fork, Marking, Token
from gongdan.core.flow.returning import ReturnTarget, return_to, targets, withdraw
from gongdan.core.flow.visits import Visit
from gongdan.core.flow.walk import Arrival, EngineError, Facts, Leaving, Passed, Step, Walk, needs_callback

__all__ = [
    "DEFAULT_VERBS",
    "EMPTY",
    "EngineError",
    "Leaving",
    "Passed",
    "ReturnTarget",
    "Step",
    "Visit",
    "advance",
    "allowed_verbs",
    "begin",
    "countersign_state",
    "end",
    "jump",
    "needs_callback",
    "resolve_target",
    "return_to",
    "targets",
    "withdraw",
]


def begin(definition: Definition, facts: Facts) -> Step:
    """A new ticket: one token rests at the start node, where the opener fills the form."""
    walk = Walk(definition, EMPTY, facts)
    walk.rest(definition.start, (), 0)
    return walk.step()


def advance(
    definition: Definition, marking: Marking, token_id: int, outcome: str | None, facts: Facts
) -> Step:
    """The work at a token's node is done with `outcome` (None: the node's first one); the token moves on.

    A token that was returned to be sent straight back goes to whoever returned it; any other follows the edges.
    EngineError: no_token, unknown_outcome, no_branch.
    """
    token = _token(marking, token_id)
    node = definition.nodes[token.node]
    outcome = outcome if outcome is not None else node.outcomes[0]
    if outcome not in node.outcomes:
        raise EngineError(
            "unknown_outcome", token.node, f"{outcome!r} is not one of {', '.join(node.outcomes)}"
        )
    walk = Walk(definition, marking, {**facts, f"{token.node}.outcome": outcome})
    walk.remove(token, "processed")
    if token.straight_to is not None:
        back = token.straight_to
        walk.rest(back.node, token.forks, token.id, straight_to=back.then, to_handler=back.handler_id)
        return walk.step()
    walk.leave_along_edge(token.node, Arrival(token.node, token.forks, token.id, outcome), note=False)
    walk.run()
    return walk.step()


def jump(definition: Definition, marking: Marking, node: str, facts: Facts) -> Step:
    """Every token is taken away and one put into `node`, as if it had just arrived there.

    For resolve (to the callback or the end) and reopen. Inside a split the token stands for the only branch,
    so that the join lets it through. EngineError: unknown_node, no_branch.
    """
    if node not in definition.nodes:
        raise EngineError("unknown_node", node)
    walk = Walk(definition, marking, facts)
    for token in marking.everywhere:
        walk.remove(token, "jumped")
    forks = tuple(Fork(walk.new_id(), split, 0, 1) for split in blocks_of(definition).around.get(node, ()))
    walk.arrive(Arrival(node, forks, 0, None))
    walk.run()
    return walk.step()


def end(definition: Definition, marking: Marking) -> Step:
    """Every token is taken away: cancel and force_end."""
    walk = Walk(definition, marking, {})
    for token in marking.everywhere:
        walk.remove(token, "ended")
    return walk.step()


def resolve_target(definition: Definition, marking: Marking) -> str:
    """Where `resolve` jumps to: the nearest callback ahead of any token, else the nearest end.

    A callback a token rests at already is not ahead. Nearest is by number of edges, first edge first.
    """
    ends: list[str] = []
    here = [token.node for token in marking.everywhere] or [definition.start]
    seen = set(here)
    due = deque(here)
    while due:
        for edge in definition.edges_from(due.popleft()):
            if edge.target in seen:
                continue
            seen.add(edge.target)
            due.append(edge.target)
            kind = definition.nodes[edge.target].kind
            if kind is Kind.CALLBACK and not any(definition.nodes[n].kind is Kind.CALLBACK for n in here):
                return edge.target
            if kind is Kind.END:
                ends.append(edge.target)
    return ends[0]


def countersign_state(
    agree: tuple[int, int] | None, votes: Sequence[bool | None]
) -> Literal["pending", "agreed", "refused"]:
    """Where a countersign stands. `agree` is (n, m): n of m must agree; None: everyone asked must.

    `votes`: one per person asked, None while not given. Refused as soon as n can no longer be reached.
    """
    asked = agree[1] if agree else len(votes)
    needed = agree[0] if agree else asked
    if sum(vote is True for vote in votes) >= needed:
        return "agreed"
    if sum(vote is False for vote in votes) > asked - needed:
        return "refused"
    return "pending"


def _token(marking: Marking, token_id: int) -> Token:
    token = marking.token(token_id)
    if token is None:
        raise EngineError("no_token", str(token_id))
    return token
