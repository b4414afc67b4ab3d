"""Real days: National Day 2025 and Spring Festival 2026 with their make-up days, and a year without a table."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import Any

import pytest

from tests.calendar.samples import at, compiled

HOUR = 3600
DAY = 7 * HOUR + HOUR // 2  # a standard working day

# (day, kind, name, worked seconds)
REAL = [
    ("2025-09-26", "work", "", DAY),
    ("2025-09-27", "rest", "", 0),
    ("2025-09-28", "makeup", "国庆节", DAY),  # a Sunday
    ("2025-09-29", "work", "", DAY),
    ("2025-09-30", "work", "", DAY),
    *((f"2025-10-0{day}", "holiday", None, 0) for day in range(1, 9)),
    ("2025-10-09", "work", "", DAY),
    ("2025-10-10", "work", "", DAY),
    ("2025-10-11", "makeup", "国庆节", DAY),  # a Saturday
    ("2025-10-12", "rest", "", 0),
    ("2025-10-13", "work", "", DAY),
    ("2026-02-13", "work", "", DAY),
    ("2026-02-14", "makeup", "春节", DAY),  # a Saturday
    *((f"2026-02-{day}", "holiday", "春节", 0) for day in range(15, 24)),
    ("2026-02-24", "work", "", DAY),
    ("2026-02-27", "work", "", DAY),
    ("2026-02-28", "makeup", "春节", DAY),  # a Saturday
    ("2026-03-01", "rest", "", 0),
]


@pytest.mark.parametrize(("day", "kind", "name", "worked"), REAL)
def test_a_real_day_is_what_it_was(day: str, kind: str, name: str | None, worked: int) -> None:
    standard = compiled()
    found = standard.day(date.fromisoformat(day))
    assert found.kind == kind
    assert name is None or found.name == name
    start = at(f"{day} 00:00")
    assert standard.elapsed(start, start + timedelta(days=1)) == worked


# start, counted seconds, due
DUE = [
    ("2025-09-26 17:00", 2 * HOUR, "2025-09-28 10:00"),  # over Saturday into the make-up Sunday
    ("2025-09-30 17:00", 2 * HOUR, "2025-10-09 10:00"),  # over the eight days of the holiday
    ("2025-09-30 18:00", HOUR, "2025-10-09 10:00"),
    ("2025-10-03 11:11", 1, "2025-10-09 09:00:01"),
    ("2025-10-10 17:30", HOUR, "2025-10-11 09:30"),
    ("2025-10-11 17:30", HOUR, "2025-10-13 09:30"),
    ("2026-02-13 12:30", DAY, "2026-02-14 12:00"),
    ("2026-02-14 13:30", 5 * HOUR, "2026-02-24 09:30"),
    ("2026-02-27 18:00", DAY, "2026-02-28 18:00"),
    ("2026-02-28 18:00", 1, "2026-03-02 09:00:01"),
]


@pytest.mark.parametrize(("start", "seconds", "due"), DUE)
def test_a_limit_over_real_days_ends_when_it_did(start: str, seconds: int, due: str) -> None:
    standard = compiled()
    assert standard.add(at(start), seconds) == at(due)
    assert standard.elapsed(at(start), at(due)) == seconds


def test_a_year_without_a_table_counts_by_weekday_and_is_provisional() -> None:
    standard = compiled()
    assert [standard.day(date(2027, 1, day)).kind for day in (1, 2, 4)] == ["work", "rest", "work"]
    assert not standard.provisional(at("2026-11-22 00:00"), at("2026-12-31 18:00"))
    assert standard.provisional(at("2026-12-31 17:00"), at("2027-01-01 09:30"))
    assert standard.provisional(at("2026-01-01 00:00"), at("2028-01-01 09:30"))
    assert not compiled(holidays="").provisional(at("2026-12-31 17:00"), at("2027-01-01 09:30"))
    assert standard.has_table(2026)
    assert not standard.has_table(2027)


def test_own_days_win_over_tables_and_the_last_wins_over_the_first() -> None:
    own = [
        {"from": "2026-02-16", "to": "2026-02-20", "hours": [["10:00", "12:00"]], "name": "值班"},
        {"from": "2026-02-18", "to": "2026-02-18", "hours": [], "name": "停电"},
    ]
    standard = compiled(exceptions=own)
    days = [standard.day(date(2026, 2, day)) for day in (15, 16, 17, 18, 20, 21)]
    assert [day.kind for day in days] == ["holiday", "exception", "exception", "off", "exception", "holiday"]
    assert [day.name for day in days[1:4]] == ["值班", "值班", "停电"]
    assert standard.elapsed(at("2026-02-15 00:00"), at("2026-02-22 00:00")) == 4 * 2 * HOUR


def test_a_make_up_day_has_the_hours_it_is_given() -> None:
    standard = compiled(makeup=[["10:00", "16:00"]])
    assert standard.elapsed(at("2025-10-11 00:00"), at("2025-10-12 00:00")) == 6 * HOUR


def test_a_receipt_says_why_each_stretch_counts_or_not() -> None:
    own = [{"from": "2026-02-25", "to": "2026-02-25", "hours": [["09:00", "10:00"]], "name": ""}]
    own.append({"from": "2026-02-26", "to": "2026-02-26", "hours": [], "name": ""})
    spans = compiled(exceptions=own).spans(at("2026-02-13 17:00"), at("2026-02-27 09:30"))
    assert [(span.why, span.counted, span.seconds) for span in spans] == [
        ("hours", True, HOUR),
        ("outside", False, 15 * HOUR),
        ("makeup", True, 3 * HOUR),
        ("outside", False, 90 * 60),
        ("makeup", True, 4 * HOUR + 30 * 60),
        ("outside", False, 6 * HOUR),
        ("holiday", False, 9 * 24 * HOUR),
        ("outside", False, 9 * HOUR),
        ("hours", True, 3 * HOUR),
        ("outside", False, 90 * 60),
        ("hours", True, 4 * HOUR + 30 * 60),
        ("outside", False, 15 * HOUR),
        ("exception", True, HOUR),
        ("outside", False, 14 * HOUR),
        ("off", False, 24 * HOUR),
        ("outside", False, 9 * HOUR),
        ("hours", True, 30 * 60),
    ]
    assert spans[0].start == at("2026-02-13 17:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("changes", "seconds"),
    [
        ({}, DAY),
        ({"day_minutes": 480}, 480 * 60),
        (
            {"week": [[["09:00", "12:00"]], *[[["09:00", "17:00"]]] * 4, [], []]},
            8 * HOUR,
        ),
        ({"week": [[["09:00", "12:00"]], [["09:00", "13:00"]], [], [], [], [], []]}, 4 * HOUR),
        ({"week": [[["22:00", "06:00"]], [], [], [], [], [], []]}, 8 * HOUR),
        ({"week": [[]] * 7}, 8 * HOUR),
    ],
)
def test_one_working_day_is_as_long_as_the_commonest(changes: dict[str, Any], seconds: int) -> None:
    assert compiled(**changes).day_seconds == seconds
