"""A ticket in a flow without a database: keeps the marking and the visits, as the write side does, and checks
after every step that no token is an orphan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gongdan.core.flow import engine, marking, returning
from gongdan.core.flow.blocks import blocks_of
from gongdan.core.flow.definition import Definition
from gongdan.core.flow.marking import Marking, Token
from gongdan.core.flow.returning import Mode, ReturnTarget
from gongdan.core.flow.visits import Visit
from gongdan.core.flow.walk import Step


class Walker:
    """One ticket on its way; handlers are numbered by node, in order of the definition, from 1."""

    def __init__(self, definition: Definition, **facts: Any) -> None:
        self.definition = definition
        self.facts: dict[str, object] = facts
        self.visits: dict[int, Visit] = {}
        self.marking: Marking = marking.EMPTY
        self.last = self._took(engine.begin(definition, facts))

    @property
    def at(self) -> list[str]:
        """The nodes where tokens rest, in order of arrival."""
        return [token.node for token in self.marking.tokens]

    def token(self, node: str) -> Token:
        return next(token for token in self.marking.tokens if token.node == node)

    def handler(self, node: str) -> int:
        return list(self.definition.nodes).index(node) + 1

    def did(self, node: str, outcome: str | None = None, **facts: Any) -> Step:
        """The work at `node` is done."""
        self.facts |= facts
        token = self.token(node)
        return self._took(engine.advance(self.definition, self.marking, token.id, outcome, self.facts))

    def touched(self, node: str) -> None:
        token = self.token(node)
        self.visits[token.id] = replace(self.visits[token.id], touched=True)

    def targets(self, node: str) -> dict[str, ReturnTarget]:
        found = returning.targets(
            self.definition, self.marking, self.token(node).id, list(self.visits.values())
        )
        return {target.node: target for target in found}

    def returned(self, node: str, to: str, mode: Mode = "redo") -> Step:
        seq = self.targets(node)[to].visit_seq
        visits = list(self.visits.values())
        step = engine.return_to(self.definition, self.marking, self.token(node).id, visits, seq, mode)
        return self._took(step)

    def withdrew(self, token_id: int) -> Step:
        return self._took(
            engine.withdraw(self.definition, self.marking, list(self.visits.values()), token_id)
        )

    def jumped(self, node: str) -> Step:
        return self._took(engine.jump(self.definition, self.marking, node, self.facts))

    def _took(self, step: Step) -> Step:
        self.last = step
        self.marking = marking.from_json(marking.to_json(step.marking))
        assert self.marking == step.marking
        for gone in step.left:
            if gone.token_id in self.visits:
                self.visits[gone.token_id] = replace(self.visits[gone.token_id], left=True, why=gone.why)
        for token in step.entered:
            kind = self.definition.nodes[token.node].kind
            self.visits[token.id] = Visit.of(token, kind, handler_id=self.handler(token.node))
        assert step.ended == (not self.marking.everywhere)
        assert_no_orphans(self.definition, self.marking)
        return step


def assert_no_orphans(definition: Definition, now: Marking) -> None:
    """Every branch of every live fork is somewhere, and every token lies between the splits it should."""
    around = blocks_of(definition).around
    branches: dict[int, set[int]] = {}
    sizes: dict[int, int] = {}
    for token in now.everywhere:
        if token.straight_to is None:
            assert tuple(fork.split for fork in token.forks) == around[token.node]
        for fork in token.forks:
            branches.setdefault(fork.id, set()).add(fork.branch)
            sizes[fork.id] = fork.of
    assert {fork: len(found) for fork, found in branches.items()} == sizes
    assert len({token.id for token in now.everywhere}) == len(now.everywhere)
