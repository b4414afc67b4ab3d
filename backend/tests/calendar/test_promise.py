"""What `add`, `elapsed` and `spans` promise, for any calendar, zone and moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gongdan.core.calendar.compiled import Compiled
from gongdan.core.calendar.reading import read
from tests.calendar.samples import china

ZONES = [
    *("Asia/Shanghai", "UTC", "America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Havana"),
    *("Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia", "America/St_Johns"),
]
BASE = datetime(2010, 1, 1, tzinfo=UTC)
DAY = 24 * 60


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def hours(draw: st.DrawFn) -> list[list[str]]:
    """Up to three intervals of one day, the last one perhaps until 24:00."""
    marks = sorted(draw(st.sets(st.integers(0, DAY), max_size=6)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [[clock(begin), clock(end)] for begin, end in pairs]


@st.composite
def nights(draw: st.DrawFn) -> list[list[str]]:
    """One interval over midnight that leaves the next day's begin free."""
    return [[clock(draw(st.integers(18 * 60, DAY - 1))), clock(draw(st.integers(0, 6 * 60)))]]


@st.composite
def weeks(draw: st.DrawFn) -> list[list[list[str]]]:
    day = draw(st.sampled_from([hours(), nights()])) if draw(st.booleans()) else hours()
    return [draw(day) if draw(st.booleans()) else [] for _ in range(7)]


@st.composite
def calendars(draw: st.DrawFn) -> Compiled:
    first = (BASE + timedelta(days=draw(st.integers(0, 9000)))).date()
    own = {
        "from": first.isoformat(),
        "to": (first + timedelta(days=draw(st.integers(0, 20)))).isoformat(),
        "hours": draw(hours()),
        "name": "",
    }
    raw: dict[str, Any] = {
        "time_zone": draw(st.sampled_from(ZONES)),
        "week": draw(weeks()),
        "holidays": draw(st.sampled_from(["", "CN"])),
        "exceptions": [own],
    }
    raw["week"][draw(st.integers(0, 6))] = [["08:00", "12:00"]]  # never a week without any hours
    reading = read(raw)
    if reading.definition is None:  # a night met a morning: without nights it is in order
        raw["week"] = [[["09:00", "12:00"], ["13:30", "18:00"]]] * 5 + [[], []]
        reading = read(raw)
    assert reading.definition is not None, reading.findings
    return Compiled(reading.definition, china())


moments = st.integers(0, 16 * 366 * 86_400).map(lambda seconds: BASE + timedelta(seconds=seconds))
stretches = st.integers(0, 400 * 86_400).map(lambda seconds: timedelta(seconds=seconds))
amounts = st.integers(1, 60 * 8 * 3600)


@settings(max_examples=300)
@given(calendars(), moments, amounts)
def test_elapsed_undoes_add(calendar: Compiled, start: datetime, seconds: int) -> None:
    due = calendar.add(start, seconds)
    assert due > start
    assert calendar.elapsed(start, due) == seconds
    assert calendar.elapsed(start, due - timedelta(seconds=1)) == seconds - 1  # the earliest such moment


@settings(max_examples=300)
@given(calendars(), moments, stretches)
def test_add_undoes_elapsed_within_working_time(
    calendar: Compiled, start: datetime, length: timedelta
) -> None:
    end = start + length
    back = calendar.add(start, calendar.elapsed(start, end))
    assert start <= back <= end
    last = calendar.spans(end - timedelta(seconds=1), end)[0]
    if last.counted and end > start:
        assert back == end
    assert calendar.elapsed(start, back) == calendar.elapsed(start, end)


@settings(max_examples=300)
@given(calendars(), moments, stretches, stretches)
def test_elapsed_adds_up_and_never_falls(
    calendar: Compiled, start: datetime, first: timedelta, second: timedelta
) -> None:
    middle, end = start + first, start + first + second
    assert calendar.elapsed(start, middle) + calendar.elapsed(middle, end) == calendar.elapsed(start, end)
    assert 0 <= calendar.elapsed(start, middle) <= calendar.elapsed(start, end)
    assert calendar.elapsed(start, end) <= int((end - start).total_seconds())


@settings(max_examples=300)
@given(calendars(), moments, stretches, amounts, amounts)
def test_add_is_monotone_and_adds_up(
    calendar: Compiled, start: datetime, later: timedelta, one: int, other: int
) -> None:
    assert calendar.add(start, one) <= calendar.add(start + later, one)
    assert calendar.add(start, one) < calendar.add(start, one + other)
    assert calendar.add(calendar.add(start, one), other) == calendar.add(start, one + other)


@settings(max_examples=300)
@given(calendars(), moments, st.integers(1, 60 * 86_400))
def test_spans_leave_no_gap_and_sum_to_elapsed(calendar: Compiled, start: datetime, seconds: int) -> None:
    end = start + timedelta(seconds=seconds)
    spans = calendar.spans(start, end)
    assert spans[0].start == start
    assert spans[-1].end == end
    assert all(span.start < span.end for span in spans)
    for before, after in pairwise(spans):
        assert before.end == after.start
        assert (before.counted, before.why) != (after.counted, after.why)
    assert sum(span.seconds for span in spans if span.counted) == calendar.elapsed(start, end)
    assert {span.why for span in spans if span.counted} <= {"hours", "makeup", "exception"}
    assert {span.why for span in spans if not span.counted} <= {"outside", "rest", "holiday", "off"}


@settings(max_examples=100)
@given(calendars(), moments, amounts, st.integers(1, 999_999))
def test_fractions_of_a_second_are_cut_off(
    calendar: Compiled, start: datetime, seconds: int, micros: int
) -> None:
    within = start + timedelta(microseconds=micros)
    assert calendar.add(within, seconds) == calendar.add(start, seconds)
    assert calendar.elapsed(start, within) == 0


@settings(max_examples=20)
@given(calendars(), st.lists(moments, min_size=16, max_size=16))
def test_threads_that_ask_at_once_get_what_one_would(calendar: Compiled, starts: list[datetime]) -> None:
    """Years are compiled while others reckon."""
    fresh = Compiled(calendar.definition, china())
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda start: fresh.add(start, 3600), starts))
    assert found == [calendar.add(start, 3600) for start in starts]
