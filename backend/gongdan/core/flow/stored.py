"""A definition as a JSON-able dict and back, without loss: `from_json(to_json(d)) == d`.

Used for the stored version, so that no ticket's step ever parses a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongdan.core.conditions import parse as parse_condition
from gongdan.core.conditions import render
from gongdan.core.flow.definition import Definition, Duration, Edge, FieldMode, Kind, Node
from gongdan.core.flow.phrases import read_duration, read_handled_by, write_handled_by

Json = dict[str, Any]


def to_json(definition: Definition) -> Json:
    """Plain dicts, lists, text and numbers; what is at its default is left out."""
    return {
        "flow": definition.code,
        "title": dict(definition.title),
        **_durations(limit=definition.limit, yellow=definition.yellow),
        "start": definition.start,
        "nodes": [_node(node) for node in definition.nodes.values()],
        "edges": [_edge(edge) for edge in definition.edges],
    }


def from_json(data: Mapping[str, Any]) -> Definition:
    """The definition `to_json` wrote. KeyError or ValueError for anything else."""
    nodes = [_read_node(one) for one in data["nodes"]]
    return Definition(
        code=data["flow"],
        title=data["title"],
        limit=_duration(data, "limit"),
        nodes={node.code: node for node in nodes},
        edges=tuple(_read_edge(one) for one in data["edges"]),
        start=data["start"],
        yellow=_duration(data, "yellow"),
    )


def _durations(**values: Duration | None) -> Json:
    return {key: str(value) for key, value in values.items() if value is not None}


def _duration(data: Mapping[str, Any], key: str) -> Duration | None:
    return read_duration(data[key]) if key in data else None


def _node(node: Node) -> Json:
    out: Json = {"code": node.code, "kind": node.kind.value, "title": dict(node.title)}
    out |= _durations(limit=node.limit, yellow=node.yellow, retry_after=node.retry_after)
    optional: Json = {
        "handled_by": write_handled_by(node.handled_by) if node.handled_by else None,
        "fields": {name: mode.value for name, mode in node.fields.items()},
        "outcomes": [[code, dict(node.outcome_titles.get(code, {}))] for code in node.outcomes],
        "on_timeout": list(node.on_timeout),
        "agree": list(node.agree) if node.agree else None,
        "wait_for": node.wait_for if node.wait_for != "every" else None,
        "script": node.script,
        "form": node.form,
        "tries": node.tries if node.tries != 1 else None,
        "another_handler": node.another_handler or None,
    }
    out |= {key: value for key, value in optional.items() if value}
    if node.verbs is not None:
        out["verbs"] = sorted(node.verbs)
    if node.sample is not None:
        out["sample"] = node.sample
    return out


def _read_node(data: Mapping[str, Any]) -> Node:
    outcomes = data.get("outcomes", [])
    return Node(
        code=data["code"],
        kind=Kind(data["kind"]),
        title=data["title"],
        handled_by=read_handled_by(data["handled_by"]) if "handled_by" in data else None,
        fields={name: FieldMode(mode) for name, mode in data.get("fields", {}).items()},
        outcomes=tuple(code for code, _ in outcomes),
        outcome_titles=dict(outcomes),
        verbs=frozenset(data["verbs"]) if "verbs" in data else None,
        limit=_duration(data, "limit"),
        yellow=_duration(data, "yellow"),
        on_timeout=tuple(data.get("on_timeout", ())),
        agree=tuple(data["agree"]) if "agree" in data else None,
        wait_for=data.get("wait_for", "every"),
        sample=data.get("sample"),
        script=data.get("script"),
        form=data.get("form"),
        tries=data.get("tries", 1),
        retry_after=_duration(data, "retry_after"),
        another_handler=data.get("another_handler", False),
    )


def _edge(edge: Edge) -> Json:
    out: Json = {"from": edge.source, "to": edge.target}
    if edge.condition is not None:
        out["if"] = render(edge.condition)
    if edge.otherwise:
        out["otherwise"] = True
    if edge.another_handler:
        out["another_handler"] = True
    return out


def _read_edge(data: Mapping[str, Any]) -> Edge:
    return Edge(
        source=data["from"],
        target=data["to"],
        condition=parse_condition(data["if"]) if "if" in data else None,
        otherwise=data.get("otherwise", False),
        another_handler=data.get("another_handler", False),
    )
