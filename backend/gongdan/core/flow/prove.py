"""Is a definition sound? Every fault found, each named by a stable code, a place and a sentence.

What passes here keeps the engine's promises: a token always has a way on, the end can be reached from
everywhere, tokens of a split all reach its join and nothing is left behind. See docs/flow-engine.md for why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gongdan.core.conditions import Condition, Literal, Op, Or, Test, literals, names
from gongdan.core.flow.blocks import blocks_of
from gongdan.core.flow.definition import AUTOMATIC, HUMAN, Definition, Edge, FieldMode, Finding, Kind, Node


def findings(definition: Definition, required: Iterable[str] = ()) -> tuple[Finding, ...]:
    """All faults; none means sound. `required`: fields the ticket's form demands, which no start may hide."""
    starts = [node for node in definition.nodes.values() if node.kind is Kind.START]
    if len(starts) != 1:
        code = "many_starts" if starts else "no_start"
        return (Finding(code, "flow", f"a flow has one start node, this one has {len(starts)}"),)
    if not any(node.kind is Kind.END for node in definition.nodes.values()):
        return (Finding("no_end", "flow", "a flow needs an end node"),)
    checks = (_nodes, _ways_out, _outcomes_exist, _reachable, _blocks, _loops)
    found = [finding for check in checks for finding in check(definition)]
    found += _hidden(starts[0], required)
    return tuple(dict.fromkeys(found))


def _nodes(definition: Definition) -> Iterator[Finding]:
    for node in definition.nodes.values():
        place = f"node {node.code}"
        if node.kind in HUMAN and node.handled_by is None:
            yield Finding("no_handler", place, f"say who does {node.code}: `handled_by: …`")
        if node.handled_by and node.handled_by.kind == "handler_of":
            other = definition.nodes.get(node.handled_by.code)
            if other is None or other.kind not in HUMAN or other.code == node.code:
                yield Finding(
                    "unknown_handler",
                    place,
                    f"{node.handled_by.code!r} is no other node where a person works",
                )
        if (
            node.handled_by
            and node.handled_by.kind == "field"
            and _never_filled(definition, node.handled_by.code)
        ):
            message = f"field {node.handled_by.code!r} decides who does {node.code}, but is hidden wherever it is named"
            yield Finding("hidden_handler", place, message)


def _never_filled(definition: Definition, name: str) -> bool:
    modes = {node.fields[name] for node in definition.nodes.values() if name in node.fields}
    return modes == {FieldMode.HIDDEN}


def _hidden(start: Node, required: Iterable[str]) -> list[Finding]:
    closed = (FieldMode.HIDDEN, FieldMode.READ)
    return [
        Finding(
            "required_hidden",
            f"node {start.code}",
            f"field {name!r} must be filled in, but the start hides it",
        )
        for name in required
        if start.fields.get(name) in closed
    ]


def _ways_out(definition: Definition) -> Iterator[Finding]:
    for node in definition.nodes.values():
        edges = definition.edges_from(node.code)
        place = f"node {node.code}"
        if node.kind is Kind.END:
            if edges:
                yield Finding("end_goes_on", edges[0].place, f"nothing comes after the end {node.code}")
        elif not edges:
            yield Finding("dead_end", place, f"no way leads out of {node.code}")
        else:
            yield from _doubled(edges)
            yield from _split_ways(node, edges) if node.kind is Kind.SPLIT else _single_way(node, edges)


def _doubled(edges: tuple[Edge, ...]) -> Iterator[Finding]:
    seen: set[tuple[str, object, bool]] = set()
    for edge in edges:
        key = (edge.target, edge.condition, edge.otherwise)
        if key in seen:
            yield Finding("edge_twice", edge.place, "the same edge is written twice")
        seen.add(key)
    if sum(edge.otherwise for edge in edges) > 1:
        yield Finding("otherwise_twice", f"node {edges[0].source}", "`otherwise` can stand once only")


def _split_ways(node: Node, edges: tuple[Edge, ...]) -> Iterator[Finding]:
    if len(edges) < 2:
        yield Finding("split_too_small", f"node {node.code}", f"{node.code} splits into one branch only")
    if all(edge.condition for edge in edges):
        yield Finding(
            "uncovered", f"node {node.code}", "when no condition holds, no branch starts; add `otherwise`"
        )


def _single_way(node: Node, edges: tuple[Edge, ...]) -> Iterator[Finding]:
    place = f"node {node.code}"
    plain = [edge for edge in edges if edge.condition is None and not edge.otherwise]
    if plain and len(edges) > 1:
        message = f"{node.code} has several ways out, so this one needs a condition or `otherwise`"
        yield Finding("ambiguous", plain[0].place, message)
    elif not plain and not any(edge.otherwise for edge in edges):
        left = [outcome for outcome in node.outcomes if not any(_takes(e.condition, outcome) for e in edges)]
        if left or not node.outcomes:
            example = f"with outcome {left[0]}" if left else "when no condition holds"
            yield Finding(
                "uncovered", place, f"{example} there is no way out of {node.code}; add `otherwise`"
            )


def _takes(condition: Condition | None, outcome: str) -> bool:
    """Whether the condition surely holds for this outcome, whatever the other facts are."""
    if isinstance(condition, Or):
        return any(_takes(part, outcome) for part in condition.parts)
    asks = isinstance(condition, Test) and condition.name == "outcome" and condition.op in (Op.IS, Op.IN)
    return asks and isinstance(condition, Test) and outcome in condition.literals


def _outcomes_exist(definition: Definition) -> Iterator[Finding]:
    arriving: dict[str, frozenset[str]] = {}
    before: dict[str, set[str]] = {}
    for edge in definition.edges:
        before.setdefault(edge.target, set()).add(edge.source)
    for edge in definition.edges:
        if edge.condition is None:
            continue
        if edge.source not in arriving:
            arriving[edge.source] = _arriving(definition, edge.source, before)
        for name in names(edge.condition):
            known = arriving[edge.source] if name == "outcome" else _outcomes_of(definition, name)
            if known is not None:
                yield from _unknown(edge, known, literals(edge.condition, name))


def _unknown(edge: Edge, known: frozenset[str], said: Iterable[Literal]) -> Iterator[Finding]:
    possible = ", ".join(sorted(known)) or "none"
    for value in said:
        if value not in known:
            message = f"{str(value)!r} is no outcome that can arrive here; possible: {possible}"
            yield Finding("unknown_outcome", edge.place, message)


def _outcomes_of(definition: Definition, name: str) -> frozenset[str] | None:
    """What the fact `<node>.outcome` can be; None when `name` is not such a fact."""
    code, _, part = name.partition(".")
    if part != "outcome":
        return None
    node = definition.nodes.get(code)
    return frozenset(node.outcomes) if node else frozenset()


def _arriving(definition: Definition, code: str, before: Mapping[str, set[str]]) -> frozenset[str]:
    """The outcomes a token can carry when it leaves `code`: its own, or through decisions and splits those before."""
    found: set[str] = set()
    seen = {code}
    due = [code]
    while due:
        node = definition.nodes[due.pop()]
        found |= set(node.outcomes)
        if node.kind not in (Kind.DECISION, Kind.SPLIT):
            continue
        fresh = before.get(node.code, set()) - seen
        seen |= fresh
        due.extend(fresh)
    return frozenset(found)


def _reachable(definition: Definition) -> Iterator[Finding]:
    forward: dict[str, list[str]] = {}
    backward: dict[str, list[str]] = {}
    for edge in definition.edges:
        forward.setdefault(edge.source, []).append(edge.target)
        backward.setdefault(edge.target, []).append(edge.source)
    ends = [node.code for node in definition.nodes.values() if node.kind is Kind.END]
    from_start = _flood([definition.start], forward)
    to_end = _flood(ends, backward)
    for code in definition.nodes:
        if code not in from_start:
            yield Finding("unreachable", f"node {code}", f"no way leads to {code}")
        elif code not in to_end:
            yield Finding("no_way_to_end", f"node {code}", f"from {code} no end can be reached")


def _flood(sources: list[str], along: dict[str, list[str]]) -> set[str]:
    seen = set(sources)
    due = list(sources)
    while due:
        for code in along.get(due.pop(), ()):
            if code not in seen:
                seen.add(code)
                due.append(code)
    return seen


def _blocks(definition: Definition) -> Iterator[Finding]:
    blocks = blocks_of(definition)
    for edge in blocks.uneven:
        message = f"{edge.target} is reached both inside and outside a split, or from two different splits"
        yield Finding("uneven", edge.place, message)
    for join in blocks.lonely:
        yield Finding("join_alone", f"node {join}", f"{join} joins nothing: no split comes before it")
    for split, joins in blocks.joins.items():
        if len(joins) > 1:
            several = ", ".join(sorted(joins))
            message = f"the branches of {split} end in different joins ({several}) and would wait for ever"
            yield Finding("many_joins", f"node {split}", message)
    for node in definition.nodes.values():
        around = blocks.around.get(node.code, ())
        if node.kind is Kind.END and around:
            yield Finding(
                "end_in_split",
                f"node {node.code}",
                f"the end is reached before the split {around[-1]} is joined",
            )


def _loops(definition: Definition) -> Iterator[Finding]:
    """A circle in which nobody has anything to do would never stop."""
    along: dict[str, list[str]] = {}
    for edge in definition.edges:
        node = definition.nodes[edge.source]
        if node.kind in AUTOMATIC or (node.kind is Kind.CALLBACK and _taken_unasked(edge)):
            along.setdefault(edge.source, []).append(edge.target)
    for code, targets in along.items():
        if code in _flood(targets, along):
            yield Finding(
                "endless", f"node {code}", f"from {code} the flow can come back to {code} with nothing done"
            )
            return


def _taken_unasked(edge: Edge) -> bool:
    """Whether a callback that is not needed could leave by this edge."""
    test = edge.condition
    only = isinstance(test, Test) and test.name == "outcome" and test.op in (Op.IS, Op.IN)
    return not (only and isinstance(test, Test) and "none_needed" not in test.literals)
