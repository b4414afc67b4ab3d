"""A verb reckons several clocks: over a year's span, with a warm calendar, `add` and `elapsed` take microseconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import perf_counter_ns
from typing import Any

from tests.calendar.samples import NOW, compiled

YEAR = timedelta(days=365)
WORKED = 250 * 27_000  # seconds, about a year's
MOST = 20_000  # nanoseconds at the median


def took(call: Callable[[Any], object]) -> float:
    times = []
    for hours in range(2_000):
        start = NOW - timedelta(days=700) + timedelta(hours=hours)
        begun = perf_counter_ns()
        call(start)
        times.append(perf_counter_ns() - begun)
    return median(times)


def test_a_years_span_is_reckoned_in_microseconds() -> None:
    calendar = compiled()
    calendar.elapsed(NOW - 3 * YEAR, NOW + 2 * YEAR)  # warm
    assert took(lambda start: calendar.elapsed(start, start + YEAR)) < MOST
    assert took(lambda start: calendar.add(start, WORKED)) < MOST
