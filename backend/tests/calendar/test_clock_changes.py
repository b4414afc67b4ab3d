"""Nights, and the days on which the clock is put forward or back."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import pytest

from gongdan.core.calendar.working_time import NoWorkingTime
from tests.calendar.samples import at, compiled

HOUR = 3600
ROUND = {"week": [[["00:00", "24:00"]]] * 7, "holidays": ""}


def daily(zone: str, *hours: tuple[str, str]) -> dict[str, Any]:
    """The same hours on every day of the week."""
    return {"time_zone": zone, "week": [[list(one) for one in hours]] * 7, "holidays": ""}


# (zone, interval, the day it begins on, counted hours)
CHANGES = [
    ("America/New_York", ("00:00", "24:00"), "2026-03-08", 23),
    ("America/New_York", ("00:00", "24:00"), "2026-11-01", 25),
    ("America/New_York", ("01:00", "04:00"), "2026-03-08", 2),
    ("America/New_York", ("02:00", "03:00"), "2026-03-08", 0),  # never on the clock
    ("America/New_York", ("02:30", "04:30"), "2026-03-08", 1.5),  # begins at the change
    ("America/New_York", ("01:00", "02:30"), "2026-03-08", 1),  # ends at the change
    ("America/New_York", ("01:00", "02:00"), "2026-11-01", 2),  # the hour that is there twice
    ("America/New_York", ("01:30", "03:00"), "2026-11-01", 2.5),
    ("America/New_York", ("00:00", "01:30"), "2026-11-01", 2.5),  # ends at the second 01:30
    ("America/New_York", ("22:00", "06:00"), "2026-03-07", 7),
    ("America/New_York", ("22:00", "06:00"), "2026-10-31", 9),
    ("Europe/London", ("22:00", "06:00"), "2026-03-28", 7),
    ("Europe/London", ("22:00", "06:00"), "2026-10-24", 9),
    ("Australia/Lord_Howe", ("00:00", "24:00"), "2026-04-05", 24.5),  # half an hour only
    ("Australia/Lord_Howe", ("00:00", "24:00"), "2026-10-04", 23.5),
    ("America/Havana", ("00:00", "24:00"), "2026-03-08", 23),  # midnight itself is skipped
    ("America/Havana", ("00:00", "24:00"), "2026-11-01", 25),  # and shown twice
    ("America/Havana", ("00:00", "24:00"), "2026-10-31", 24),  # the day before ends at the first of the two
    ("Pacific/Apia", ("09:00", "17:00"), "2011-12-30", 0),  # a day that was left out
    ("Pacific/Apia", ("22:00", "06:00"), "2011-12-29", 2),
    ("Asia/Shanghai", ("22:00", "06:00"), "2026-03-07", 8),
]


@pytest.mark.parametrize(("zone", "interval", "day", "hours"), CHANGES)
def test_hours_on_a_day_when_the_clock_changes(
    zone: str, interval: tuple[str, str], day: str, hours: float
) -> None:
    """Only that day has hours, so everything counted is its own."""
    one = {"from": day, "to": day, "hours": [list(interval)], "name": ""}
    calendar = compiled({"time_zone": zone, "week": [[]] * 7, "holidays": "", "exceptions": [one]})
    year = date.fromisoformat(day).year
    assert (
        calendar.elapsed(at(f"{year}-01-01 00:00", zone), at(f"{year + 1}-01-01 00:00", zone)) == hours * HOUR
    )


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Havana"]
)
def test_days_round_the_clock_neither_lose_nor_invent_a_second(zone: str) -> None:
    calendar = compiled({"time_zone": zone, **ROUND})
    start, end = at("2025-06-01 00:00", zone), at("2027-06-01 12:34:56", zone)
    assert calendar.elapsed(start, end) == int(end.timestamp() - start.timestamp())
    assert len(calendar.spans(start, end)) == 1


def test_the_first_and_the_second_time_of_a_repeated_hour_are_an_hour_apart() -> None:
    calendar = compiled({"time_zone": "America/New_York", **ROUND})
    zone = "America/New_York"
    first, second = at("2026-11-01 01:30", zone), at("2026-11-01 01:30", zone, fold=1)
    assert calendar.elapsed(first, second) == HOUR
    assert calendar.add(first, HOUR) == second.astimezone(UTC)  # Python compares a repeated hour only in UTC


def test_intervals_that_meet_in_a_repeated_hour_count_it_once() -> None:
    hours = [["00:30", "01:30"], ["01:30", "03:00"]]
    one = {"from": "2026-11-01", "to": "2026-11-01", "hours": hours, "name": ""}
    zone = "America/New_York"
    calendar = compiled({"time_zone": zone, "week": [[]] * 7, "holidays": "", "exceptions": [one]})
    start, end = at("2026-11-01 00:00", zone), at("2026-11-01 12:00", zone)
    assert calendar.elapsed(start, end) == 3.5 * HOUR
    assert sum(span.seconds for span in calendar.spans(start, end) if span.counted) == 3.5 * HOUR


def test_a_night_belongs_to_the_day_it_begins_on() -> None:
    week = [[], [], [], [], [["22:00", "06:00"]], [], []]  # Friday
    calendar = compiled({"time_zone": "Asia/Shanghai", "week": week, "holidays": "CN"})
    assert calendar.add(at("2025-10-17 12:00"), 8 * HOUR) == at("2025-10-18 06:00")
    assert calendar.elapsed(at("2025-10-18 05:00"), at("2025-10-18 07:00")) == HOUR
    assert calendar.elapsed(at("2025-10-03 12:00"), at("2025-10-04 12:00")) == 0  # Friday is a holiday
    spans = calendar.spans(at("2025-10-18 05:00"), at("2025-10-18 07:00"))
    assert [(span.why, span.seconds) for span in spans] == [("hours", HOUR), ("rest", HOUR)]


def test_a_night_over_new_year_is_counted_from_either_side() -> None:
    calendar = compiled(daily("Asia/Shanghai", ("22:00", "06:00")))
    assert calendar.elapsed(at("2026-01-01 05:00"), at("2026-01-01 07:00")) == HOUR
    assert calendar.add(at("2025-12-31 23:00"), 7 * HOUR) == at("2026-01-01 06:00")
    assert calendar.elapsed(at("2025-12-31 21:00"), at("2026-01-01 07:00")) == 8 * HOUR


def test_time_that_never_comes_is_refused_after_ten_years() -> None:
    one = {"from": "2026-12-01", "to": "2026-12-01", "hours": [["09:00", "10:00"]], "name": ""}
    calendar = compiled({"time_zone": "Asia/Shanghai", "week": [[]] * 7, "exceptions": [one]})
    start = at("2026-11-22 00:00")
    assert calendar.add(start, HOUR) == at("2026-12-01 10:00")
    with pytest.raises(NoWorkingTime):
        calendar.add(start, HOUR + 1)
    rare = {**one, "from": "2035-12-01", "to": "2035-12-01"}
    late = compiled({"time_zone": "Asia/Shanghai", "week": [[]] * 7, "exceptions": [rare]})
    assert late.add(start, HOUR) == at("2035-12-01 10:00")


def test_no_time_and_time_backwards_are_none() -> None:
    calendar = compiled()
    sunday = at("2026-11-22 12:34:56")
    assert calendar.add(sunday, 0) == calendar.add(sunday, -5) == sunday
    assert calendar.elapsed(at("2026-11-23 12:00"), at("2026-11-23 09:00")) == 0
    assert calendar.spans(sunday, sunday) == []
