"""A table that comes later: a further edition, versions for the calendars of its region, and nothing old is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gongdan.config import working_calendars
from gongdan.core.calendar import actions, calendars, holidays
from gongdan.core.calendar.holidays import Official, official
from gongdan.core.calendar.models import CalendarVersion, HolidayTable, WorkingCalendar
from gongdan.core.calendar.selectors import current_id
from gongdan.core.calendar.standard import CODE, DEFINITION, ensure_standard_calendar
from gongdan.kernel import reference
from gongdan.kernel.actor import system
from gongdan.outbox.models import EventRecord
from tests.calendar.samples import at, china

pytestmark = pytest.mark.django_db
ACTOR = system("test")
NEW_YEAR = {"2027-01-01": ["holiday", "元旦"], "2027-01-03": ["makeup", "元旦"]}


def library() -> Official:
    return official()


def with_2027() -> Official:
    """The library after the next announcement."""
    tables = {**official().tables, ("CN", 2027): NEW_YEAR}
    return Official(tables, "chinesecalendar, a later one")


def types() -> list[str]:
    return list(EventRecord.objects.order_by("id").values_list("type", flat=True))


@pytest.fixture
def standard() -> int:
    """The standard calendar's first version."""
    holidays.refresh(actor=ACTOR)
    ensure_standard_calendar(actor=ACTOR)
    return current_id(CODE)


def test_the_first_refresh_keeps_every_year_of_the_library() -> None:
    refreshed = holidays.refresh(actor=ACTOR)
    assert refreshed.tables == tuple(("CN", year, 1) for year in range(2004, max(china()) + 1))
    assert refreshed.versions == ()
    kept = HolidayTable.objects.get(year=2026)
    assert kept.days["2026-02-14"] == ["makeup", "春节"]
    assert kept.source.startswith("chinesecalendar 1.")
    assert types() == ["HolidayTableAdded"] * len(refreshed.tables)


def test_a_second_refresh_and_a_second_start_write_nothing(standard: int) -> None:
    before = types()
    assert holidays.refresh(actor=ACTOR) == holidays.Refreshed()
    assert working_calendars.ensure().corrected == 0
    assert types() == before
    assert current_id(CODE) == standard


def test_a_start_on_an_empty_installation_makes_the_standard_calendar() -> None:
    working_calendars.ensure()
    made = WorkingCalendar.objects.get()
    assert (made.code, made.is_default) == (CODE, True)
    reference.forget()
    assert calendars.version_for([]) == made.current_id
    assert types()[-2:] == ["CalendarCreated", "CalendarPublished"]


def test_a_new_year_becomes_a_version_of_each_calendar_of_its_region(standard: int) -> None:
    actions.create_calendar("plain", {"en": "Plain"}, {**DEFINITION, "holidays": ""}, actor=ACTOR)
    plain = current_id("plain")
    refreshed = holidays.refresh(actor=ACTOR, source=with_2027)
    (made,) = refreshed.versions
    assert refreshed.tables == (("CN", 2027, 1),)
    assert made.years == (2027,)
    assert made.version_id == current_id(CODE) != standard
    assert current_id("plain") == plain
    version = CalendarVersion.objects.get(pk=made.version_id)
    assert (version.number, version.reason, version.calendar_id) == (2, "holidays:2027", made.calendar_id)
    assert types()[-2:] == ["HolidayTableAdded", "CalendarPublished"]


def test_the_version_pinned_before_still_counts_as_it_did(standard: int) -> None:
    start, due = at("2026-12-31 17:30"), at("2027-01-01 10:00")
    old = calendars.compiled(standard)
    assert old.provisional(start, due)
    assert old.add(start, 5400) == due
    (made,) = holidays.refresh(actor=ACTOR, source=with_2027).versions
    calendars.compiled.cache_clear()  # as another process would read it
    again, new = calendars.compiled(standard), calendars.compiled(made.version_id)
    assert (again.add(start, 5400), again.provisional(start, due)) == (due, True)
    assert new.add(start, 5400) == at("2027-01-03 10:00")
    assert not new.provisional(start, at("2027-12-31 00:00"))
    assert new.day(date(2027, 1, 3)).name == "元旦"


def test_a_table_that_was_changed_is_a_further_edition_and_the_old_one_stays(standard: int) -> None:
    days = {**china()[2026], "2026-12-25": ["holiday", "加假"]}

    def changed() -> Official:
        return replace(official(), tables={**official().tables, ("CN", 2026): days})

    refreshed = holidays.refresh(actor=ACTOR, source=changed)
    assert refreshed.tables == (("CN", 2026, 2),)
    assert refreshed.versions[0].years == (2026,)
    editions = list(HolidayTable.objects.filter(year=2026).order_by("edition"))
    assert [("2026-12-25" in one.days) for one in editions] == [False, True]
    assert calendars.compiled(standard).day(date(2026, 12, 25)).kind == "work"
    assert calendars.compiled(current_id(CODE)).day(date(2026, 12, 25)).kind == "holiday"


@pytest.mark.parametrize("model", [CalendarVersion, HolidayTable])
def test_versions_and_tables_can_neither_be_changed_nor_removed(standard: int, model: Any) -> None:
    row = model.objects.order_by("id").first()
    for change in (row.save, row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
