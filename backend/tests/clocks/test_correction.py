"""When the official table of a year comes: what was provisional is reckoned anew and reported, nothing else moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from gongdan.core.calendar import actions, holidays
from gongdan.core.calendar.holidays import Official
from gongdan.core.calendar.models import CorrectionReport
from gongdan.core.tickets.correction import correct_provisional
from gongdan.kernel import reference
from gongdan.kernel.actor import system
from tests.calendar.samples import at
from tests.clocks.conftest import (
    Days,
    World,
    cards_of,
    clock_of,
    clocks_of,
    hours,
    open_item,
    ticket_of,
    working,
    yellow,
)

pytestmark = pytest.mark.django_db
ACTOR = system("test")
EVENING = at("2026-12-31 17:00")  # a Thursday


def table(year: int, *days: str, kind: str = "holiday") -> dict[str, list[str]]:
    return {f"{year}-{day}": [kind, "元旦"] for day in days}


def official(tables: Mapping[int, Mapping[str, list[str]]]) -> Official:
    return Official({("CN", year): dict(days) for year, days in tables.items()}, "test")


OF_2026 = table(2026, "01-01")
OF_2027 = table(2027, "01-01") | table(2027, "01-02", kind="makeup")


def tables_come(*years: Mapping[str, list[str]]) -> list[CorrectionReport]:
    """As the command does it: 2026 (and what follows it) is published; the reports."""
    known = {2026 + number: days for number, days in enumerate(years)}
    holidays.refresh(actor=ACTOR, source=lambda: official(known))
    reference.forget()
    return correct_provisional(actor=ACTOR)


@pytest.fixture
def eve(world: World, days: Days) -> Days:
    """New Year's eve; the table of 2026 is there, that of 2027 is not. Nine working hours from now are over at
    17:30 on Friday by weekday."""
    days.to(EVENING)
    days.calendar(holidays="CN")
    tables_come(OF_2026)
    days.policy(process=working(8, yellow=yellow(60)), first_response=working(30, "minutes"))
    return days


def page(world: World, number: str) -> dict[str, Any]:
    answer = world.by(world.o.admin).get(f"/tickets/{number}/clocks")
    return {one["kind"]: one for one in answer["clocks"]}


def test_a_deadline_in_a_year_without_a_table_is_marked(world: World, eve: Days) -> None:
    number = world.number("consultation")
    clocks = page(world, number)
    assert (clocks["process"]["provisional"], clocks["first_response"]["provisional"]) == (True, False)
    assert clock_of(number).due_at == at("2027-01-01 17:30")


def test_the_table_comes_and_the_deadline_moves_with_a_report(world: World, eve: Days) -> None:
    number = world.number("consultation")
    before = clock_of(number)
    (report,) = tables_come(OF_2026, OF_2027)
    clock = clock_of(number)
    assert clock.due_at == at("2027-01-02 17:30")
    assert not clock.provisional
    assert clock.calendar_version_id == report.version_id != before.calendar_version_id
    assert (ticket_of(number).required_end, open_item(number).due_at) == (clock.due_at, clock.due_at)
    assert clock.next_fire_at == ticket_of(number).warn_at == at("2027-01-02 16:30")
    (line,) = report.lines
    assert (line["ticket"], line["clock"]) == (number, "process")
    assert datetime.fromisoformat(line["old_due"]) == before.due_at
    assert datetime.fromisoformat(line["new_due"]) == clock.due_at
    assert "ClocksCorrected" in world.events(number)
    whys = [one["why"] for one in page(world, number)["process"]["to_due"]["spans"]]
    assert whys == ["hours", "outside", "holiday", "outside", "makeup", "outside", "makeup"]


def test_what_was_certain_keeps_its_version(world: World, eve: Days) -> None:
    number = world.number("consultation")
    certain = clock_of(number, "first_response")
    tables_come(OF_2026, OF_2027)
    assert clock_of(number, "first_response").calendar_version_id == certain.calendar_version_id
    assert clock_of(number, "first_response").due_at == certain.due_at


def test_the_same_table_again_corrects_nothing(world: World, eve: Days) -> None:
    number = world.number("consultation")
    assert len(tables_come(OF_2026, OF_2027)) == 1
    after = clock_of(number).calendar_version_id
    assert tables_come(OF_2026, OF_2027) == []
    assert clock_of(number).calendar_version_id == after


def test_what_has_ended_is_not_touched(world: World, eve: Days) -> None:
    number = world.number("consultation")
    world.done(world.o.admin, number, "cancel", reason="客户撤诉")
    before = clocks_of(number), clock_of(number).due_at
    assert tables_come(OF_2026, OF_2027) == []
    assert (clocks_of(number), clock_of(number).due_at) == before


def test_what_stands_still_is_provisional_too_and_is_corrected(world: World, eve: Days) -> None:
    number = world.number("consultation")
    world.done(world.o.head, number, "pause", reason="等备件")
    assert clock_of(number).provisional
    eve.go(minutes=30)
    assert len(tables_come(OF_2026, OF_2027)) == 1
    world.done(world.o.head, number, "resume")
    # of the eight hours none was used; half an hour is left of today
    assert clock_of(number).due_at == at("2027-01-02 18:00")
    assert not clock_of(number).provisional


def test_the_card_comes_by_the_corrected_deadline(world: World, eve: Days) -> None:
    number = world.number("consultation")
    tables_come(OF_2026, OF_2027)
    eve.to(at("2027-01-02 09:00"))
    eve.live()
    assert [one for one in cards_of(number) if one[1] == "process"] == []
    eve.to(at("2027-01-02 17:30"))
    eve.live()
    assert [one for one in cards_of(number) if one[1] == "process"] == [
        ("yellow", "process", at("2027-01-02 16:30")),
        ("red", "process", at("2027-01-02 17:30")),
    ]


def test_a_limit_that_had_passed_by_weekday_has_not_passed_after_all(world: World, eve: Days) -> None:
    """The red card that came too early stands until somebody withdraws it; the right one still comes."""
    number = world.number("consultation")
    eve.to(at("2027-01-01 17:45"))
    eve.live()
    assert clock_of(number).breached_at == at("2027-01-01 17:30")
    (report,) = tables_come(OF_2026, OF_2027)
    assert report.lines[0]["new_due"]
    assert clock_of(number).breached_at is None
    eve.to(at("2027-01-02 17:30"))
    eve.live()
    reds = [due for colour, kind, due in cards_of(number) if (colour, kind) == ("red", "process")]
    assert reds == [at("2027-01-01 17:30"), at("2027-01-02 17:30")]
    assert clock_of(number).breached_at == at("2027-01-02 17:30")


def test_plain_hours_are_never_provisional(world: World, eve: Days) -> None:
    eve.publish(process=hours(100))
    number = world.number("consultation")
    assert not clock_of(number).provisional
    assert clock_of(number).due_at == EVENING + timedelta(hours=100)


def test_hours_changed_meanwhile_stay_out_of_a_corrected_clock(world: World, eve: Days) -> None:
    number = world.number("consultation")
    before = clock_of(number).calendar_version
    assert before is not None
    actions.publish_version(
        before.calendar.code,
        {**before.definition, "week": [[["09:00", "10:00"]]] * 5 + [[], []]},
        actor=ACTOR,
    )
    reference.forget()
    assert len(tables_come(OF_2026, OF_2027)) == 1
    after = clock_of(number).calendar_version
    assert after is not None
    assert (after.definition, after.tables == before.tables) == (before.definition, False)


def test_a_clock_that_moves_into_a_year_after_its_table_came_is_corrected_too(
    world: World, eve: Days
) -> None:
    """Made without the table, certain at first; a long pause carries it over the turn of the year."""
    eve.to(at("2026-12-28 09:00"))
    number = world.number("consultation")
    assert not clock_of(number).provisional
    world.done(world.o.head, number, "pause", reason="等备件")
    assert tables_come(OF_2026, OF_2027) == []
    eve.to(EVENING)
    world.done(world.o.head, number, "resume")
    assert clock_of(number).provisional
    (report,) = tables_come(OF_2026, OF_2027)
    assert [line["ticket"] for line in report.lines] == [number]
    assert not clock_of(number).provisional
