"""A row says whether the limit it shows stands still: a pause stops only what its policy lets it stop."""

from __future__ import annotations

from typing import Any

import pytest

from gongdan.core.sla.contracts import Terms
from gongdan.core.sla.publish import create_policy
from gongdan.core.tickets.policy_use import known_flows
from gongdan.kernel.actor import system
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db


def limit(*pauses: str) -> dict[str, Any]:
    return {"amount": 9, "unit": "hours", "working": False, "pauses": pauses}


def policy(**terms: Any) -> None:
    create_policy(
        "all", {"en": "All"}, Terms.model_validate(terms), flows=known_flows(), actor=system("test")
    )


def shown(world: World, number: str) -> tuple[bool, bool]:
    """What the ticket's page says of the whole and of the stay; a list says the same."""
    page = world.by(world.o.head).get(f"/tickets/{number}").body
    rows = world.by(world.o.head).get("/tickets").body["items"]
    row = next(one for one in rows if one["number"] == number)
    said = page["stands"], page["present"][0]["stands"]
    assert said == (row["stands"], row["present"][0]["stands"])
    return said


def test_each_limit_says_which_standstill_counts(world: World) -> None:
    policy(process=limit("pause", "customer"), nodes=[{"flow": "complaint", "node": "verify", **limit()}])
    number = world.number()
    assert shown(world, number) == (False, False)
    world.done(world.o.head, number, "pause", reason="等备件")
    assert shown(world, number) == (True, False)


def test_a_stay_without_a_limit_stands_with_the_whole(world: World) -> None:
    policy(process=limit("customer"))
    number = world.number("consultation")
    world.done(world.o.head, number, "pause", reason="等备件")
    waits = world.number("consultation")
    world.done(world.o.head, waits, "pause", reason="等回电", waiting_for="customer")
    assert (shown(world, number), shown(world, waits)) == ((False, False), (True, True))


def test_a_to_do_list_says_it_of_the_work_item(world: World) -> None:
    policy(process=limit("pause", "customer"), nodes=[{"flow": "complaint", "node": "verify", **limit()}])
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    world.done(world.o.head, number, "pause", reason="等备件")
    (row,) = world.by(world.o.clerk).get("/todo/mine").body["items"]
    assert row["stands"] is False
