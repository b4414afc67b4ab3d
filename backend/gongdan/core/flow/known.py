"""Names in a flow that must exist outside it: departments, teams, roles, and own fields of the categories it serves.

A flow with a name nobody answers to would leave tickets where nobody looks, so publishing refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongdan.core.catalogue import forms, resolve
from gongdan.core.conditions import names as names_in
from gongdan.core.flow.definition import Definition, Finding, HandledBy
from gongdan.core.flow.yaml_tree import Many, Table, Text, read_tree
from gongdan.core.staff.models import Department, Role, Team

# What conditions may ask about besides own fields and outcomes (see core/tickets: flow_facts).
FACTS = frozenset(
    "kind channel priority customer_level subject tags urged satisfaction callback_mode sampled_for_callback outcome".split()
)


@dataclass(frozen=True, slots=True)
class _World:
    departments: frozenset[str]
    teams: frozenset[str]
    roles: frozenset[str]
    fields: frozenset[str] | None  # None: no category with a form uses the flow yet, so nothing can be said


def unknown_names(definition: Definition, document: str) -> list[Finding]:
    """A finding for every name that nothing answers to, with its line in `document`."""
    world = _world(definition.code)
    lines = _lines(document)
    found = [*_handlers(definition, world), *_fields(definition, world)]
    return [Finding(one.code, one.place, one.message, lines.get(one.place, 1)) for one in found]


def _world(flow_code: str) -> _World:
    return _World(
        frozenset(Department.objects.filter(active=True).values_list("code", flat=True)),
        frozenset(Team.objects.filter(active=True).values_list("code", flat=True)),
        frozenset(Role.objects.values_list("code", flat=True)),
        _own_fields(flow_code),
    )


def _own_fields(flow_code: str) -> frozenset[str] | None:
    served = [one for one in resolve.tree().by_id.values() if one.flow_code == flow_code and one.active]
    versions = {one.form_version_id for one in served if one.form_version_id is not None}
    if not versions:
        return None
    return frozenset(field.code for version in versions for field in forms.form_of(version).fields)


def _handlers(definition: Definition, world: _World) -> Iterator[Finding]:
    for node in definition.nodes.values():
        if node.handled_by is not None:
            for what, code, known in _asked(node.handled_by, world):
                if code not in known:
                    yield Finding(f"unknown_{what}", f"node {node.code}", f"there is no {what} {code!r}")


def _asked(by: HandledBy, world: _World) -> Iterator[tuple[str, str, frozenset[str]]]:
    places: Mapping[str, frozenset[str]] = {
        "department": world.departments,
        "team": world.teams,
        "role": world.roles,
    }
    if by.kind in places:
        yield by.kind, by.code, places[by.kind]
    if by.kind == "department_head":
        yield "department", by.code, world.departments
    if by.kind == "field" and world.fields is not None:
        yield "field", by.code, world.fields
    if by.role:
        yield "role", by.role, world.roles


def _fields(definition: Definition, world: _World) -> Iterator[Finding]:
    if world.fields is None:
        return
    message = "no category that uses this flow has a field {!r}"
    for node in definition.nodes.values():
        for name in node.fields:
            if name not in world.fields:
                yield Finding("unknown_field", f"node {node.code}", message.format(name))
    known = FACTS | world.fields
    for edge in definition.edges:
        for name in names_in(edge.condition) if edge.condition is not None else ():
            if name not in known and not name.endswith(".outcome"):
                yield Finding("unknown_field", edge.place, message.format(name))


def _lines(document: str) -> dict[str, int]:
    """Where each node and edge of a readable document stands."""
    tree = read_tree(document)
    parts = {key.value: value for key, value in tree.items} if isinstance(tree, Table) else {}
    nodes, edges = parts.get("nodes"), parts.get("edges")
    lines = {f"node {key.value}": key.line for key, _ in nodes.items} if isinstance(nodes, Table) else {}
    for item in edges.items if isinstance(edges, Many) else []:
        for text in [key for key, _ in item.items] if isinstance(item, Table) else [item]:
            if isinstance(text, Text):
                lines |= _edge_lines(text)
    return lines


def _edge_lines(text: Text) -> dict[str, int]:
    sources, _, targets = text.value.replace("→", "->").partition("->")
    pairs = [(a.strip(), b.strip()) for a in _split(sources) for b in _split(targets)]
    return {f"edge {source} -> {target}": text.line for source, target in pairs}


def _split(names: str) -> list[str]:
    return names.replace("，", ",").split(",")
