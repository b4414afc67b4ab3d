"""What a working calendar says, as frozen values, read from JSON. Pure.

{"time_zone": "Asia/Shanghai",
 "week": [[["09:00", "12:00"], ["13:30", "18:00"]], … seven days from Monday],
 "holidays": "CN" (the official tables of that region) or "" (by weekday only),
 "makeup": null (the hours of the first weekday that has any) or [["09:00", "18:00"]],
 "exceptions": [{"from": "2026-02-10", "to": "2026-02-10", "hours": [], "name": "年会"}], the last one wins,
 "day_minutes": null (the commonest length of a weekday) or 480}

An interval whose end is before its begin goes over midnight and belongs to the day it begins on; "24:00" may end one.
Reading finds everything that is wrong, each finding with its code and its place ("week[0][1]").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

DAY = 24 * 60  # minutes
REGIONS = ("CN",)
MOST_INTERVALS = 12
MOST_EXCEPTIONS = 400
LONGEST_NAME = 60
DEFAULT_DAY_MINUTES = 8 * 60


@dataclass(frozen=True, slots=True)
class Interval:
    """Minutes from the day's midnight on the wall clock; `end` is beyond 1440 when it goes over midnight."""

    begin: int
    end: int

    @property
    def minutes(self) -> int:
        return self.end - self.begin

    def to_json(self) -> list[str]:
        return [_clock(self.begin), _clock(self.end if self.end <= DAY else self.end - DAY)]


Hours = tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class OwnDays:
    """An exception: these days, both ends included, have `hours`; none of them is a day off."""

    first: date
    last: date
    hours: Hours
    name: str = ""

    def to_json(self) -> dict[str, Any]:
        ends = {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return {**ends, "hours": hours_json(self.hours), "name": self.name}


@dataclass(frozen=True)
class Definition:
    """A calendar's rules. `week` has seven days from Monday."""

    time_zone: str
    week: tuple[Hours, ...]
    holidays: str = ""
    makeup: Hours | None = None
    exceptions: tuple[OwnDays, ...] = ()
    day_minutes: int | None = None

    @cached_property
    def makeup_hours(self) -> Hours:
        """The hours of a make-up working day."""
        if self.makeup is not None:
            return self.makeup
        return next((hours for hours in self.week if hours), ())

    @property
    def day_seconds(self) -> int:
        """How long "one working day" is; of equally common lengths the longest."""
        if self.day_minutes is not None:
            return self.day_minutes * 60
        lengths = Counter(minutes_of(hours) for hours in self.week if hours)
        longest = max(lengths, key=lambda length: (lengths[length], length), default=DEFAULT_DAY_MINUTES)
        return longest * 60

    def to_json(self) -> dict[str, Any]:
        """The JSON it is read from, in full; `read(d.to_json())` gives `d` again."""
        return {
            "time_zone": self.time_zone,
            "week": [hours_json(hours) for hours in self.week],
            "holidays": self.holidays,
            "makeup": None if self.makeup is None else hours_json(self.makeup),
            "exceptions": [one.to_json() for one in self.exceptions],
            "day_minutes": self.day_minutes,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: a stable code, where ("exceptions[2].hours[0]"), and a sentence."""

    code: str
    place: str
    message: str

    def to_json(self) -> dict[str, str]:
        """As refusals carry it."""
        return {"field": "definition", "code": self.code, "detail": self.message, "place": self.place}


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading gave; `definition` is None when there are findings."""

    definition: Definition | None
    findings: tuple[Finding, ...] = field(default=())


def minutes_of(hours: Hours) -> int:
    """How long these hours are by the wall clock."""
    return sum(one.minutes for one in hours)


def hours_json(hours: Hours) -> list[list[str]]:
    """Intervals as JSON has them."""
    return [one.to_json() for one in hours]


def from_json(stored: Mapping[str, Any]) -> Definition:
    """A definition that was checked before it was stored; nothing is checked again."""
    return Definition(
        time_zone=stored["time_zone"],
        week=tuple(_stored_hours(hours) for hours in stored["week"]),
        holidays=stored.get("holidays") or "",
        makeup=None if stored.get("makeup") is None else _stored_hours(stored["makeup"]),
        exceptions=tuple(
            OwnDays(
                date.fromisoformat(one["from"]),
                date.fromisoformat(one["to"]),
                _stored_hours(one["hours"]),
                one.get("name") or "",
            )
            for one in stored.get("exceptions") or ()
        ),
        day_minutes=stored.get("day_minutes"),
    )


def _stored_hours(stored: list[list[str]]) -> Hours:
    return tuple(interval(minutes(begin), minutes(end)) for begin, end in stored)


def interval(begin: int, end: int) -> Interval:
    """From clock to clock, over midnight when the end is not after the begin."""
    return Interval(begin, end if end > begin else end + DAY)


def minutes(text: str) -> int:
    """ "09:30" as minutes from midnight."""
    return int(text[:2]) * 60 + int(text[3:])


def _clock(value: int) -> str:
    return f"{value // 60:02}:{value % 60:02}"
