"""One step of the engine while it is being made: tokens move through automatic nodes until they rest or end.

Kept apart from `engine`, which says what one may ask; this says how a token travels. Purely computational:
everything that happens depends on the definition, the marking and the facts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from gongdan.core.conditions import matches
from gongdan.core.flow.definition import RESTS, Definition, Edge, Kind, Node
from gongdan.core.flow.marking import Fork, Marking, Straight, Token

Facts = Mapping[str, object]
# A sound flow passes each automatic node at most a few times in a step; more is a loop that prove.py missed.
MAX_PASSES = 2_000


class EngineError(Exception):
    """A step that cannot be made. `code` is stable; `place` names a node or token.

    Codes: no_branch, no_token, unknown_node, unknown_outcome, unknown_target, endless, cannot_withdraw, bad_mode.
    """

    def __init__(self, code: str, place: str, message: str = "") -> None:
        super().__init__(f"{code} at {place}" + (f": {message}" if message else ""))
        self.code = code
        self.place = place


@dataclass(frozen=True, slots=True)
class Leaving:
    """A token that is no more. `why`: processed, returned, withdrawn, cancelled, overtaken, jumped, ended."""

    token_id: int
    node: str
    why: str


@dataclass(frozen=True, slots=True)
class Passed:
    """An automatic node that was passed on the way to `target`, and why that way.

    `because`: a condition's text, otherwise, always, joined, or waiting (a join; `target` is then empty).
    """

    node: str
    target: str
    because: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one step changed. `entered` are the tokens that came to rest, in order; `ended`: the flow is over."""

    marking: Marking
    entered: tuple[Token, ...] = ()
    left: tuple[Leaving, ...] = ()
    passed: tuple[Passed, ...] = ()
    ended: bool = False
    approvals_again: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A token on its way into `node`; `outcome` is the last one given on this way, None behind a join."""

    node: str
    forks: tuple[Fork, ...]
    cause: int
    outcome: str | None
    avoid: bool = False


class Walk:
    """Collects one step. Ask for `rest` and `arrive`, then `run`, then `step`."""

    def __init__(self, definition: Definition, marking: Marking, facts: Facts) -> None:
        self.definition = definition
        self.facts = facts
        self.tokens = list(marking.tokens)
        self.arrived = list(marking.arrived)
        self.next_id = marking.next_id
        self.entered: list[Token] = []
        self.left: list[Leaving] = []
        self.passed: list[Passed] = []
        self._due: deque[Arrival] = deque()

    def step(self, approvals_again: tuple[str, ...] = ()) -> Step:
        marking = Marking(tuple(self.tokens), tuple(self.arrived), self.next_id)
        return Step(
            marking=marking,
            entered=tuple(self.entered),
            left=tuple(self.left),
            passed=tuple(self.passed),
            ended=not self.tokens and not self.arrived,
            approvals_again=approvals_again,
        )

    def new_id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def remove(self, token: Token, why: str) -> None:
        """Take a token away, at rest or waiting at a join."""
        if token in self.tokens:
            self.tokens.remove(token)
        else:
            self.arrived.remove(token)
        self.left.append(Leaving(token.id, token.node, why))

    def remove_fork(self, fork_ids: frozenset[int], why: str) -> None:
        """Take away every token on any branch of these forks."""
        for token in (*self.tokens, *self.arrived):
            if any(fork.id in fork_ids for fork in token.forks):
                self.remove(token, why)

    def rest(
        self,
        node: str,
        forks: tuple[Fork, ...],
        cause: int,
        *,
        straight_to: Straight | None = None,
        to_handler: int | None = None,
        avoid: bool = False,
        returned: bool = False,
    ) -> None:
        """A new token comes to rest at a human node."""
        token = Token(self.new_id(), node, forks, straight_to, cause, to_handler, avoid, returned)
        self.tokens.append(token)
        self.entered.append(token)

    def arrive(self, arrival: Arrival) -> None:
        self._due.append(arrival)

    def run(self) -> None:
        """Move every arrival on until all tokens rest, wait or have ended."""
        for _ in range(MAX_PASSES):
            if not self._due:
                return
            self._enter(self._due.popleft())
        raise EngineError("endless", self._due[0].node if self._due else "")

    def leave_along_edge(self, node: str, arrival: Arrival, *, note: bool) -> None:
        """Follow the edge out of `node` that the facts choose. EngineError no_branch when none fits."""
        edge = self._choose(node, arrival)
        if note:
            self.passed.append(Passed(node, edge.target, edge.because))
        self._follow(edge, arrival, arrival.forks)

    def _enter(self, arrival: Arrival) -> None:
        node = self.definition.nodes[arrival.node]
        if node.kind in RESTS or (node.kind is Kind.CALLBACK and needs_callback(node, self.facts)):
            avoid = arrival.avoid or node.another_handler
            self.rest(node.code, arrival.forks, arrival.cause, avoid=avoid)
        elif node.kind is Kind.CALLBACK:
            skipped = Arrival(node.code, arrival.forks, arrival.cause, "none_needed")
            self.leave_along_edge(node.code, skipped, note=True)
        elif node.kind is Kind.DECISION:
            self.leave_along_edge(node.code, arrival, note=True)
        elif node.kind is Kind.SPLIT:
            self._split(arrival)
        elif node.kind is Kind.JOIN:
            self._join(node, arrival)

    def _follow(self, edge: Edge, arrival: Arrival, forks: tuple[Fork, ...]) -> None:
        avoid = arrival.avoid or edge.another_handler
        self.arrive(Arrival(edge.target, forks, arrival.cause, arrival.outcome, avoid))

    def _seen(self, arrival: Arrival) -> Facts:
        return {**self.facts, "outcome": arrival.outcome}

    def _choose(self, node: str, arrival: Arrival) -> Edge:
        edges = self.definition.edges_from(node)
        facts = self._seen(arrival) if len(edges) > 1 or (edges and edges[0].condition) else self.facts
        fallback = None
        for edge in edges:
            if edge.otherwise:
                fallback = edge
            elif edge.condition is None or matches(edge.condition, facts):
                return edge
        if fallback is None:
            raise EngineError("no_branch", node, f"no way out fits outcome {arrival.outcome!r}")
        return fallback

    def _split(self, arrival: Arrival) -> None:
        edges = self.definition.edges_from(arrival.node)
        facts = self._seen(arrival)
        taken = [e for e in edges if not e.otherwise and (e.condition is None or matches(e.condition, facts))]
        taken = taken or [edge for edge in edges if edge.otherwise]
        if not taken:
            raise EngineError("no_branch", arrival.node, "no branch of the split fits")
        fork_id = self.new_id()
        for number, edge in enumerate(edges):
            if edge not in taken:
                continue
            fork = Fork(fork_id, arrival.node, number, len(taken))
            self.passed.append(Passed(arrival.node, edge.target, edge.because))
            self._follow(edge, arrival, (*arrival.forks, fork))

    def _join(self, node: Node, arrival: Arrival) -> None:
        if not arrival.forks:  # the proof refuses such a flow; a token is never held for nobody
            self.leave_along_edge(node.code, arrival, note=True)
            return
        fork = arrival.forks[-1]
        here = [t for t in self.arrived if t.node == node.code and t.forks[-1].id == fork.id]
        if node.wait_for == "every" and len(here) + 1 < fork.of:
            self.arrived.append(Token(self.new_id(), node.code, arrival.forks, cause=arrival.cause))
            self.passed.append(Passed(node.code, "", "waiting"))
            return
        for token in here:
            self.arrived.remove(token)
        if node.wait_for == "first":
            self.remove_fork(frozenset({fork.id}), "overtaken")
            self._due = deque(a for a in self._due if all(f.id != fork.id for f in a.forks))
        # Which branch came last is chance, so its outcome says nothing about the whole.
        joined = Arrival(node.code, arrival.forks[:-1], arrival.cause, None)
        edge = self._choose(node.code, joined)
        self.passed.append(Passed(node.code, edge.target, "joined"))
        self._follow(edge, joined, joined.forks)


def needs_callback(node: Node, facts: Facts) -> bool:
    """Whether a token stops at this callback: as the node says, else as facts["callback_mode"] says.

    always, never, or sample: then facts["sampled_for_callback"], drawn by the caller, decides. What is not said
    counts as yes: one call too many costs a minute, one too few loses a customer's answer.
    """
    if node.sample is not None:
        mode = "never" if node.sample <= 0 else "always" if node.sample >= 1 else "sample"
    else:
        mode = str(facts.get("callback_mode") or "always")
    if mode == "sample":
        return bool(facts.get("sampled_for_callback", True))
    return mode != "never"
