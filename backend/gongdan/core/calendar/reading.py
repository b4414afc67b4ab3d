"""Reading a calendar's JSON with everything that is wrong in it. Pure.

Promise: what `read` lets through is a definition whose intervals are not empty and do not overlap, within a day and from
one day of the week to the next; everything else comes back as findings, all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from gongdan.core.calendar.definition import (
    DAY,
    LONGEST_NAME,
    MOST_EXCEPTIONS,
    MOST_INTERVALS,
    REGIONS,
    Definition,
    Finding,
    Hours,
    Interval,
    OwnDays,
    Reading,
    interval,
    minutes,
)
from gongdan.kernel.text import unusable_text

KEYS = frozenset({"time_zone", "week", "holidays", "makeup", "exceptions", "day_minutes"})
OWN_KEYS = frozenset({"from", "to", "hours", "name"})
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
EARLIEST, LATEST = 2000, 2100  # years
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def read(raw: Any) -> Reading:
    """The definition in `raw`, or what is wrong with it."""
    reader = _Reader()
    definition = reader.definition(raw)
    if definition is not None and not reader.findings:
        reader.findings += _over_midnight(definition)
    findings = tuple(reader.findings)
    return Reading(None if findings else definition, findings)


def read_hours(raw: Any, place: str = "hours") -> tuple[Hours, tuple[Finding, ...]]:
    """One day's intervals, or what is wrong with them."""
    reader = _Reader()
    return reader.hours(raw, place), tuple(reader.findings)


class _Reader:
    """Collects findings while it reads; what cannot be read comes back empty."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def wrong(self, code: str, place: str, message: str) -> None:
        self.findings.append(Finding(code, place, message))

    def definition(self, raw: Any) -> Definition | None:
        if not isinstance(raw, Mapping):
            self.wrong("bad_shape", "definition", "a calendar is an object")
            return None
        for key in sorted(set(raw) - KEYS):
            name = str(key)[:LONGEST_NAME]
            self.wrong("unknown_key", name, f"a calendar has no “{name}”")
        makeup = raw.get("makeup")
        return Definition(
            time_zone=self.time_zone(raw.get("time_zone")),
            week=self.week(raw.get("week")),
            holidays=self.region(raw.get("holidays", "")),
            makeup=None if makeup is None else self.hours(makeup, "makeup"),
            exceptions=self.exceptions(raw.get("exceptions", [])),
            day_minutes=self.day_minutes(raw.get("day_minutes")),
        )

    def time_zone(self, raw: Any) -> str:
        if not isinstance(raw, str) or not _is_zone(raw):
            self.wrong("unknown_time_zone", "time_zone", f"there is no time zone {raw!r}")
            return "UTC"
        return raw

    def region(self, raw: Any) -> str:
        if raw is None or raw == "" or raw in REGIONS:
            return raw or ""
        self.wrong("unknown_region", "holidays", f"there are no official tables for {raw!r}")
        return ""

    def week(self, raw: Any) -> tuple[Hours, ...]:
        if not isinstance(raw, list) or len(raw) != len(WEEKDAYS):
            self.wrong("bad_shape", "week", "a week is a list of seven days from Monday")
            return ((),) * len(WEEKDAYS)
        return tuple(self.hours(day, f"week[{number}]") for number, day in enumerate(raw))

    def day_minutes(self, raw: Any) -> int | None:
        if raw is None:
            return None
        if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= DAY:
            self.wrong("bad_day_length", "day_minutes", f"a working day has 1 to {DAY} minutes")
            return None
        return raw

    def hours(self, raw: Any, place: str) -> Hours:
        if not isinstance(raw, list):
            self.wrong("bad_shape", place, "a day is a list of intervals")
            return ()
        if len(raw) > MOST_INTERVALS:
            self.wrong("too_many_intervals", place, f"a day has at most {MOST_INTERVALS} intervals")
            return ()
        read = [(self.interval(one, f"{place}[{number}]"), number) for number, one in enumerate(raw)]
        found = sorted(((one, number) for one, number in read if one), key=lambda pair: pair[0].begin)
        for (before, _), (after, number) in pairwise(found):
            if after.begin < before.end:
                first, second = "–".join(before.to_json()), "–".join(after.to_json())
                message = f"{second} overlaps {first}"
                self.wrong("overlapping_intervals", f"{place}[{number}]", message)
        return tuple(one for one, _ in found)

    def interval(self, raw: Any, place: str) -> Interval | None:
        if not isinstance(raw, list | tuple) or len(raw) != 2:
            self.wrong("bad_shape", place, "an interval is a begin and an end")
            return None
        begin, end = raw
        bad = [one for one in raw if not isinstance(one, str) or not CLOCK.fullmatch(one)]
        if bad or begin == "24:00":
            self.wrong("bad_time", place, f"{(bad or [begin])[0]!r} is not a time like 09:00")
            return None
        if begin == end:
            self.wrong("empty_interval", place, f"{begin}–{end} is empty; a whole day is 00:00–24:00")
            return None
        return interval(minutes(begin), minutes(end))

    def exceptions(self, raw: Any) -> tuple[OwnDays, ...]:
        if not isinstance(raw, list):
            self.wrong("bad_shape", "exceptions", "exceptions are a list")
            return ()
        if len(raw) > MOST_EXCEPTIONS:
            self.wrong("too_many_exceptions", "exceptions", f"there are at most {MOST_EXCEPTIONS} exceptions")
            return ()
        read = [self.own_days(one, f"exceptions[{number}]") for number, one in enumerate(raw)]
        return tuple(one for one in read if one)

    def own_days(self, raw: Any, place: str) -> OwnDays | None:
        if not isinstance(raw, Mapping) or set(raw) - OWN_KEYS or not {"from", "to", "hours"} <= set(raw):
            self.wrong("bad_shape", place, "an exception has from, to, hours and name")
            return None
        first, last = self.day(raw["from"], f"{place}.from"), self.day(raw["to"], f"{place}.to")
        hours = self.hours(raw["hours"], f"{place}.hours")
        name = raw.get("name", "")
        if not isinstance(name, str) or len(name) > LONGEST_NAME or unusable_text(name):
            self.wrong("bad_shape", f"{place}.name", f"a name has at most {LONGEST_NAME} characters")
            return None
        if first is None or last is None:
            return None
        if first > last:
            self.wrong("dates_backwards", place, f"{first} is after {last}")
            return None
        return OwnDays(first, last, hours, name.strip())

    def day(self, raw: Any, place: str) -> date | None:
        try:
            found = date.fromisoformat(raw)
        except (TypeError, ValueError):
            found = None
        if found is None or not EARLIEST <= found.year <= LATEST:
            message = f"{raw!r} is not a date like 2026-02-10, from {EARLIEST} to {LATEST}"
            self.wrong("bad_date", place, message)
            return None
        return found


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # a name like a path, a folder, or none at all
        return False
    return True


def _over_midnight(definition: Definition) -> Iterator[Finding]:
    """Nights of the week that meet the hours of the next day."""
    for number, hours in enumerate(definition.week):
        after = definition.week[(number + 1) % len(WEEKDAYS)]
        for message in meeting(hours, after):
            place = f"week[{number}][{len(hours) - 1}]"
            yield Finding("night_meets_next_day", place, f"{WEEKDAYS[number]}: {message}")


def meeting(hours: Hours, after: Hours) -> Iterator[str]:
    """A sentence when the night of one day goes on into the hours of the day after."""
    if hours and after and hours[-1].end - DAY > after[0].begin:
        night, day = "–".join(hours[-1].to_json()), "–".join(after[0].to_json())
        yield f"the night {night} overlaps the next day's {day}"
