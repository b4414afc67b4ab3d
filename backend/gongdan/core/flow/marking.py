"""Where a ticket stands in its flow: tokens at human nodes and tokens that wait at a join.

A token is one stay at one node: moving on makes a new token with a new id, so an id names a work item for
good, and ids grow in the order of events. `to_json` is compact, because every ticket carries one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fork:
    """A branch that a token is on: the way out number `branch` (from 0) of `split`, which started `of` ways."""

    id: int
    split: str
    branch: int
    of: int


@dataclass(frozen=True, slots=True)
class Straight:
    """Where a returned token goes as soon as it is processed: back to `node`, to `handler_id`, then `then`."""

    node: str
    handler_id: int | None = None
    then: Straight | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """One stay at `node`.

    `forks`: the branches it is on, outermost first. `cause`: the token whose leaving made this one (0: none).
    `to_handler`: this person, and no other, is meant. `avoid_previous_handler`: whoever had the node before must
    not get it again. `returned`: it came here by a return, not along an edge.
    """

    id: int
    node: str
    forks: tuple[Fork, ...] = ()
    straight_to: Straight | None = None
    cause: int = 0
    to_handler: int | None = None
    avoid_previous_handler: bool = False
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Marking:
    """All tokens of one ticket. `arrived` are those a join holds back; `next_id` is never given twice."""

    tokens: tuple[Token, ...] = ()
    arrived: tuple[Token, ...] = ()
    next_id: int = 1

    def token(self, token_id: int) -> Token | None:
        """The token at a human node with this id."""
        return next((token for token in self.tokens if token.id == token_id), None)

    @property
    def everywhere(self) -> tuple[Token, ...]:
        return self.tokens + self.arrived


EMPTY = Marking()


def to_json(marking: Marking) -> Json:
    """A JSON object; what is empty or false is left out."""
    out: Json = {"n": marking.next_id, "t": [token_to_json(token) for token in marking.tokens]}
    if marking.arrived:
        out["a"] = [token_to_json(token) for token in marking.arrived]
    return out


def from_json(data: Mapping[str, Any]) -> Marking:
    """The marking `to_json` wrote; an empty object is EMPTY."""
    return Marking(
        tokens=tuple(token_from_json(one) for one in data.get("t", ())),
        arrived=tuple(token_from_json(one) for one in data.get("a", ())),
        next_id=data.get("n", 1),
    )


def token_to_json(token: Token) -> Json:
    out: Json = {"i": token.id, "at": token.node}
    if token.forks:
        out["f"] = [[fork.id, fork.split, fork.branch, fork.of] for fork in token.forks]
    if token.straight_to:
        out["s"] = _straight_to_json(token.straight_to)
    if token.cause:
        out["c"] = token.cause
    if token.to_handler is not None:
        out["h"] = token.to_handler
    if token.avoid_previous_handler:
        out["x"] = 1
    if token.returned:
        out["r"] = 1
    return out


def token_from_json(data: Mapping[str, Any]) -> Token:
    return Token(
        id=data["i"],
        node=data["at"],
        forks=tuple(Fork(*fork) for fork in data.get("f", ())),
        straight_to=_straight_from_json(data["s"]) if "s" in data else None,
        cause=data.get("c", 0),
        to_handler=data.get("h"),
        avoid_previous_handler="x" in data,
        returned="r" in data,
    )


def _straight_to_json(straight: Straight) -> list[list[Any]]:
    out: list[list[Any]] = []
    here: Straight | None = straight
    while here is not None:
        out.append([here.node, here.handler_id])
        here = here.then
    return out


def _straight_from_json(data: list[list[Any]]) -> Straight | None:
    straight: Straight | None = None
    for node, handler_id in reversed(data):
        straight = Straight(node, handler_id, straight)
    return straight
