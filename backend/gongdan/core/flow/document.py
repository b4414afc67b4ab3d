"""A flow as a document people can read and write: YAML text in, a proved Definition out.

`parse` refuses with every finding it has, each with its line; what it returns has passed `prove.findings`.
The format is described, with reasons, in docs/flows.md.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, product

from gongdan.core.conditions import Condition, ConditionError, Op, Test
from gongdan.core.conditions import parse as parse_condition
from gongdan.core.flow import prove
from gongdan.core.flow.definition import Definition, Edge, Finding, Kind, Node
from gongdan.core.flow.node_reader import NODE_KEYS, read_node
from gongdan.core.flow.phrases import CODE, read_code
from gongdan.core.flow.reading import Reader
from gongdan.core.flow.stored import from_json, to_json
from gongdan.core.flow.yaml_tree import Many, Table, Text, Tree, TreeError, read_tree

__all__ = ["DocumentError", "from_json", "parse", "to_json"]

FLOW_KEYS = ("flow", "title", "limit", "nodes", "edges")
MAX_NODES = 200
MAX_EDGES = 1_000
MAX_HOPS = 200  # from one line
ARROW = re.compile("->|→")
TO_WHOM = re.compile(r"[,，]\s*to (another|the same) (?:handler|reviewer)\s*$")
BARE_OUTCOME = re.compile(r"[^\W\d]\w*")


class DocumentError(ValueError):
    """The document is refused; `findings` says why, in the order of the lines."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def parse(text: str) -> Definition:
    """The flow that `text` describes. DocumentError when it cannot be read or is not sound."""
    reader = Reader()
    try:
        tree = read_tree(text)
    except TreeError as error:
        raise DocumentError((Finding(error.code, "flow", error.message, error.line or 1),)) from None
    definition = _flow(reader, tree)
    if definition is not None and not reader.findings:
        lines = reader.lines
        found = (replace(one, line=lines.get(one.place, 1)) for one in prove.findings(definition))
        reader.findings.extend(found)
    if definition is None or reader.findings:
        raise DocumentError(tuple(sorted(reader.findings, key=lambda one: one.line or 0)))
    return definition


def _flow(reader: Reader, tree: Tree) -> Definition | None:
    if not isinstance(tree, Table):
        reader.find("not_a_flow", "flow", "a flow begins with `flow: <code>`", tree.line)
        return None
    parts = reader.keys(tree, FLOW_KEYS, "flow")
    for key in ("flow", "nodes", "edges"):
        if key not in parts:
            reader.find("missing", "flow", f"`{key}:` is missing", tree.line)
    code = reader.phrase(parts.get("flow"), read_code, "flow", "")
    limit, yellow = reader.limit(parts.get("limit"), "flow")
    nodes = _nodes(reader, parts.get("nodes"))
    edges = _edges(reader, parts.get("edges"), nodes)
    title = reader.titles(parts.get("title"), "flow") or {"en": code}
    start = next((node.code for node in nodes.values() if node.kind is Kind.START), "")
    return Definition(code, title, limit, nodes, edges, start, yellow)


def _nodes(reader: Reader, tree: Tree | None) -> dict[str, Node]:
    if not isinstance(tree, Table):
        if tree is not None:
            reader.find("bad_shape", "flow", "`nodes:` is a list of `name: {kind: …}`", tree.line)
        return {}
    if len(tree.items) > MAX_NODES:
        reader.find("too_many", "flow", f"a flow has at most {MAX_NODES} nodes", tree.line)
        return {}
    nodes: dict[str, Node] = {}
    for key, body in tree.items:
        place = f"node {key.value}"
        reader.lines[place] = key.line
        if not CODE.fullmatch(key.value):
            reader.find(
                "bad_code", place, f"{key.value!r} is not a code: lower-case letters, digits and _", key.line
            )
        elif not isinstance(body, Table):
            reader.find("bad_shape", place, f"say what {key.value} is: {{kind: task, …}}", key.line)
        else:
            node = read_node(reader, key.value, reader.keys(body, NODE_KEYS, place), body.line)
            if node is not None:
                nodes[node.code] = node
    return nodes


def _edges(reader: Reader, tree: Tree | None, nodes: dict[str, Node]) -> tuple[Edge, ...]:
    if not isinstance(tree, Many):
        if tree is not None:
            reader.find("bad_shape", "flow", "`edges:` is a list of `- a -> b`", tree.line)
        return ()
    edges: list[Edge] = []
    for item in tree.items:
        if isinstance(item, Text):
            edges += _ways(reader, item, None, nodes)
        elif isinstance(item, Table):
            for key, value in item.items:
                edges += _ways(reader, key, value, nodes)
        else:
            reader.find("bad_shape", "flow", "an edge is `a -> b` or `a -> b: condition`", item.line)
        if len(edges) > MAX_EDGES:
            reader.find("too_many", "flow", f"a flow has at most {MAX_EDGES} edges", item.line)
            break
    return tuple(edges)


def _ways(reader: Reader, key: Text, value: Tree | None, nodes: dict[str, Node]) -> list[Edge]:
    """`a, b -> c -> d` is a chain of hops; a condition belongs to a single hop."""
    stops = [stop.strip() for stop in ARROW.split(key.value)]
    place = f"edge {key.value}"
    if len(stops) < 2 or not all(stops):
        reader.find("bad_edge", place, f"{key.value!r} is not an edge: write `a -> b`", key.line)
        return []
    if len(stops) > MAX_HOPS:
        reader.find("too_many", place[:80], f"one line makes at most {MAX_HOPS} edges", key.line)
        return []
    if value is not None and len(stops) > 2:
        reader.find(
            "bad_edge", place, "a condition belongs to one arrow; write the chain as single edges", key.line
        )
        return []
    if value is not None and not isinstance(value, Text):
        reader.find("bad_edge", place, "after the colon one condition is expected", key.line)
        return []
    text = value.value if value else None
    edges: list[Edge] = []
    for sources, targets in pairwise(stops):
        if len(_split(sources)) * len(_split(targets)) > MAX_HOPS:
            reader.find("too_many", place[:80], f"one line makes at most {MAX_HOPS} edges", key.line)
            return []
        for source, target in product(_split(sources), _split(targets)):
            edge = _way(reader, source, target, text, key.line, nodes)
            if edge is not None:
                edges.append(edge)
    return edges


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.replace("，", ",").split(",")]


def _way(
    reader: Reader, source: str, target: str, text: str | None, line: int, nodes: dict[str, Node]
) -> Edge | None:
    place = f"edge {source} -> {target}"
    reader.lines.setdefault(place, line)
    for name in (source, target):
        if name not in nodes and f"node {name}" not in reader.lines:
            reader.find("unknown_node", place, f"there is no node {name!r}" + reader.meant(name, nodes), line)
            return None
    if text is None:
        return Edge(source, target)
    whom = TO_WHOM.search(text)
    words = (text[: whom.start()] if whom else text).strip()
    otherwise = words == "otherwise"
    condition = None if otherwise else _condition(reader, words, place, line)
    if condition is None and not otherwise:
        return None
    another = whom[1] == "another" if whom else _comes_back(nodes.get(source), condition)
    return Edge(source, target, condition, otherwise, another)


def _condition(reader: Reader, text: str, place: str, line: int) -> Condition | None:
    if BARE_OUTCOME.fullmatch(text):
        return Test("outcome", Op.IS, (text,))
    try:
        return parse_condition(text)
    except ConditionError as error:
        reader.find(
            "bad_condition", place, f"{text!r}, at character {error.position + 1}: {error.message}", line
        )
        return None


def _comes_back(source: Node | None, condition: Condition | None) -> bool:
    """A dissatisfied customer's ticket goes to another reviewer unless the document says otherwise."""
    dissatisfied = Test("outcome", Op.IS, ("dissatisfied",))
    return source is not None and source.kind is Kind.CALLBACK and condition == dissatisfied
