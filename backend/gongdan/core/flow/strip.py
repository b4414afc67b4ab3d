"""A ticket's flow as a picture: what is past, where it is, what may come, what was passed by.

Everything is computed here; the browser only draws boxes at (x, y) and lines between them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gongdan.core.flow.blocks import blocks_of
from gongdan.core.flow.definition import AUTOMATIC, Definition, Kind, Titles
from gongdan.core.flow.layout import layout_of
from gongdan.core.flow.marking import Marking
from gongdan.core.flow.visits import Visit, undone_tokens

State = Literal["past", "present", "possible", "skipped"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class StripNode:
    """`x` is the column and `y` the lane, both from 0; `visits` counts the stays here, also those undone."""

    code: str
    kind: str
    title: Titles
    x: int
    y: int
    state: State
    visits: int


@dataclass(frozen=True, slots=True)
class StripEdge:
    """`taken`: this ticket went this way. `back`: the line leads to the left. `label`: the condition as text."""

    source: str
    target: str
    taken: bool
    back: bool
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    nodes: tuple[StripNode, ...]
    edges: tuple[StripEdge, ...]
    columns: int
    lanes: int


def strip(definition: Definition, visits: Sequence[Visit], marking: Marking) -> Strip:
    """The picture of one ticket; with no visits and an empty marking, of the flow alone (all possible)."""
    layout = layout_of(definition)
    taken = _taken(definition, visits, marking)
    states = _states(definition, visits, marking, taken)
    count = {code: sum(visit.node == code for visit in visits) for code in definition.nodes}
    nodes = tuple(
        StripNode(node.code, node.kind.value, node.title, *layout.places[code], states[code], count[code])
        for code, node in definition.nodes.items()
    )
    edges = tuple(
        StripEdge(
            edge.source,
            edge.target,
            (edge.source, edge.target) in taken,
            number in layout.back,
            "" if edge.because == "always" else edge.because,
        )
        for number, edge in enumerate(definition.edges)
    )
    return Strip(nodes, edges, max(n.x for n in nodes) + 1, max(n.y for n in nodes) + 1)


def _states(
    definition: Definition, visits: Sequence[Visit], marking: Marking, taken: set[Pair]
) -> dict[str, State]:
    undone = undone_tokens(sorted(visits, key=lambda visit: visit.seq))
    past = {visit.node for visit in visits if visit.executed and visit.token_id not in undone}
    past |= {code for pair in taken for code in pair}
    present = {token.node for token in marking.everywhere}
    ahead = _ahead(definition, present if present or visits else {definition.start})
    states: dict[str, State] = {}
    for code in definition.nodes:
        if code in present:
            states[code] = "present"
        elif code in past:
            states[code] = "past"
        else:
            states[code] = "possible" if code in ahead else "skipped"
    return states


def _ahead(definition: Definition, sources: set[str]) -> set[str]:
    seen = set(sources)
    due = deque(sources)
    while due:
        for edge in definition.edges_from(due.popleft()):
            if edge.target not in seen:
                seen.add(edge.target)
                due.append(edge.target)
    return seen


def _taken(definition: Definition, visits: Sequence[Visit], marking: Marking) -> set[Pair]:
    """The edges this ticket went along: between a stay and the stays it caused, through automatic nodes."""
    by_token = {visit.token_id: visit for visit in visits}
    undone = undone_tokens(sorted(visits, key=lambda visit: visit.seq))
    joins = blocks_of(definition).joins
    went: set[Pair] = set()
    caused: set[int] = set()
    for visit in visits:
        source = by_token.get(visit.cause)
        if source is None or visit.returned or visit.why == "withdrawn":
            continue
        caused.add(source.token_id)
        if source.straight_to is None and source.token_id not in undone:
            went |= _way(definition, source.node, {visit.node})
    ends = {code for code, node in definition.nodes.items() if node.kind is Kind.END}
    for visit in visits:
        if not visit.executed or visit.token_id in caused | undone or visit.straight_to is not None:
            continue
        if visit.forks:
            went |= _way(definition, visit.node, joins.get(visit.forks[-1].split, set()))
        elif not marking.everywhere:
            went |= _way(definition, visit.node, ends)
    return went


def _way(definition: Definition, source: str, targets: set[str]) -> set[Pair]:
    """The shortest way on which nobody had anything to do; callbacks can be passed so too. Empty when there is none."""
    before: dict[str, str] = {}
    due = deque([source])
    while due:
        code = due.popleft()
        for edge in definition.edges_from(code):
            if edge.target in targets:
                return _unwound(before, code, source) | {(code, edge.target)}
            kind = definition.nodes[edge.target].kind
            if edge.target not in before and (kind in AUTOMATIC or kind is Kind.CALLBACK):
                before[edge.target] = code
                due.append(edge.target)
    return set()


def _unwound(before: dict[str, str], code: str, source: str) -> set[Pair]:
    pairs: set[Pair] = set()
    while code != source:
        pairs.add((before[code], code))
        code = before[code]
    return pairs
