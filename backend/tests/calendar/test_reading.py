"""What is wrong in a definition is refused with its place, and all of it at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongdan.core.calendar.checking import check
from gongdan.core.calendar.definition import OwnDays, from_json
from gongdan.core.calendar.own_days import with_days, without_days
from tests.calendar.samples import NOW, STANDARD, WORKDAY, china, definition

NIGHT = [["22:00", "06:00"]]


def found(raw: Any) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in check(raw, china(), NOW).findings]


def own(first: str, last: str, hours: Any) -> dict[str, Any]:
    return {"from": first, "to": last, "hours": hours, "name": ""}


def week(*days: list[list[str]]) -> list[list[list[str]]]:
    return [*days, *([[]] * (7 - len(days)))]


WRONG: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "overlap": (
        {"week": week([["09:00", "12:00"], ["11:59", "18:00"]])},
        [("overlapping_intervals", "week[0][1]")],
    ),
    "the same twice": ({"week": week(WORKDAY, [WORKDAY[0]] * 2)}, [("overlapping_intervals", "week[1][1]")]),
    "empty": ({"week": week(WORKDAY, [["09:00", "09:00"]])}, [("empty_interval", "week[1][0]")]),
    "no time": ({"week": week([["9:00", "12:00"]])}, [("bad_time", "week[0][0]")]),
    "after the day's end": ({"week": week([["09:00", "24:30"]])}, [("bad_time", "week[0][0]")]),
    "begins at its end": ({"week": week([["24:00", "08:00"]])}, [("bad_time", "week[0][0]")]),
    "half an interval": ({"week": week([["09:00"]])}, [("bad_shape", "week[0][0]")]),
    "six days": ({"week": [WORKDAY] * 6}, [("bad_shape", "week")]),
    "too many intervals": (
        {"week": week([[f"{hour:02}:00", f"{hour:02}:30"] for hour in range(13)])},
        [("too_many_intervals", "week[0]")],
    ),
    "zone": ({"time_zone": "Asia/Nowhere"}, [("unknown_time_zone", "time_zone")]),
    "zone like a path": ({"time_zone": "../etc/passwd"}, [("unknown_time_zone", "time_zone")]),
    "zone like a folder": ({"time_zone": "Asia"}, [("unknown_time_zone", "time_zone")]),
    "region": ({"holidays": "XX"}, [("unknown_region", "holidays")]),
    "day length": ({"day_minutes": 0}, [("bad_day_length", "day_minutes")]),
    "unknown entry": ({"weeks": []}, [("unknown_key", "weeks")]),
    "backwards": (
        {"exceptions": [own("2026-12-02", "2026-12-01", [])]},
        [("dates_backwards", "exceptions[0]")],
    ),
    "no such day": (
        {"exceptions": [own("2026-02-30", "2026-03-01", [])]},
        [("bad_date", "exceptions[0].from")],
    ),
    "own overlap": (
        {"exceptions": [own("2026-12-01", "2026-12-01", [["09:00", "12:00"], ["10:00", "11:00"]])]},
        [("overlapping_intervals", "exceptions[0].hours[1]")],
    ),
    "own days without hours": ({"exceptions": [{"from": "2026-12-01"}]}, [("bad_shape", "exceptions[0]")]),
    "too many own days": (
        {"exceptions": [own("2026-12-01", "2026-12-01", [])] * 401},
        [("too_many_exceptions", "exceptions")],
    ),
    "a night meets a morning": (
        {"week": week(NIGHT, [["05:59", "12:00"]])},
        [("night_meets_next_day", "week[0][0]")],
    ),
    "Sunday's night meets Monday": (
        {"week": [[["05:00", "12:00"]], *([[]] * 5), NIGHT]},
        [("night_meets_next_day", "week[6][0]")],
    ),
    "a make-up night meets a morning": (
        {"week": [[["05:00", "12:00"]]] * 5 + [[], []], "makeup": NIGHT},
        [("night_meets_next_day", "makeup")],
    ),
    "an own night meets a morning": (
        {"week": [[["05:00", "12:00"]]] * 7, "exceptions": [own("2026-12-01", "2026-12-01", NIGHT)]},
        [("night_meets_next_day", "exceptions[0]")],
    ),
    "no hours at all": ({"week": week()}, [("no_working_time", "week")]),
    "none in the next year": (
        {"exceptions": [own("2026-11-01", "2028-01-01", [])]},
        [("no_working_time", "week")],
    ),
    "several at once": (
        {"time_zone": "x", "week": week([["08:00", "08:00"]], [["a", "b"]])},
        [("unknown_time_zone", "time_zone"), ("empty_interval", "week[0][0]"), ("bad_time", "week[1][0]")],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_its_place(case: str) -> None:
    changes, findings = WRONG[case]
    assert found({**STANDARD, **changes}) == findings


@pytest.mark.parametrize("raw", [None, [], "x", 5])
def test_what_is_no_object_is_refused(raw: Any) -> None:
    assert found(raw) == [("bad_shape", "definition")]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"week": [NIGHT] * 7},
        {"week": week(NIGHT, [["06:00", "12:00"], ["22:00", "06:00"]])},
        {"week": [[["00:00", "24:00"]]] * 7, "holidays": ""},
        {"week": week([["13:00", "17:00"], ["09:00", "12:00"]])},
        {"exceptions": [own("2026-01-01", "2026-12-31", [])]},
    ],
)
def test_what_is_in_order_passes_and_is_stored_without_loss(changes: dict[str, Any]) -> None:
    reading = check({**STANDARD, **changes}, china(), NOW)
    assert reading.findings == ()
    assert reading.definition is not None
    assert from_json(reading.definition.to_json()) == reading.definition


def test_own_days_replace_what_they_cover_and_cut_what_reaches_beyond() -> None:
    long = definition(exceptions=[own("2026-12-01", "2026-12-10", [])])
    short = OwnDays(date(2026, 12, 4), date(2026, 12, 5), ())
    both = with_days(long, short)
    assert [(one.first.day, one.last.day) for one in both.exceptions] == [(1, 3), (4, 5), (6, 10)]
    rest = without_days(both, date(2026, 12, 3), date(2026, 12, 8))
    assert [(one.first.day, one.last.day) for one in rest.exceptions] == [(1, 2), (9, 10)]
    assert without_days(rest, date(2026, 12, 1), date(2026, 12, 31)).exceptions == ()
