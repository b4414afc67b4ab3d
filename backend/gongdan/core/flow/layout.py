"""Where the nodes of a flow stand when it is drawn: columns from left to right, lanes from top to bottom.

Depends on the definition alone, so that a flow looks the same for every ticket.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongdan.core.flow.definition import Definition, Edge


@dataclass(frozen=True, slots=True)
class Layout:
    """`places`: node to (column, lane), both from 0. `back`: places in `definition.edges` of edges that lead back."""

    places: Mapping[str, tuple[int, int]]
    back: frozenset[int]


def layout_of(definition: Definition) -> Layout:
    """Each node one column behind the last of the nodes before it; edges that close a circle do not count."""
    back = _back_edges(definition)
    forward = [edge for number, edge in enumerate(definition.edges) if number not in back]
    columns = _columns(definition, forward)
    return Layout(_lanes(definition, forward, columns), frozenset(back))


def _back_edges(definition: Definition) -> set[int]:
    """Depth first from the start: an edge to a node that is still being explored leads back."""
    numbers: dict[str, list[int]] = {code: [] for code in definition.nodes}
    for number, edge in enumerate(definition.edges):
        numbers[edge.source].append(number)
    back: set[int] = set()
    done: set[str] = set()
    path = [definition.start]
    open_edges = {definition.start: iter(numbers[definition.start])}
    while path:
        number = next(open_edges[path[-1]], -1)
        if number < 0:
            done.add(path.pop())
            continue
        target = definition.edges[number].target
        if target in open_edges and target not in done:
            back.add(number)
        elif target not in done:
            path.append(target)
            open_edges[target] = iter(numbers[target])
    return back


def _columns(definition: Definition, forward: list[Edge]) -> dict[str, int]:
    waiting = dict.fromkeys(definition.nodes, 0)
    for edge in forward:
        waiting[edge.target] += 1
    columns = dict.fromkeys(definition.nodes, 0)
    ready = [code for code, count in waiting.items() if count == 0]
    while ready:
        code = ready.pop(0)
        for edge in forward:
            if edge.source != code:
                continue
            columns[edge.target] = max(columns[edge.target], columns[code] + 1)
            waiting[edge.target] -= 1
            if waiting[edge.target] == 0:
                ready.append(edge.target)
    return columns


def _lanes(
    definition: Definition, forward: list[Edge], columns: dict[str, int]
) -> dict[str, tuple[int, int]]:
    """A node keeps the lane of what comes before it, or takes the next free one below."""
    lanes: dict[str, int] = {}
    for column in range(max(columns.values(), default=0) + 1):
        wanted = {
            code: min((lanes[e.source] for e in forward if e.target == code), default=0)
            for code in definition.nodes
            if columns[code] == column
        }
        free = 0
        for code in sorted(wanted, key=lambda code: wanted[code]):
            lanes[code] = max(free, wanted[code])
            free = lanes[code] + 1
    return {code: (columns[code], lanes[code]) for code in definition.nodes}
