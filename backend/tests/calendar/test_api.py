"""Calendars over HTTP: made, changed, read, and refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.calendar import actions
from gongdan.core.calendar.models import CalendarVersion
from gongdan.kernel.actor import system
from gongdan.outbox.models import EventRecord
from tests.calendar.samples import STANDARD, WORKDAY
from tests.client import Client
from tests.company import Organisation

NIGHTS = {**STANDARD, "week": [[["22:00", "06:00"]]] * 7, "holidays": ""}
NAMES = {"zh-Hans": "夜班", "en": "Nights"}


def told(subject: str = "calendar") -> list[tuple[str, dict[str, Any]]]:
    return list(EventRecord.objects.filter(subject=subject).order_by("id").values_list("type", "data"))


def make(client: Client, code: str = "nights", **changes: Any) -> Any:
    return client.post("/calendars", {"code": code, "names": NAMES, "definition": {**NIGHTS, **changes}})


def test_anyone_signed_in_sees_the_calendars(clerk: Client) -> None:
    with CaptureQueriesContext(connection) as seen:
        (line,) = clerk.get("/calendars")["items"]
    assert (line["code"], line["is_default"], line["number"], line["holidays"]) == ("standard", True, 1, "CN")
    assert line["week"] == [WORKDAY] * 5 + [[], []]
    assert line["departments"] == []
    assert [one["sql"] for one in seen if "calendar_" in one["sql"]][2:] == []  # two, however many calendars


def test_a_calendar_is_made_with_its_first_version(admin: Client, organisation: Organisation) -> None:
    made = make(admin)
    assert made.status == 201
    shown = admin.get("/calendars/nights")
    assert made.body == shown.body
    assert (shown["names"], shown["number"], shown["version"], shown["is_default"]) == (NAMES, 1, 1, False)
    assert shown["definition"]["week"] == NIGHTS["week"]
    assert shown["definition"]["makeup"] is None
    (version,) = shown["versions"]
    assert (version["number"], version["reason"]) == (1, "")
    assert version["created_by"] == {"id": organisation.admin.pk, "name": organisation.admin.name}
    assert [kind for kind, _ in told()][-2:] == ["CalendarCreated", "CalendarPublished"]


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"code": "standard"}, 409, "code_taken"),
        ({"code": "Bad Code"}, 422, "unusable_code"),
        ({"code": "holidays"}, 422, "unusable_code"),  # an address of its own
        ({"names": {"fr": "Nuit"}}, 422, "unusable_name"),
        ({"names": {"en": " "}}, 422, "unusable_name"),
        ({"definition": {}}, 422, "invalid_calendar"),
        ({"definition": {**NIGHTS, "week": [[]] * 7}}, 422, "invalid_calendar"),
    ],
)
def test_a_calendar_that_cannot_be_made(admin: Client, sent: dict[str, Any], status: int, code: str) -> None:
    before = told()
    refused = admin.post("/calendars", {"code": "nights", "names": NAMES, "definition": NIGHTS, **sent})
    assert (refused.status, refused.code) == (status, code)
    assert told() == before


def test_a_refusal_names_every_place(admin: Client) -> None:
    refused = make(admin, week=[[["09:00", "12:00"], ["11:00", "13:00"]], [["8", "9"]], [], [], [], [], []])
    assert [(one["code"], one["place"]) for one in refused["errors"]] == [
        ("overlapping_intervals", "week[0][1]"),
        ("bad_time", "week[1][0]"),
    ]
    assert refused["errors"][0]["detail"] == "11:00–13:00 overlaps 09:00–12:00"


def test_a_new_version_is_published_and_the_old_one_kept(admin: Client) -> None:
    longer = {**STANDARD, "day_minutes": 480}
    made = admin.post(
        "/calendars/standard/versions", {"definition": longer, "version": 1, "reason": "全员八小时"}
    )
    assert (made.status, made["number"], made["version"]) == (201, 2, 2)
    assert [(one["number"], one["reason"]) for one in made["versions"]] == [(2, "全员八小时"), (1, "")]
    assert [row.definition["day_minutes"] for row in CalendarVersion.objects.order_by("number")] == [
        None,
        480,
    ]
    kind, data = told()[-1]
    assert (kind, data["number"], data["previous"], data["reason"]) == (
        "CalendarPublished",
        2,
        1,
        "全员八小时",
    )


def test_publishing_twice_from_the_same_page_is_refused(admin: Client) -> None:
    first = admin.post("/calendars/standard/versions", {"definition": NIGHTS, "version": 1})
    second = admin.post("/calendars/standard/versions", {"definition": STANDARD, "version": 1})
    assert (first.status, second.status, second.code) == (201, 409, "stale_version")
    same = admin.post("/calendars/standard/versions", {"definition": NIGHTS, "version": 2})
    assert (same.status, same.code) == (409, "calendar_unchanged")
    wrong = admin.post("/calendars/standard/versions", {"definition": {**NIGHTS, "time_zone": "Mars"}})
    assert (wrong.status, wrong.code) == (422, "invalid_calendar")


def test_sent_again_with_its_key_a_version_is_published_once(admin: Client) -> None:
    sent = {"definition": NIGHTS, "version": 1}
    answers = [admin.post("/calendars/standard/versions", sent, key="once") for _ in range(2)]
    assert answers[0].body == answers[1].body
    assert CalendarVersion.objects.count() == 2


def test_a_calendar_is_renamed_and_becomes_the_default(admin: Client) -> None:
    make(admin)
    renamed = admin.patch("/calendars/nights", {"names": {"en": "Night shift"}, "version": 1})
    assert (renamed["names"], renamed["version"]) == ({"en": "Night shift"}, 2)
    default = admin.patch("/calendars/nights", {"is_default": True, "version": 2})
    assert (default["is_default"], default["version"]) == (True, 3)
    assert {one["code"]: one["is_default"] for one in admin.get("/calendars")["items"]} == {
        "nights": True,
        "standard": False,
    }
    before = told()
    assert admin.patch("/calendars/nights", {"is_default": True})["version"] == 3
    assert told() == before  # nothing changed, nothing told
    assert [data["new"] for kind, data in before if kind == "CalendarChanged"] == [
        {"names": {"en": "Night shift"}},
        {"is_default": False},
        {"is_default": True},
    ]
    without = admin.patch("/calendars/nights", {"is_default": False})
    assert (without.status, without.code) == (409, "default_calendar")
    stale = admin.patch("/calendars/nights", {"names": NAMES, "version": 2})
    assert (stale.status, stale.code) == (409, "stale_version")


def test_a_definition_is_checked_without_being_published(admin: Client) -> None:
    sound = admin.post("/calendars/check", {"definition": STANDARD, "year": 2026})
    assert sound["findings"] == []
    assert len(sound["days"]) == 365
    wrong = admin.post("/calendars/check", {"definition": {**STANDARD, "week": [[]] * 7}, "year": 2026})
    assert [one["code"] for one in wrong["findings"]] == ["no_working_time"]
    assert "days" not in wrong.body
    assert CalendarVersion.objects.count() == 1


WRITES: list[tuple[str, str, Any]] = [
    ("POST", "/calendars", {"code": "nights", "names": NAMES, "definition": NIGHTS}),
    ("POST", "/calendars/check", {"definition": NIGHTS}),
    ("POST", "/calendars/standard/versions", {"definition": NIGHTS}),
    ("PATCH", "/calendars/standard", {"names": NAMES}),
    ("POST", "/calendars/standard/days", {"from": "2026-12-01", "to": "2026-12-01", "hours": []}),
    ("PUT", "/departments/1/calendar", {"calendar": "standard"}),
    ("POST", "/calendars/holidays/refresh", None),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES, ids=[f"{one[0]} {one[1]}" for one in WRITES])
def test_changes_need_the_right(clerk: Client, method: str, path: str, body: Any) -> None:
    before = EventRecord.objects.count()
    refused = clerk.send(method, path, body)
    assert (refused.status, refused.code) == (403, "right_missing")
    assert EventRecord.objects.count() == before
    assert Client().send(method, path, body).status == 401


@pytest.mark.parametrize("path", ["", "/years/2026", "/reckon?start=2026-01-01T00:00:00Z&minutes=5"])
def test_a_calendar_that_is_not_there(clerk: Client, path: str) -> None:
    missing = clerk.get(f"/calendars/nowhere{path}")
    assert (missing.status, missing.code) == (404, "unknown_calendar")


def test_changing_a_calendar_that_is_not_there(admin: Client) -> None:
    days = {"from": "2026-12-01", "to": "2026-12-01", "hours": []}
    for answer in (
        admin.patch("/calendars/nowhere", {"names": NAMES}),
        admin.post("/calendars/nowhere/versions", {"definition": NIGHTS}),
        admin.post("/calendars/nowhere/days", days),
    ):
        assert (answer.status, answer.code) == (404, "unknown_calendar")


def test_a_version_made_by_the_system_has_no_author(admin: Client) -> None:
    actions.publish_version("standard", NIGHTS, actor=system("test"), reason="x")
    assert [one["created_by"] for one in admin.get("/calendars/standard")["versions"]] == [None, None]
