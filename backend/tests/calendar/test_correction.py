"""A table that comes while clocks run: those it decides are corrected with a report, all others stay as they were."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import time_machine

from gongdan.config import working_calendars
from gongdan.core.calendar.holidays import Official
from gongdan.core.calendar.models import CalendarVersion
from gongdan.core.tickets.models import Clock
from gongdan.kernel import reference
from gongdan.kernel.actor import system
from tests.calendar.samples import at, recent
from tests.client import Client
from tests.tickets.conftest import World, world

__all__ = ["world"]

TWO_DAYS = {"process": {"amount": 2, "unit": "days", "working": True}}
NEW_YEAR = {"2027-01-01": ["holiday", "元旦"], "2027-01-03": ["makeup", "元旦"]}


def announced() -> Official:
    """The library after the next announcement."""
    known = recent()
    return Official({**known.tables, ("CN", 2027): NEW_YEAR}, "a later one")


def opened(world: World, moment: str) -> str:
    with time_machine.travel(at(moment), tick=False):
        return world.number()


def process(number: str) -> dict[str, Any]:
    columns = ("due_at", "provisional", "calendar_version_id", "limit")
    return dict(Clock.objects.filter(ticket__number=number, kind="process").values(*columns).get())


@pytest.fixture
def limited(standard: None, admin: Client) -> None:
    """Every ticket has two working days."""
    made = admin.post("/policies", {"code": "rest", "names": {"en": "Rest"}, "terms": TWO_DAYS})
    assert made.status == 201, made.body


def test_only_what_the_table_decides_is_corrected(limited: None, admin: Client, world: World) -> None:
    certain = opened(world, "2026-12-29 09:00")
    decided = opened(world, "2026-12-31 09:00")
    before = process(certain)
    old = process(decided)
    assert (before["due_at"], before["provisional"]) == (at("2026-12-30 18:00"), False)
    assert (old["due_at"], old["provisional"]) == (at("2027-01-01 18:00"), True)

    with time_machine.travel(at("2026-12-31 12:30"), tick=False):
        outcome = working_calendars.refresh(actor=system("test"), source=announced)
        assert working_calendars.refresh(actor=system("test"), source=announced).corrected == 0

    assert outcome.corrected == 1
    version = CalendarVersion.objects.get(number=2)
    now = process(decided)
    assert now == {
        "due_at": at("2027-01-03 18:00"),
        "provisional": False,
        "calendar_version_id": version.pk,
        "limit": old["limit"],
    }
    assert process(certain) == before
    reference.forget()
    (report,) = admin.get("/calendars/reports")["items"]
    assert (report["calendar"], report["number"]) == ("standard", 2)
    (line,) = report["lines"]
    assert (line["ticket"], line["clock"]) == (decided, "process")
    assert datetime.fromisoformat(line["old_due"]) == old["due_at"]
    assert datetime.fromisoformat(line["new_due"]) == now["due_at"]
    assert world.events(decided)[-1] == "ClocksCorrected"
    assert "ClocksCorrected" not in world.events(certain)


def test_a_calendar_changed_by_hand_leaves_running_clocks_alone(
    limited: None, admin: Client, world: World
) -> None:
    number = opened(world, "2026-12-31 09:00")
    before = process(number)
    made = admin.post(
        "/calendars/standard/days", {"from": "2027-01-01", "to": "2027-01-01", "hours": [], "version": 1}
    )
    assert made["number"] == 2
    assert process(number) == before
    reference.forget()
    later = process(opened(world, "2026-12-31 09:00"))
    assert later["due_at"] == at("2027-01-04 18:00")
    assert later["calendar_version_id"] != before["calendar_version_id"]
