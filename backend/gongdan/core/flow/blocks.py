"""Which splits a node lies between, and which join closes which split.

A flow is block-structured when every way to a node crosses the same splits. Then each token that a split
makes must reach that split's one join, and tokens can neither pile up nor wait for ever: prove.py asks for
exactly this, the engine relies on it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from gongdan.core.flow.definition import Definition, Edge, Kind

Splits = tuple[str, ...]


@dataclass(slots=True)
class Blocks:
    """`around`: node to the splits it lies in, outermost first. `joins`: split to the joins that close it.

    `uneven`: edges by which a node is reached through other splits than before. `lonely`: joins outside any split.
    """

    around: dict[str, Splits] = field(default_factory=dict)
    joins: dict[str, set[str]] = field(default_factory=dict)
    uneven: list[Edge] = field(default_factory=list)
    lonely: list[str] = field(default_factory=list)


def blocks_of(definition: Definition) -> Blocks:
    """Walk the flow from its start once."""
    found = Blocks(around={definition.start: ()})
    due = deque([definition.start])
    while due:
        code = due.popleft()
        inside = _behind(definition, code, found)
        for edge in definition.edges_from(code):
            known = found.around.get(edge.target)
            if known is None:
                found.around[edge.target] = inside
                due.append(edge.target)
            elif known != inside:
                found.uneven.append(edge)
    return found


def _behind(definition: Definition, code: str, found: Blocks) -> Splits:
    around = found.around[code]
    kind = definition.nodes[code].kind
    if kind is Kind.SPLIT:
        return (*around, code)
    if kind is not Kind.JOIN:
        return around
    if not around:
        found.lonely.append(code)
        return ()
    found.joins.setdefault(around[-1], set()).add(code)
    return around[:-1]
