"""How a demo ticket's life is written down: steps after an opening, each by whoever's turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One verb, `after` working minutes. `node` and `duty` choose the work item when several are open.

    `who` is a user name, "opener", "chief" (head of the item's department) or None: whoever's turn it is.
    In `args`, "@people", "@department", "@handler" and "@target" hold user names, department codes and node codes,
    "@days" a number of days from the step on; the runner puts ids and times in their place.
    """

    after: int
    verb: str
    args: Mapping[str, Any] = field(default_factory=dict)
    node: str | None = None
    duty: str | None = None
    who: str | None = None


Steps = list[Step]


def accept(after: int, node: str | None = None) -> Step:
    return Step(after, "accept", node=node)


def process(
    after: int, outcome: str | None = None, result: str = "", node: str | None = None, /, **fields: Any
) -> Step:
    args: dict[str, Any] = {"result": result, "fields": fields}
    return Step(after, "process", args | ({"outcome": outcome} if outcome else {}), node)


def work(
    wait: int,
    take: int,
    outcome: str | None = None,
    result: str = "",
    node: str | None = None,
    /,
    **fields: Any,
) -> Steps:
    """Accepted after `wait` minutes and processed `take` minutes later."""
    return [accept(wait, node), process(take, outcome, result, node, **fields)]


def sign(wait: int, outcome: str, result: str = "") -> Steps:
    """One signature at a countersign node."""
    return [accept(wait, "refund"), process(15, outcome, result, "refund")]


def opinion(after: int, duty: str, result: str, outcome: str | None = None) -> Step:
    args = {"result": result} | ({"outcome": outcome} if outcome else {})
    return Step(after, "process", args, duty=duty)


def call(
    after: int, result: str, score: int | None = None, note: str = "", again: float | None = None
) -> Step:
    args: dict[str, Any] = {"result": result, "note": note}
    if score is not None:
        args["score"] = score
    if again is not None:
        args["@next_try_days"] = again
    return Step(after, "call_back", args, node="callback")


def say(after: int, verb: str, body: str, who: str | None = "opener") -> Step:
    return Step(after, verb, {"body": body}, who=who)


def order(after: int, verb: str, reason: str, who: str = "chief", **args: Any) -> Step:
    return Step(after, verb, {"reason": reason, **args}, who=who)
