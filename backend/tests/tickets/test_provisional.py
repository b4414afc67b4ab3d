"""Wherever a due time is shown, it says whether it is provisional: reckoned, in part, by weekdays alone."""

from __future__ import annotations

from typing import Any

import pytest

from gongdan.core.calendar.actions import create_calendar
from gongdan.core.sla.contracts import Terms
from gongdan.core.sla.publish import create_policy
from gongdan.core.tickets.policy_use import known_flows
from gongdan.kernel.actor import system
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db
ACTOR = system("test")
NINE_TO_SIX = [["09:00", "18:00"]]


@pytest.fixture(autouse=True)
def years_nobody_knows(world: World) -> None:
    """A calendar with holidays whose tables have not come: the whole counts by it, the stay by the clock on the wall."""
    week = {"time_zone": "Asia/Shanghai", "week": [NINE_TO_SIX] * 7, "holidays": "CN"}
    create_calendar("hours", {"en": "Hours"}, week, actor=ACTOR)
    terms = {
        "calendar": "hours",
        "process": {"amount": 9, "unit": "hours"},
        "nodes": [{"flow": "complaint", "node": "verify", "amount": 2, "unit": "hours", "working": False}],
    }
    create_policy("all", {"en": "All"}, Terms.model_validate(terms), flows=known_flows(), actor=ACTOR)


def said(row: dict[str, Any]) -> tuple[bool, bool]:
    """Of the whole, and of the stay."""
    return row["provisional"], row["present"][0]["provisional"]


def test_the_page_and_the_list_say_it_of_each_limit(world: World) -> None:
    number = world.number()
    head = world.by(world.o.head)
    (row,) = head.get("/tickets").body["items"]
    assert said(row) == said(head.get(f"/tickets/{number}").body) == (True, False)


def test_work_without_a_limit_of_its_own_is_as_provisional_as_the_whole(world: World) -> None:
    number = world.number("consultation")
    assert said(world.by(world.o.head).get(f"/tickets/{number}").body) == (True, True)


def test_a_to_do_list_says_it_of_the_work_item(world: World) -> None:
    complaint, question = world.number(), world.number("consultation")
    rows = world.by(world.o.clerk).get("/todo/department").body["items"]
    assert {one["number"]: one["provisional"] for one in rows} == {complaint: False, question: True}
