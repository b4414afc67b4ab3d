"""Asks the interceptors of a verb one after the other: what is installed in `core.ports`.

Each sees what those before it changed. The first refusal ends it, and so does a failure of one that is closed on failure.
Nothing here holds a transaction; every decision is logged.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongdan.core.ports import Decision, Proposal, Verdict, ports
from gongdan.modules.interception import book, logbook, question
from gongdan.modules.interception.book import Entry
from gongdan.modules.interception.breaker import Breaker
from gongdan.modules.interception.logbook import Line
from gongdan.modules.interception.places import Places
from gongdan.modules.interception.question import Heard

SKIPPED = "it failed too often and is left alone for a while"
CROWDED = "too many questions are waiting for an answer"


@dataclass
class _Round:
    """One proposal on its way through the interceptors."""

    proposal: Proposal
    args: Mapping[str, Any]
    facts: dict[str, object]
    id: str = field(default_factory=lambda: f"prop_{secrets.token_hex(12)}")
    lines: list[Line] = field(default_factory=list)

    def note(self, one: Entry, decision: Decision, *, passed: bool, excerpt: str = "") -> Decision | None:
        """The decision that ends the round, if this one does."""
        self.lines.append(Line(one, decision, passed, excerpt))
        return None if passed else decision

    def put(self, args: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
        """What was changed is what those after it are asked about."""
        self.args = args
        for name, value in changes.items():
            self.facts[name.removeprefix("fields.")] = value


class Asking:
    """Implements `core.ports.Interception`; one per process."""

    def __init__(self) -> None:
        self.breaker = Breaker()
        self.places = Places()

    def wanted(self, verb: str) -> bool:
        return bool(book.asked_about(verb))

    def ask(self, proposal: Proposal) -> Verdict:
        turn = _Round(proposal, proposal.args, dict(proposal.facts))
        ended: Decision | None = None
        for one in book.asked_about(proposal.verb):
            if one.concerned(turn.facts):
                ended = self._one(one, turn)
            if ended is not None:
                break
        logbook.keep(turn.id, proposal, turn.lines)
        return Verdict(turn.args, tuple(line.decision for line in turn.lines), ended)

    def _one(self, one: Entry, turn: _Round) -> Decision | None:
        if not self.breaker.may_ask(one):
            return turn.note(one, Decision(one.name, "skipped", SKIPPED), passed=not one.closed)
        if not self.places.take(one.id, one.seconds):
            return turn.note(one, Decision(one.name, "skipped", CROWDED), passed=not one.closed)
        try:
            heard = question.ask(one, turn.proposal, turn.args, turn.id)
        finally:
            self.places.give_back(one.id)
        if heard.answer is None:
            self.breaker.failed(one, heard.failure)
            decision = Decision(one.name, "failed", heard.failure, milliseconds=heard.milliseconds)
            return turn.note(one, decision, passed=not one.closed, excerpt=heard.excerpt)
        self.breaker.succeeded(one)
        return _heard(one, turn, heard)


def _heard(one: Entry, turn: _Round, heard: Heard) -> Decision | None:
    assert heard.answer is not None
    answer = heard.answer
    changed = tuple(answer.changes)
    decision = Decision(
        one.name, answer.decision, answer.sentence, changed, heard.milliseconds, open=not one.closed
    )
    if heard.args is not None:
        turn.put(heard.args, answer.changes)
    return turn.note(one, decision, passed=answer.decision != "refuse")


def install() -> None:
    """Let verbs of this process be intercepted. Django must be set up."""
    ports.interception = Asking()
