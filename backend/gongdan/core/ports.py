"""Every extension point of the core, on one page.

Interception: third parties are asked before a verb changes anything. The core only knows the question and the answer;
who is asked, how, and what happens when nobody answers is the business of the module that is installed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that is about to be made. `ticket` is None when one is being opened; `facts` are what conditions ask
    about. `args` are the verb's arguments as JSON."""

    verb: str
    ticket: Mapping[str, Any] | None
    args: Mapping[str, Any]
    actor: Mapping[str, Any]
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What one interceptor said, or that it could not be asked (failed, skipped by its breaker) and what that meant.

    `open`: where it fails, the verb is done without it.
    """

    interceptor: str
    decision: Literal["allow", "refuse", "change", "failed", "skipped"]
    sentence: str = ""
    changed: tuple[str, ...] = ()
    milliseconds: int = 0
    open: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """All decisions in their order; `args` with the changes that were allowed; `refusal` the one that stopped it."""

    args: Mapping[str, Any]
    decisions: tuple[Decision, ...] = ()
    refusal: Decision | None = None


class Interception(Protocol):
    """Asks whoever registered. Never raises; called outside any transaction."""

    def wanted(self, verb: str) -> bool:
        """Whether anybody registered for the verb; asked for every verb, so it must cost nothing."""

    def ask(self, proposal: Proposal) -> Verdict: ...


class NobodyAsks:
    """What is installed when nothing is."""

    def wanted(self, verb: str) -> bool:
        return False

    def ask(self, proposal: Proposal) -> Verdict:
        return Verdict(proposal.args)


@dataclass
class _Ports:
    interception: Interception = field(default_factory=NobodyAsks)


ports = _Ports()
