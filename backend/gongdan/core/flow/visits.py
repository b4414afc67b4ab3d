"""A ticket's past in its flow: its stays at nodes, which of them still count, and which were side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongdan.core.flow.marking import Fork, Straight, Token


@dataclass(frozen=True, slots=True)
class Visit:
    """A ticket's stay at a node. `seq` grows with arrival; `left`: it is over, `why` as in Leaving.

    `touched`: somebody accepted it or worked on it. The rest is the token's (see `Visit.of`).
    """

    token_id: int
    node: str
    kind: str
    forks: tuple[Fork, ...] = ()
    seq: int = 0
    left: bool = False
    handler_id: int | None = None
    department_id: int | None = None
    touched: bool = False
    why: str = "processed"
    cause: int = 0
    returned: bool = False
    straight_to: Straight | None = None

    @classmethod
    def of(
        cls,
        token: Token,
        kind: str,
        *,
        seq: int | None = None,
        left: bool = False,
        why: str = "processed",
        handler_id: int | None = None,
        department_id: int | None = None,
        touched: bool = False,
    ) -> Visit:
        """The visit of `token`; without `seq` the token's id gives the order."""
        return cls(
            token_id=token.id,
            node=token.node,
            kind=kind,
            forks=token.forks,
            seq=token.id if seq is None else seq,
            left=left,
            handler_id=handler_id,
            department_id=department_id,
            touched=touched,
            why=why,
            cause=token.cause,
            returned=token.returned,
            straight_to=token.straight_to,
        )

    @property
    def executed(self) -> bool:
        return self.left and self.why == "processed"


def undone_tokens(ordered: Iterable[Visit]) -> frozenset[int]:
    """Tokens whose work an earlier redo has taken back: from its target on, but not in branches beside it."""
    undone: set[int] = set()
    seen: dict[int, Visit] = {}
    for visit in ordered:
        source = seen.get(visit.cause)
        if visit.returned and visit.straight_to is None and source is not None:
            target = _last_at(visit.node, source, seen.values(), undone)
            if target is not None:
                undone |= _from(regular(target, seen.values()), seen.values())
        seen[visit.token_id] = visit
    return frozenset(undone)


def regular(visit: Visit, visits: Iterable[Visit]) -> Visit:
    """The last stay at this node by the regular way, `visit` itself unless it came by a straight return.

    A straight return puts a token where it does not belong and takes it back; what follows from the node, and
    which splits lie around it, is told by the stay before.
    """
    if visit.straight_to is None:
        return visit
    earlier = [
        v
        for v in visits
        if v.node == visit.node
        and v.executed
        and v.straight_to is None
        and v.seq < visit.seq
        and not beside(v.forks, visit.forks)
    ]
    return max(earlier, key=lambda v: v.seq, default=visit)


def _from(target: Visit, seen: Iterable[Visit]) -> set[int]:
    return {v.token_id for v in seen if v.seq >= target.seq and not concurrent(v.forks, target.forks)}


def _last_at(node: str, source: Visit, seen: Iterable[Visit], undone: set[int]) -> Visit | None:
    found = [
        v
        for v in seen
        if v.node == node
        and v.executed
        and v.seq < source.seq
        and v.token_id not in undone
        and not beside(v.forks, source.forks)
    ]
    return max(found, key=lambda v: v.seq, default=None)


def concurrent(one: tuple[Fork, ...], other: tuple[Fork, ...]) -> bool:
    """Whether two stays were on different branches of the same fork."""
    branches = {fork.id: fork.branch for fork in one}
    return any(branches.get(fork.id, fork.branch) != fork.branch for fork in other)


def beside(one: tuple[Fork, ...], other: tuple[Fork, ...]) -> bool:
    """As `concurrent`, but a split that was entered again counts as the same: its branches are side by side."""
    branches = {fork.split: fork.branch for fork in one}
    return any(branches.get(fork.split, fork.branch) != fork.branch for fork in other)


def common_forks(one: tuple[Fork, ...], other: tuple[Fork, ...]) -> int:
    """How many forks, outermost first, both are on."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count
