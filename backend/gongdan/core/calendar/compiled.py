"""A calendar version as sorted seconds: `add` and `elapsed` by bisection. Pure, and safe to share among threads.

Promise: WorkingTime's. A boundary that a change to daylight-saving time skips is at the moment of the change; of a
boundary the clock shows twice, an interval begins at the first and ends at the second. Years are compiled when they
are first asked for. Measured reason for seconds and prefix sums: every verb reckons several clocks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from threading import Lock
from zoneinfo import ZoneInfo

from gongdan.core.calendar.definition import DAY, Definition, Hours, OwnDays
from gongdan.core.calendar.wall import second_of
from gongdan.core.calendar.working_time import NoWorkingTime, Span

Tables = Mapping[int, Mapping[str, list[str]]]  # {year: {"2026-02-14": ["makeup", "春节"]}}
LOOK_AHEAD = 10  # years
_Interval = tuple[int, int, str]  # UTC seconds, and why they count
ONE_DAY = timedelta(days=1)
WHY_COUNTED = {"work": "hours", "makeup": "makeup", "exception": "exception"}
WHY_NOT = {"work": "outside", "makeup": "outside", "exception": "outside"}  # else the kind itself


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar: kind work, rest, holiday, makeup, exception (own hours) or off (own day off)."""

    kind: str
    name: str = ""
    hours: Hours = ()


@dataclass(frozen=True, slots=True)
class _Reach:
    """What is compiled: right for moments from `low` to before `high` (UTC seconds), the whole years `years`.

    `begins` and `ends` are sorted and apart; `before` is what was counted before each interval, `after` with it.
    """

    low: int = 0
    high: int = 0
    years: range = range(0)
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    def counted(self, moment: int) -> int:
        """Counted seconds from the first interval to `moment`."""
        at = bisect_right(self.begins, moment) - 1
        if at < 0:
            return 0
        return self.before[at] + min(moment, self.ends[at]) - self.begins[at]


class Compiled:
    """A WorkingTime of a definition and the official tables it was made with."""

    def __init__(self, definition: Definition, tables: Tables | None = None) -> None:
        self.definition = definition
        self.day_seconds = definition.day_seconds
        self._zone = ZoneInfo(definition.time_zone)
        self._tables: Tables = (tables or {}) if definition.holidays else {}
        self._by_table = bool(definition.holidays)
        self._lock = Lock()
        self._years: dict[int, list[_Interval]] = {}
        self._reach = _Reach()

    # -- the promise --------------------------------------------------------------------------------------------

    def add(self, start: datetime, seconds: int) -> datetime:
        begin = int(start.timestamp() // 1)
        if seconds <= 0:
            return datetime.fromtimestamp(begin, UTC)
        reach = self._reach
        if not reach.low <= begin < reach.high:
            reach = self._reaching(begin, begin)
        target = reach.counted(begin) + seconds
        if not reach.after or reach.after[-1] < target:
            reach = self._counting(begin, seconds)
            target = reach.counted(begin) + seconds
        at = bisect_left(reach.after, target)
        return datetime.fromtimestamp(reach.ends[at] - (reach.after[at] - target), UTC)

    def elapsed(self, start: datetime, end: datetime) -> int:
        begin, finish = int(start.timestamp() // 1), int(end.timestamp() // 1)
        if finish <= begin:
            return 0
        reach = self._reach
        if begin < reach.low or finish >= reach.high:
            reach = self._reaching(begin, finish)
        return reach.counted(finish) - reach.counted(begin)

    def spans(self, start: datetime, end: datetime) -> list[Span]:
        begin, finish = int(start.timestamp() // 1), int(end.timestamp() // 1)
        joined: list[tuple[int, int, bool, str]] = []
        for piece in self._pieces(begin, finish):
            last = joined[-1] if joined else None
            if last and last[2:] == piece[2:]:
                joined[-1] = (last[0], piece[1], *piece[2:])
            else:
                joined.append(piece)
        return [Span(_moment(first), _moment(last), counted, why) for first, last, counted, why in joined]

    def provisional(self, start: datetime, end: datetime) -> bool:
        if not self._by_table or end.timestamp() <= start.timestamp():
            return False
        years = range(start.astimezone(self._zone).year, end.astimezone(self._zone).year + 1)
        return any(year not in self._tables for year in years)

    # -- days ---------------------------------------------------------------------------------------------------

    def day(self, day: date) -> Day:
        """What kind of day it is and its hours."""
        own = self._own(day)
        if own is not None:
            return Day("exception" if own.hours else "off", own.name, own.hours)
        kind, name = self._tables.get(day.year, {}).get(day.isoformat(), ("", ""))
        if kind == "holiday":
            return Day("holiday", name)
        if kind == "makeup":
            return Day("makeup", name, self.definition.makeup_hours)
        hours = self.definition.week[day.weekday()]
        return Day("work" if hours else "rest", "", hours)

    def has_table(self, year: int) -> bool:
        """Whether the year is certain: its official table is here, or none is asked."""
        return not self._by_table or year in self._tables

    def _own(self, day: date) -> OwnDays | None:
        matching = (one for one in reversed(self.definition.exceptions) if one.first <= day <= one.last)
        return next(matching, None)

    # -- compiling ----------------------------------------------------------------------------------------------

    def _reaching(self, begin: int, finish: int) -> _Reach:
        """The compiled time, made to hold both moments."""
        first = datetime.fromtimestamp(begin, self._zone).year
        last = datetime.fromtimestamp(finish, self._zone).year
        with self._lock:
            years = self._reach.years
            low = min(first, years.start) if years else first
            high = max(last, years.stop - 1) if years else last
            wanted = range(low, high + 1)
            if wanted != years:
                self._reach = self._compile(wanted)
            return self._reach

    def _counting(self, begin: int, seconds: int) -> _Reach:
        """The compiled time, made to hold so many counted seconds after `begin`. Raises NoWorkingTime."""
        first = datetime.fromtimestamp(begin, self._zone).year
        for year in range(first, first + LOOK_AHEAD + 1):
            reach = self._reaching(begin, second_of(date(year, 7, 1), 0, self._zone))
            if reach.after and reach.after[-1] - reach.counted(begin) >= seconds:
                return reach
        raise NoWorkingTime(f"The calendar has no {seconds} s of working time within {LOOK_AHEAD} years.")

    def _compile(self, years: range) -> _Reach:
        low = second_of(date(years.start, 1, 1), 0, self._zone)
        high = second_of(date(years.stop, 1, 1), 0, self._zone)
        found = self._working(date(years.start - 1, 12, 31))  # its night may reach into the first year
        apart = list(_apart([*found, *(one for year in years for one in self._of_year(year))], low))
        after = list(accumulate(end - begin for begin, end, _ in apart))
        before = [0, *after[:-1]] if after else []
        return _Reach(
            low=low,
            high=high,
            years=years,
            begins=[one[0] for one in apart],
            ends=[one[1] for one in apart],
            whys=[one[2] for one in apart],
            before=before,
            after=after,
        )

    def _of_year(self, year: int) -> list[_Interval]:
        if year not in self._years:
            first = date(year, 1, 1)
            days = (date(year + 1, 1, 1) - first).days
            found = [one for number in range(days) for one in self._working(first + number * ONE_DAY)]
            self._years[year] = found
        return self._years[year]

    def _working(self, day: date) -> Iterator[_Interval]:
        found = self.day(day)
        for one in found.hours:
            begin = second_of(day, one.begin, self._zone)
            end = second_of(day, one.end, self._zone, last=one.end != DAY)
            yield begin, end, WHY_COUNTED[found.kind]

    # -- receipts -----------------------------------------------------------------------------------------------

    def _pieces(self, begin: int, finish: int) -> Iterator[tuple[int, int, bool, str]]:
        """Begin to finish without a gap; neighbours may be alike."""
        if finish <= begin:
            return
        reach = self._reaching(begin, finish)
        at = bisect_right(reach.ends, begin)
        while begin < finish:
            opens = reach.begins[at] if at < len(reach.begins) else finish
            if begin < opens:
                yield from self._waiting(begin, min(opens, finish))
            if opens >= finish:
                return
            end = min(reach.ends[at], finish)
            yield max(begin, opens), end, True, reach.whys[at]
            begin, at = end, at + 1

    def _waiting(self, begin: int, finish: int) -> Iterator[tuple[int, int, bool, str]]:
        """Time that does not count, by the days it lies in."""
        while begin < finish:
            day = datetime.fromtimestamp(begin, self._zone).date()
            end = min(finish, second_of(day + ONE_DAY, 0, self._zone))
            if end <= begin:  # the clock shows the end of this day twice
                end = min(finish, second_of(day + ONE_DAY, 0, self._zone, last=True))
            kind = self.day(day).kind
            yield begin, end, False, WHY_NOT.get(kind, kind)
            begin = end


def _apart(intervals: Iterable[_Interval], low: int) -> Iterator[_Interval]:
    """The intervals from `low` on, none reaching into the one after it; the earlier one keeps what both claim."""
    last = low
    for begin, end, why in intervals:
        if end > last:
            yield max(begin, last), end, why
            last = end


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
