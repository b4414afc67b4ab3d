"""Going back: return to any node that was really executed, and taking back what one has just passed on.

Two modes. *redo*: the flow is walked again from the target, so every approval given after it is given again;
branches that the target lies in front of are cancelled. *straight*: the target is done again and the token then
goes back to the very person who returned it; approvals stay, other branches are not touched.

The write side hands in all visits of a ticket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gongdan.core.flow.blocks import blocks_of
from gongdan.core.flow.definition import Definition, Kind
from gongdan.core.flow.marking import Fork, Marking, Straight, Token
from gongdan.core.flow.visits import Visit, beside, common_forks, concurrent, regular, undone_tokens
from gongdan.core.flow.walk import EngineError, Step, Walk

Mode = Literal["redo", "straight"]
MODES: tuple[Mode, ...] = ("redo", "straight")
GIVES_CONSENT = (Kind.APPROVAL, Kind.COUNTERSIGN)


@dataclass(frozen=True, slots=True)
class ReturnTarget:
    """A node one may return to. The last two say what mode redo would do: approvals that must be given again
    (node codes, in their order) and other tokens it would cancel."""

    node: str
    visit_seq: int
    modes: tuple[Mode, ...]
    approvals_again: tuple[str, ...]
    cancels: tuple[int, ...]


def targets(
    definition: Definition, marking: Marking, token_id: int, visits: Sequence[Visit]
) -> tuple[ReturnTarget, ...]:
    """Where the token may be returned to, latest first: each node on its own past once, at its last visit.

    Not offered: what a branch beside it did, what an earlier return has undone, the node it is at.
    """
    token = _token(marking, token_id)
    ordered = sorted(visits, key=lambda visit: visit.seq)
    undone = undone_tokens(ordered)
    here = next((v.seq for v in ordered if v.token_id == token_id), None)
    last: dict[str, Visit] = {}
    for visit in ordered:
        before = here is None or visit.seq < here
        if (
            before
            and visit.executed
            and visit.token_id not in undone
            and not beside(visit.forks, token.forks)
        ):
            last[visit.node] = visit
    last.pop(token.node, None)
    found = sorted(last.values(), key=lambda visit: -visit.seq)
    return tuple(_target(definition, marking, token, visit, ordered, undone) for visit in found)


def return_to(
    definition: Definition,
    marking: Marking,
    token_id: int,
    visits: Sequence[Visit],
    target_seq: int,
    mode: Mode,
) -> Step:
    """The token goes back to the visit `target_seq`, meant for whoever did it then.

    `Step.approvals_again` names the approvals that mode redo asks for once more.
    EngineError: no_token, unknown_target (not one of `targets`), bad_mode.
    """
    if mode not in MODES:
        raise EngineError("bad_mode", str(mode))
    token = _token(marking, token_id)
    possible = targets(definition, marking, token_id, visits)
    target = next((one for one in possible if one.visit_seq == target_seq), None)
    if target is None:
        raise EngineError("unknown_target", token.node, f"visit {target_seq} cannot be returned to")
    visit = next(visit for visit in visits if visit.seq == target_seq)
    walk = Walk(definition, marking, {})
    walk.remove(token, "returned")
    if mode == "straight":
        mine = next((v.handler_id for v in visits if v.token_id == token_id), None)
        back = Straight(token.node, mine, token.straight_to)
        walk.rest(
            visit.node, token.forks, token.id, straight_to=back, to_handler=visit.handler_id, returned=True
        )
        return walk.step()
    place = regular(visit, visits)
    walk.remove_fork(_given_up(token.forks, place.forks), "cancelled")
    forks = _forks_again(walk, token.forks, place.forks)
    walk.rest(visit.node, forks, token.id, to_handler=visit.handler_id, returned=True)
    return walk.step(target.approvals_again)


def withdraw(definition: Definition, marking: Marking, visits: Sequence[Visit], by_token: int) -> Step:
    """Take back what the visit of `by_token` passed on: its successors go, it rests at its node again.

    Only while nobody has touched a successor and none has moved on. EngineError cannot_withdraw otherwise,
    also when the work came back by a return, or a join that waits for the first branch stopped the others.
    """
    mine = next((visit for visit in visits if visit.token_id == by_token and visit.executed), None)
    if mine is None:
        raise EngineError("cannot_withdraw", str(by_token), "nothing was passed on")
    successors = [token for token in marking.everywhere if token.cause == by_token]
    resting = {token.id for token in marking.tokens}
    after = [
        visit for visit in visits if visit.cause == by_token or visit.token_id in {t.id for t in successors}
    ]
    if not successors or any(token.returned for token in successors):
        raise EngineError("cannot_withdraw", mine.node, "it has gone on already")
    if any(visit.touched or visit.left or visit.token_id not in resting for visit in after):
        raise EngineError("cannot_withdraw", mine.node, "somebody has already begun")
    walk = Walk(definition, marking, {})
    for token in successors:
        walk.remove(token, "withdrawn")
    _reopen_joins(definition, walk, mine, successors[0].forks, visits)
    walk.rest(mine.node, mine.forks, mine.cause, straight_to=mine.straight_to, to_handler=mine.handler_id)
    return walk.step()


def _reopen_joins(
    definition: Definition, walk: Walk, mine: Visit, forks_after: tuple[Fork, ...], visits: Sequence[Visit]
) -> None:
    """Put the other branches back to wait at each join that my work had completed."""
    kept = common_forks(mine.forks, forks_after)
    joins = blocks_of(definition).joins
    for depth in range(kept, len(mine.forks)):
        fork = mine.forks[depth]
        join = min(joins[fork.split])
        if fork.of > 1 and definition.nodes[join].wait_for == "first":
            raise EngineError("cannot_withdraw", mine.node, "the other branches were stopped")
        for branch in _other_branches(definition, fork, visits):
            forks = (*mine.forks[:depth], Fork(fork.id, fork.split, branch, fork.of))
            cause = max(
                (v.token_id for v in visits if v.executed and v.forks[: depth + 1] == forks), default=0
            )
            walk.arrived.append(Token(walk.new_id(), join, forks, cause=cause))


def _other_branches(definition: Definition, fork: Fork, visits: Sequence[Visit]) -> list[int]:
    """The branches beside `fork`: those that left visits first, then ways on which nobody had anything to do."""
    visited = {other.branch for visit in visits for other in visit.forks if other.id == fork.id}
    ways = range(len(definition.edges_from(fork.split)))
    others = sorted(visited) + [way for way in ways if way not in visited]
    return [branch for branch in others if branch != fork.branch][: fork.of - 1]


def _target(
    definition: Definition,
    marking: Marking,
    token: Token,
    visit: Visit,
    ordered: list[Visit],
    undone: frozenset[int],
) -> ReturnTarget:
    place = regular(visit, ordered)
    again = dict.fromkeys(
        later.node
        for later in ordered
        if later.seq >= place.seq
        and later.executed
        and later.token_id not in undone
        and definition.nodes[later.node].kind in GIVES_CONSENT
        and not concurrent(later.forks, place.forks)
        and not concurrent(later.forks, token.forks)
    )
    given_up = _given_up(token.forks, place.forks)
    cancels = tuple(
        other.id
        for other in marking.everywhere
        if other.id != token.id and any(fork.id in given_up for fork in other.forks)
    )
    # What the cancelled branches had approved must be given again too.
    if cancels:
        again |= dict.fromkeys(
            later.node
            for later in ordered
            if later.seq > place.seq
            and later.executed
            and later.token_id not in undone
            and definition.nodes[later.node].kind in GIVES_CONSENT
            and any(fork.id in given_up for fork in later.forks)
        )
    return ReturnTarget(visit.node, visit.seq, MODES, tuple(again), cancels)


def _given_up(now: tuple[Fork, ...], then: tuple[Fork, ...]) -> frozenset[int]:
    """The forks a token leaves when it goes back from `now` to `then`."""
    return frozenset(fork.id for fork in now[common_forks(now, then) :])


def _forks_again(walk: Walk, now: tuple[Fork, ...], then: tuple[Fork, ...]) -> tuple[Fork, ...]:
    """`then` made live: a fork whose join has already fired is entered again with this branch alone."""
    kept = common_forks(now, then)
    again = tuple(Fork(walk.new_id(), fork.split, fork.branch, 1) for fork in then[kept:])
    return (*then[:kept], *again)


def _token(marking: Marking, token_id: int) -> Token:
    token = marking.token(token_id)
    if token is None:
        raise EngineError("no_token", str(token_id))
    return token
