"""Random sound flows, walked at random: the engine's promises hold whatever people do.

`Walker` checks after every step that no token is an orphan; a step that cannot be made raises.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongdan.core.conditions import Op, Test
from gongdan.core.flow import engine
from gongdan.core.flow.definition import Definition, Edge
from gongdan.core.flow.document import from_json, parse, to_json
from gongdan.core.flow.engine import EngineError
from gongdan.core.flow.strip import strip
from tests.flow.walker import Walker

WORK = "{kind: task, handled_by: team a}"
CHOICE = "{kind: task, handled_by: team a, outcomes: [on, back, aside]}"
SHAPES = ("task", "approval", "countersign", "callback", "choice", "split", "optional", "first")


class Builder:
    """Draws a block-structured flow and writes it as a document."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.names = (f"n{number}" for number in count())
        self.nodes: list[str] = []
        self.edges: list[str] = []

    def node(self, body: str) -> str:
        name = next(self.names)
        self.nodes.append(f"  {name}: {body}")
        return name

    def edge(self, source: str, target: str, condition: str = "") -> None:
        self.edges.append(f"  - {source} -> {target}" + (f": {condition}" if condition else ""))

    def sequence(self, before: str, depth: int) -> str:
        """Adds up to three blocks behind `before`; the code of the last node."""
        for _ in range(self.draw(st.integers(1, 3))):
            before = self.block(before, depth)
        return before

    def block(self, before: str, depth: int) -> str:
        shape = self.draw(st.sampled_from(SHAPES if depth else SHAPES[:4]))
        if shape in ("split", "optional", "first"):
            return self.parallel(before, depth, shape)
        if shape == "choice":
            return self.choice(before, depth)
        more = {"approval": ", handled_by: role b", "countersign": ", handled_by: role b, agree: 2 of 3"}
        node = self.node(WORK if shape == "task" else f"{{kind: {shape}{more.get(shape, '')}}}")
        self.edge(before, node)
        return node

    def choice(self, before: str, depth: int) -> str:
        """A task whose outcome goes on, aside through other work, or back to the task."""
        first = self.node(WORK)
        work, judge, on = self.node(CHOICE), self.node("{kind: decision}"), self.node(WORK)
        self.edge(before, first)
        self.edge(first, work)
        self.edge(work, judge)
        self.edge(judge, first, "back")
        aside = self.node(WORK)
        self.edge(judge, aside, "aside")
        self.edge(self.sequence(aside, depth - 1), on)
        self.edge(judge, on, "otherwise")
        return on

    def parallel(self, before: str, depth: int, shape: str) -> str:
        wait = "the first branch" if shape == "first" else "every branch that was started"
        split, join = self.node("{kind: split}"), self.node(f"{{kind: join, wait_for: {wait}}}")
        self.edge(before, split)
        for number in range(self.draw(st.integers(2, 3))):
            first = self.node(WORK)
            condition = f"flag{number} is true" if shape == "optional" and number else ""
            self.edge(split, first, condition)
            self.edge(self.sequence(first, depth - 1), join)
        return join


@st.composite
def flows(draw: st.DrawFn) -> Definition:
    builder = Builder(draw)
    last = builder.sequence("intake", depth=2)
    builder.edge(last, "done")
    head = ["flow: random", "nodes:", "  intake: {kind: start}", "  done: {kind: end}"]
    return parse("\n".join([*head, *builder.nodes, "edges:", *builder.edges]))


def distances(definition: Definition) -> dict[str, int]:
    """Edges from each node to the nearest end."""
    found = {code: 0 for code, node in definition.nodes.items() if node.kind == "end"}
    due = deque(found)
    while due:
        code = due.popleft()
        for edge in definition.edges:
            if edge.target == code and edge.source not in found:
                found[edge.source] = found[code] + 1
                due.append(edge.source)
    return found


@contextmanager
def suppress_cannot_withdraw() -> Iterator[None]:
    try:
        yield
    except EngineError as error:
        if error.code != "cannot_withdraw":
            raise


def random_step(ticket: Walker, draw: st.DataObject) -> None:
    """Somebody processes, returns or takes back; what may not be done is refused and changes nothing."""
    token = draw.draw(st.sampled_from(ticket.marking.tokens))
    act = draw.draw(st.sampled_from([*["process"] * 5, "redo", "straight", "take_back", "withdraw", "jump"]))
    targets = ticket.targets(token.node) if ticket.at.count(token.node) == 1 else {}
    if act in ("redo", "straight") and targets:
        to = draw.draw(st.sampled_from(sorted(targets)))
        ticket.returned(token.node, to, "redo" if act == "redo" else "straight")
    elif act in ("take_back", "withdraw"):
        with suppress_cannot_withdraw():
            anyone = draw.draw(st.sampled_from(sorted(ticket.visits)))
            ticket.withdrew(token.cause if act == "take_back" else anyone)
    elif act == "jump":
        ticket.jumped(
            draw.draw(st.sampled_from([c for c, n in ticket.definition.nodes.items() if n.is_human]))
        )
    else:
        outcomes = ticket.definition.nodes[token.node].outcomes
        ticket.did(token.node, draw.draw(st.sampled_from(outcomes)))


def finish(ticket: Walker) -> None:
    """From anywhere, people who choose the shortest way come to the end."""
    far = distances(ticket.definition)
    for _ in range(40 * len(ticket.definition.nodes)):
        if not ticket.marking.tokens:
            break
        node = max(ticket.at, key=lambda code: far[code])
        ticket.did(node, best_outcome(ticket.definition, node))
    assert ticket.last.ended


def best_outcome(definition: Definition, node: str) -> str:
    outcomes = definition.nodes[node].outcomes
    return "on" if "on" in outcomes else outcomes[0]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(flows(), st.data())
def test_whatever_people_do_the_flow_can_be_finished_and_leaves_nothing(
    definition: Definition, data: st.DataObject
) -> None:
    facts = {f"flag{number}": data.draw(st.booleans()) for number in range(3)}
    mode = data.draw(st.sampled_from(["always", "never", "sample"]))
    ticket = Walker(definition, callback_mode=mode, sampled_for_callback=data.draw(st.booleans()), **facts)
    for _ in range(data.draw(st.sampled_from([3, 8, 16]))):
        if ticket.marking.tokens:
            random_step(ticket, data)
    picture = strip(definition, list(ticket.visits.values()), ticket.marking)
    assert {n.code for n in picture.nodes if n.state == "present"} == {
        t.node for t in ticket.marking.everywhere
    }
    finish(ticket)
    assert ticket.marking.everywhere == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(flows())
def test_any_flow_is_stored_without_loss_and_drawn_without_overlap(definition: Definition) -> None:
    assert from_json(json.loads(json.dumps(to_json(definition)))) == definition
    picture = strip(definition, [], engine.EMPTY)
    assert len({(node.x, node.y) for node in picture.nodes}) == len(picture.nodes)
    x = {node.code: node.x for node in picture.nodes}
    assert all(edge.back or x[edge.source] < x[edge.target] for edge in picture.edges)
    assert {node.state for node in picture.nodes} == {"possible"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(flows(), st.data())
def test_redo_asks_again_for_every_approval_it_names(definition: Definition, data: st.DataObject) -> None:
    ticket = Walker(definition, callback_mode="always", flag1=True, flag2=True)
    for _ in range(data.draw(st.integers(1, 15))):
        if ticket.marking.tokens:
            node = data.draw(st.sampled_from(ticket.at))
            ticket.did(node, best_outcome(definition, node))
    if not ticket.marking.tokens:
        return
    node = data.draw(st.sampled_from(ticket.at))
    targets = ticket.targets(node)
    if not targets:
        return
    again = ticket.returned(node, data.draw(st.sampled_from(sorted(targets)))).approvals_again
    asked = set(ticket.at)
    while ticket.marking.tokens:
        ticket.did(ticket.at[0], best_outcome(definition, ticket.at[0]))
        asked |= set(ticket.at) | {token.node for token in ticket.last.entered}
    overtaken = any(node.wait_for == "first" for node in definition.nodes.values())
    assert overtaken or set(again) <= asked


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.data())
def test_a_countersign_is_decided_as_soon_as_it_can_be_and_never_before(m: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, m))
    votes: list[bool | None] = list(data.draw(st.lists(st.booleans(), min_size=m, max_size=m)))
    final = "agreed" if votes.count(True) >= n else "refused"
    assert engine.countersign_state((n, m), votes) == final
    for given_so_far in range(m):
        now = engine.countersign_state((n, m), votes[:given_so_far] + [None] * (m - given_so_far))
        open_votes = m - given_so_far
        best = votes[:given_so_far].count(True) + open_votes >= n
        worst = votes[:given_so_far].count(True) >= n
        assert (now == "pending") == (best != worst)


def test_an_edge_knows_its_reason() -> None:
    assert Edge("a", "b", Test("outcome", Op.IS, ("done",))).because == "outcome is done"
