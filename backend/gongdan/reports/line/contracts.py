"""What is asked of the line's measures, the sums they are made of, and the measures. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
By = Literal["none", "queue", "person", "hour", "day"]
NO_QUEUE = "-"  # the key of what rang somebody without standing in a queue; in the tables ""


@dataclass(frozen=True, slots=True)
class Rules:
    """How the line is run: seconds, and calls a day. `service` is each queue's X by (system id, name)."""

    short_abandon_seconds: int
    long_call_seconds: int
    daily_target: int
    service: dict[tuple[int, str], int]
    service_seconds: int = 20  # of queues nobody set up, and of calls without a queue

    def service_of(self, system_id: int, queue: str) -> int:
        return self.service.get((system_id, queue), self.service_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Local days from `since` to `until`, both included. `staff_ids`: only these people's work (None: everybody's).

    `queue` is a queue's name, in whatever system; "" is what stood in none, None narrows nothing. `now` ends what is
    under way.
    """

    since: date
    until: date
    now: datetime
    zone: str
    by: By = "none"
    queue: str | None = None
    staff_ids: frozenset[int] | None = None

    @property
    def begin(self) -> datetime:
        return self._local(self.since)

    @property
    def end(self) -> datetime:
        """The first moment after the range."""
        return self._local(self.until + timedelta(days=1))

    def _local(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.zone))

    def edges(self, by: By) -> list[datetime]:
        """Where the range's local hours or days begin, in order, and its end."""
        if by == "day":
            days = (self.until - self.since).days + 2
            return [self._local(self.since + timedelta(days=number)) for number in range(days)]
        begin, end = self.begin.astimezone(UTC), self.end.astimezone(UTC)
        return [begin + HOUR * number for number in range(-((begin - end) // HOUR))] + [end]

    def key_of(self, edge: datetime) -> str:
        """What the hour or day that begins then is counted under: "09", of all days, or "2026-11-22"."""
        local = edge.astimezone(ZoneInfo(self.zone))
        return f"{local:%H}" if self.by == "hour" else local.date().isoformat()

    @property
    def of_line(self) -> bool:
        """Whether the figures of the line as a whole can be told: what nobody took is nobody's."""
        return self.staff_ids is None and self.by != "person"

    @property
    def of_presence(self) -> bool:
        """Whether figures over presence can be told: people stand to the line, not to one queue of it."""
        return self.queue is None and self.by != "queue"


@dataclass(slots=True)
class Sums:
    """What is counted and added up; everything else is division. `staffed` in microseconds, other times in seconds."""

    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    short_abandoned: int = 0
    overflowed: int = 0
    waiting: int = 0
    within: int = 0  # answered within the queue's X
    waited: int = 0  # by those answered
    longest: int = 0
    handled: int = 0  # inbound talks of people
    handled_over: int = 0  # of them, those that ended
    missed: int = 0
    talk: int = 0  # of those that ended, as hold, wrap-up and over-long
    hold: int = 0
    wrap_up: int = 0
    over_long: int = 0
    outbound: int = 0
    outbound_answered: int = 0
    worked: int = 0  # talk, hold and wrap-up of every talk that ended, whoever called
    staffed: int = 0
    person_days: int = 0

    def add(self, other: Sums) -> None:
        """Put other sums to these; the longest wait is the longer one."""
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            setattr(self, one.name, max(mine, theirs) if one.name == "longest" else mine + theirs)


def measures(sums: Sums, rules: Rules, asked: Asked, service_seconds: int | None) -> dict[str, Any]:
    """The measures by name; a rate is None when there is nothing to divide, a figure None when it cannot be told.

    See docs/measures.md. `service_seconds`: the X, if all queues counted have the same.
    """
    found = _of_people(sums, rules)
    found |= _of_line(sums, service_seconds) if asked.of_line else {"answered": sums.handled}
    found |= _of_presence(sums, asked) if asked.of_presence else {}
    return {**dict.fromkeys(NAMES), **found}


def _of_line(sums: Sums, service_seconds: int | None) -> dict[str, Any]:
    decided = sums.answered + sums.abandoned
    return {
        "offered": sums.offered,
        "answered": sums.answered,
        "abandoned": sums.abandoned,
        "short_abandoned": sums.short_abandoned,
        "overflowed": sums.overflowed,
        "waiting": sums.waiting,
        "abandon_rate": _ratio(sums.abandoned, decided),
        "asa_seconds": _ratio(sums.waited, sums.answered, 1),
        "service_level": _ratio(sums.within, decided),
        "service_level_offered": _ratio(sums.within, sums.offered),
        "service_level_answered": _ratio(sums.within, sums.answered),
        "service_seconds": service_seconds,
        "longest_wait_seconds": sums.longest,
    }


def _of_people(sums: Sums, rules: Rules) -> dict[str, Any]:
    over = sums.handled_over
    return {
        "handled": sums.handled,
        "missed": sums.missed,
        "aht_seconds": _ratio(sums.talk + sums.hold + sums.wrap_up, over, 1),
        "talk_seconds_avg": _ratio(sums.talk, over, 1),
        "hold_seconds_avg": _ratio(sums.hold, over, 1),
        "wrap_up_seconds_avg": _ratio(sums.wrap_up, over, 1),
        "over_long_share": _ratio(sums.over_long, over),
        "long_seconds": rules.long_call_seconds,
        "outbound": sums.outbound,
        "outbound_answered": sums.outbound_answered,
        "daily_target": rules.daily_target,
    }


def _of_presence(sums: Sums, asked: Asked) -> dict[str, Any]:
    found: dict[str, Any] = {
        "occupancy": _ratio(sums.worked * 1_000_000, sums.staffed),
        "worked_seconds": sums.worked,
        "staffed_seconds": sums.staffed // 1_000_000,
    }
    if asked.by == "hour":
        return found
    per_day = _ratio(sums.handled, sums.person_days, 1)
    return found | {"person_days": sums.person_days, "calls_per_person_day": per_day}


def _ratio(part: int, whole: int, places: int = 4) -> float | None:
    return round(part / whole, places) if whole else None


NAMES = (
    *("offered", "answered", "abandoned", "short_abandoned", "overflowed", "waiting", "missed", "handled"),
    *("abandon_rate", "asa_seconds", "longest_wait_seconds"),
    *("service_level", "service_level_offered", "service_level_answered", "service_seconds"),
    *("aht_seconds", "talk_seconds_avg", "hold_seconds_avg", "wrap_up_seconds_avg"),
    *("over_long_share", "long_seconds", "outbound", "outbound_answered"),
    *("occupancy", "worked_seconds", "staffed_seconds"),
    *("person_days", "calls_per_person_day", "daily_target"),
)
