"""Who is to be asked before which verb: the active interceptors in their order, kept in memory by each process.

Promise: asking the book costs a look-up, and no statement while the reference cache is warm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from gongdan.core.conditions import Condition, ConditionError, matches, parse
from gongdan.kernel import reference
from gongdan.kernel.signing import KeyRing
from gongdan.modules.interception.models import Interceptor


@dataclass(frozen=True, slots=True)
class Resting:
    """Left alone until then, for the `times`th time in a row."""

    until: datetime
    times: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An interceptor as asking needs it. `seconds` is its time limit; `target` an address or an entry point's name."""

    id: int
    name: str
    kind: Literal["http", "python"]
    target: str
    verbs: frozenset[str]
    condition: Condition | None
    seconds: float
    closed: bool
    may_change: frozenset[str]
    networks: tuple[str, ...]
    keys: KeyRing
    version: int
    rest: Resting | None

    def concerned(self, facts: Mapping[str, object]) -> bool:
        """Whether its condition holds."""
        return self.condition is None or matches(self.condition, facts)


@dataclass(frozen=True, slots=True)
class Book:
    """`of_all`: those who are asked about every verb; `by_verb`: for verbs that somebody names, all who are asked."""

    of_all: tuple[Entry, ...]
    by_verb: Mapping[str, tuple[Entry, ...]]


def asked_about(verb: str) -> tuple[Entry, ...]:
    """The interceptors of a verb, in their order."""
    book = reference.get("interception.book", _load)
    return book.by_verb.get(verb, book.of_all)


def _load() -> Book:
    rows = Interceptor.objects.filter(active=True).select_related("rest").order_by("position", "id")
    entries = [entry_of(row) for row in rows]
    named = frozenset(verb for one in entries for verb in one.verbs)
    return Book(
        tuple(one for one in entries if not one.verbs),
        {verb: tuple(one for one in entries if not one.verbs or verb in one.verbs) for verb in named},
    )


def entry_of(row: Interceptor) -> Entry:
    """A row as asking needs it."""
    rest = getattr(row, "rest", None)
    return Entry(
        id=row.pk,
        name=row.name,
        kind="http" if row.kind == "http" else "python",
        target=row.address or row.entry_point,
        verbs=frozenset(row.verbs),
        condition=_condition(row.condition),
        seconds=row.timeout_ms / 1000,
        closed=row.on_failure == "closed",
        may_change=frozenset(row.may_change),
        networks=tuple(row.allowed_networks),
        keys=row.keys,
        version=row.version,
        rest=Resting(rest.until, rest.times) if rest else None,
    )


def _condition(text: str) -> Condition | None:
    """What was checked when it was written; if another release no longer understands it, the interceptor is asked."""
    try:
        return parse(text) if text.strip() else None
    except ConditionError:
        return None
