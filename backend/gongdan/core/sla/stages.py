"""What happens on a clock's way, and when: yellow cards, the limit's red card, the steps of the ladder. Pure.

A stage's `after` is counted seconds from the clock's start. Stages of one clock are in order of time; at the same
moment the card comes before what the ladder does about it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from gongdan.core.calendar.duration import Duration
from gongdan.core.sla.contracts import Do, Lead, Limit, Rung

Kind = Literal["yellow", "red", "step"]
_ORDER = {"yellow": 0, "red": 1, "step": 2}


@dataclass(frozen=True, slots=True)
class Stage:
    """`do` is [what, whom] for each thing an escalation does; cards have none."""

    after: int
    kind: Kind
    do: tuple[tuple[str, str], ...] = ()


def limit_seconds(limit: Limit, day_seconds: int) -> int:
    """The limit in counted seconds of its own time."""
    return Duration(limit.amount, limit.unit, limit.working).seconds(day_seconds)


def stages_of(limit: Limit, day_seconds: int, seconds: int | None = None) -> tuple[Stage, ...]:
    """All stages of a limit. `seconds` is a limit that was extended; leads and steps keep their distance to it.

    Leads that come out alike (a day and eight hours, in a calendar of eight hours a day) give one card.
    """
    whole = limit_seconds(limit, day_seconds) if seconds is None else seconds
    length = _length(limit, day_seconds, whole)
    leads = {length(lead) for lead in limit.yellow}
    found = [Stage(whole - lead, "yellow") for lead in leads if lead < whole]
    found.append(Stage(whole, "red"))
    found += [Stage(max(0, _place(rung, whole, length)), "step", _done(rung.do)) for rung in limit.ladder]
    return in_order(found)


def in_order(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    return tuple(sorted(stages, key=lambda stage: (stage.after, _ORDER[stage.kind])))


def _length(limit: Limit, day_seconds: int, whole: int) -> Callable[[Lead | Rung], int]:
    def length(of: Lead | Rung) -> int:
        if of.unit == "percent":
            return whole * of.amount // 100
        return Duration(of.amount, of.unit, limit.working).seconds(day_seconds)

    return length


def _place(rung: Rung, whole: int, length: Callable[[Lead | Rung], int]) -> int:
    return whole + {"before": -1, "at": 0, "after": 1}[rung.when] * length(rung)


def _done(do: Sequence[Do]) -> tuple[tuple[str, str], ...]:
    return tuple((one.what, one.whom or "") for one in do)


def extended(stages: Sequence[Stage], old: int, new: int) -> tuple[Stage, ...]:
    """The stages of a clock whose limit went from `old` to `new` counted seconds: all move with it."""
    return in_order([Stage(max(0, one.after + new - old), one.kind, one.do) for one in stages])


def next_index(stages: Sequence[Stage], used: int) -> int:
    """The first stage that lies after `used` counted seconds."""
    return sum(1 for one in stages if one.after <= used)


def to_json(stages: Sequence[Stage]) -> list[list[Any]]:
    return [[one.after, one.kind, [list(pair) for pair in one.do]] for one in stages]


def from_json(data: Sequence[Sequence[Any]]) -> tuple[Stage, ...]:
    return tuple(Stage(after, kind, tuple((what, whom) for what, whom in do)) for after, kind, do in data)
