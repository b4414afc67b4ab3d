"""Whose calendar is which: departments inherit, and what is current follows at once."""

from __future__ import annotations

import pytest

from gongdan.core.calendar import calendars
from gongdan.core.calendar.working_time import PLAIN
from gongdan.kernel import reference
from gongdan.kernel.errors import NotFound
from gongdan.outbox.models import EventRecord
from tests.calendar.samples import STANDARD
from tests.client import Client
from tests.company import Organisation

NIGHTS = {**STANDARD, "week": [[["22:00", "06:00"]]] * 7, "holidays": ""}


@pytest.fixture
def nights(admin: Client) -> Client:
    """The administrator, with a second calendar."""
    made = admin.post("/calendars", {"code": "nights", "names": {"en": "Nights"}, "definition": NIGHTS})
    assert made.status == 201
    return admin


def test_departments_inherit_the_nearest_calendar_above(nights: Client, organisation: Organisation) -> None:
    put = nights.send("PUT", f"/departments/{organisation.network.pk}/calendar", {"calendar": "nights"})
    assert (put.status, put["own"], put["effective"]) == (200, "nights", "nights")
    rows = {row["name"]: row for row in nights.get("/calendars/departments")["items"]}
    assert rows["装维班"]["path"] == ["云通公司", "网络部", "装维班"]
    seen = {name: (row["own"], row["effective"], row["from_department_id"]) for name, row in rows.items()}
    assert seen == {
        "云通公司": (None, "standard", None),
        "客服中心": (None, "standard", None),
        "网络部": ("nights", "nights", organisation.network.pk),
        "装维班": (None, "nights", organisation.network.pk),
        "账务部": (None, "standard", None),
    }
    (line,) = [one for one in nights.get("/calendars")["items"] if one["code"] == "nights"]
    assert line["departments"] == [{"id": organisation.network.pk, "name": "网络部"}]
    again = nights.send("PUT", f"/departments/{organisation.network.pk}/calendar", {"calendar": None})
    assert (again["own"], again["effective"]) == (None, "standard")
    told = (
        EventRecord.objects.filter(type="DepartmentCalendarSet").order_by("id").values_list("data", flat=True)
    )
    assert list(told) == [{"old": None, "new": "nights"}, {"old": "nights", "new": None}]


def test_what_is_not_there_is_refused(nights: Client, organisation: Organisation) -> None:
    here = f"/departments/{organisation.network.pk}/calendar"
    assert nights.send("PUT", here, {"calendar": "nowhere"}).code == "unknown_calendar"
    assert nights.send("PUT", "/departments/999999/calendar", {"calendar": None}).code == "unknown_department"


def test_clocks_are_given_the_version_that_is_current_at_that_moment(
    nights: Client, organisation: Organisation
) -> None:
    chain = [organisation.field.pk, organisation.network.pk, organisation.company.pk]
    reference.refresh()
    standard = calendars.current_version("standard")
    assert calendars.version_for(chain) == standard
    nights.send("PUT", f"/departments/{organisation.network.pk}/calendar", {"calendar": "nights"})
    reference.refresh()
    first = calendars.version_for(chain)
    assert first == calendars.current_version("nights") != standard
    nights.post("/calendars/nights/versions", {"definition": {**NIGHTS, "day_minutes": 400}})
    reference.refresh()
    second = calendars.version_for(chain)
    assert second != first
    assert calendars.working_time(first).day_seconds == 8 * 3600
    assert calendars.working_time(second).day_seconds == 400 * 60
    assert calendars.calendar_words(second or 0) == {"code": "nights", "names": {"en": "Nights"}, "number": 2}
    assert calendars.version_for([organisation.billing.pk]) == standard


def test_without_any_calendar_every_hour_counts(db: None) -> None:
    assert calendars.version_for([1, 2]) is None
    assert calendars.working_time(None) is PLAIN


def test_versions_and_codes_that_are_not_there(db: None) -> None:
    with pytest.raises(NotFound):
        calendars.current_version("nowhere")
    with pytest.raises(NotFound):
        calendars.working_time(999_999)
    with pytest.raises(NotFound):
        calendars.calendar_words(999_999)
