"""The year of a calendar over HTTP, its own days, and a reckoning with its receipt."""

from __future__ import annotations

from typing import Any

import pytest

from tests.calendar.samples import WORKDAY
from tests.client import Answer, Client

MORNING = [["09:00", "12:00"]]


def own(client: Client, first: str, last: str, hours: Any, **more: Any) -> Answer:
    return client.post("/calendars/standard/days", {"from": first, "to": last, "hours": hours, **more})


def days(client: Client, year: int = 2026) -> dict[str, dict[str, Any]]:
    return {one["date"]: one for one in client.get(f"/calendars/standard/years/{year}")["days"]}


def test_a_year_shows_each_day_with_its_kind_and_hours(clerk: Client) -> None:
    year = clerk.get("/calendars/standard/years/2026")
    assert (year["year"], year["provisional"], len(year["days"])) == (2026, False, 365)
    by_date = days(clerk)
    assert by_date["2026-02-13"] == {
        "date": "2026-02-13",
        "kind": "work",
        "name": "",
        "hours": WORKDAY,
        "minutes": 450,
    }
    assert (by_date["2026-02-14"]["kind"], by_date["2026-02-14"]["hours"]) == ("makeup", WORKDAY)
    assert (by_date["2026-02-17"]["kind"], by_date["2026-02-17"]["name"]) == ("holiday", "春节")
    assert (by_date["2026-03-01"]["kind"], by_date["2026-03-01"]["minutes"]) == ("rest", 0)


def test_a_year_without_a_table_says_so(clerk: Client) -> None:
    assert clerk.get("/calendars/standard/years/2027")["provisional"] is True
    assert clerk.get("/calendars/standard")["provisional_years"] == [2027]


def test_days_get_hours_of_their_own_and_lose_them_again(admin: Client) -> None:
    made = own(admin, "2026-12-24", "2026-12-26", MORNING, name="年会", version=1)
    assert (made.status, made["number"], made["versions"][0]["reason"]) == (
        201,
        2,
        "days:2026-12-24/2026-12-26",
    )
    off = own(admin, "2026-12-25", "2026-12-25", [], version=2)
    assert off["number"] == 3
    year = days(admin)
    kinds = [year[f"2026-12-{day}"]["kind"] for day in (23, 24, 25, 26, 27)]
    assert kinds == ["work", "exception", "off", "exception", "rest"]
    assert (year["2026-12-24"]["name"], year["2026-12-24"]["minutes"]) == ("年会", 180)
    back = own(admin, "2026-12-24", "2026-12-31", None, version=3)
    assert (back["number"], back["definition"]["exceptions"]) == (4, [])
    assert days(admin)["2026-12-25"]["kind"] == "work"


@pytest.mark.parametrize(
    ("first", "last", "hours", "more", "status", "code"),
    [
        ("2026-12-02", "2026-12-01", [], {}, 422, "invalid_calendar"),
        ("1999-12-31", "1999-12-31", [], {}, 422, "invalid_calendar"),
        ("2026-12-01", "2026-12-01", [["12:00", "12:00"]], {}, 422, "invalid_calendar"),
        ("2026-12-01", "2026-12-01", [["22:00", "10:00"]], {}, 422, "invalid_calendar"),  # meets Wednesday
        ("2026-01-01", "2030-01-01", [], {}, 422, "invalid_calendar"),  # no working time left
        ("2026-12-01", "2026-12-01", None, {}, 409, "calendar_unchanged"),
        ("2026-12-01", "2026-12-01", [], {"version": 7}, 409, "stale_version"),
    ],
)
def test_own_days_that_cannot_be(
    admin: Client, first: str, last: str, hours: Any, more: dict[str, Any], status: int, code: str
) -> None:
    refused = own(admin, first, last, hours, **more)
    assert (refused.status, refused.code) == (status, code)


def test_a_reckoning_says_when_and_why(clerk: Client) -> None:
    found = clerk.get("/calendars/standard/reckon", start="2025-10-10T09:30:00Z", minutes=60)
    assert (found["due"], found["provisional"]) == ("2025-10-11T01:30:00Z", False)
    assert [(one["why"], one["counted"], one["seconds"]) for one in found["spans"]] == [
        ("hours", True, 1800),
        ("outside", False, 15 * 3600),
        ("makeup", True, 1800),
    ]
    late = clerk.get("/calendars/standard/reckon", start="2026-12-31T17:30:00+08:00", minutes=60)
    assert late["provisional"] is True


@pytest.mark.parametrize(
    ("start", "minutes", "code"),
    [("1970-01-01T00:00:00Z", "5", "bad_date"), ("2026-01-01T00:00:00", "5", None), ("x", "5", None)],
)
def test_a_reckoning_from_nowhere(clerk: Client, start: str, minutes: str, code: str | None) -> None:
    refused = clerk.get("/calendars/standard/reckon", start=start, minutes=minutes)
    assert refused.status == 422
    assert code is None or refused.code == code


def test_time_a_calendar_has_not_is_refused(admin: Client) -> None:
    week = [[["09:00", "09:01"]], *([[]] * 6)]
    sent = {"time_zone": "Asia/Shanghai", "week": week, "holidays": ""}
    admin.post("/calendars", {"code": "hardly", "names": {"en": "Hardly"}, "definition": sent})
    refused = admin.get("/calendars/hardly/reckon", start="2026-01-01T00:00:00Z", minutes=6000)
    assert (refused.status, refused.code) == (422, "no_working_time")
