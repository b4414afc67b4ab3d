"""The official tables from outside: over HTTP and from the command line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from gongdan.config.cli import app
from gongdan.core.calendar import holidays
from gongdan.core.calendar.holidays import Official, official
from gongdan.core.calendar.standard import ensure_standard_calendar
from gongdan.kernel.actor import system
from tests.client import Client
from tests.company import Organisation

LAST = max(year for _, year in official().tables)


def earlier() -> Official:
    """The library before its last announcement."""
    tables = {key: table for key, table in official().tables.items() if key[1] < LAST}
    return Official(tables, "chinesecalendar, an earlier one")


@pytest.fixture
def before(db: None) -> None:
    """An installation from before the last announcement."""
    holidays.refresh(actor=system("test"), source=earlier)
    ensure_standard_calendar(actor=system("test"))


@pytest.fixture
def run(before: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("DATABASE_URL", "the test's own")  # commands use the connection there is
    return lambda *words: CliRunner().invoke(app, ["calendar", *words])


def test_refreshing_adds_the_table_and_a_version(
    before: None, organisation: Organisation, client_of: Callable[..., Client]
) -> None:
    admin = client_of(organisation.admin)
    assert admin.get(f"/calendars/standard/years/{LAST}")["provisional"] is True
    done = admin.post("/calendars/holidays/refresh")
    assert done.body == {
        "added": [{"region": "CN", "year": LAST, "edition": 1}],
        "corrected": 0,
        "reports": [],
    }
    assert admin.get(f"/calendars/standard/years/{LAST}")["provisional"] is False
    assert admin.get("/calendars/standard")["versions"][0]["reason"] == f"holidays:{LAST}"
    tables = admin.get("/calendars/holidays")["items"]
    assert [(one["region"], one["year"], one["edition"]) for one in tables[:2]] == [
        ("CN", LAST, 1),
        ("CN", LAST - 1, 1),
    ]
    assert tables[0]["days"]
    assert tables[0]["source"].startswith("chinesecalendar 1.")
    assert admin.get("/calendars/reports")["items"] == []
    assert admin.post("/calendars/holidays/refresh").body == {"added": [], "corrected": 0, "reports": []}


def test_reports_are_for_those_who_may_change_calendars(clerk: Client) -> None:
    assert clerk.get("/calendars/reports").code == "right_missing"


def test_the_command_says_what_it_did(run: Callable[..., Result]) -> None:
    first, second = run("refresh"), run("refresh")
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert first.output.splitlines() == [
        f"CN {LAST}: edition 1 was added.",
        "1 calendars got a new version, 0 deadlines were corrected.",
    ]
    assert second.output.splitlines()[0] == "The tables are up to date."


def test_the_calendars_are_listed(run: Callable[..., Result]) -> None:
    shown = run("list")
    assert shown.exit_code == 0, shown.output
    assert "standard" in shown.output
