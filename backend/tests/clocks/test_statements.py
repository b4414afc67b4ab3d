"""What time costs in statements: little on the way in, and no more the more there is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.clocks.conftest import Days, World, at_node, hours, yellow

pytestmark = pytest.mark.django_db
MOST_MORE = 3


def opening(world: World) -> int:
    """Statements of opening a ticket of a flow without limits, with everything cached that is read once."""
    world.number("consultation", customer_id=world.customer.pk)
    with CaptureQueriesContext(connection) as queries:
        world.number("consultation", customer_id=world.customer.pk)
    return len(queries)


def test_opening_with_a_policy_costs_at_most_three_statements_more(world: World, days: Days) -> None:
    bare = opening(world)
    days.calendar()
    days.policy("other", when="contract is not empty", process=hours(1))
    limit = hours(9, yellow=yellow(60, 30))
    in_hours = {**limit, "working": True}
    days.policy(process=in_hours, first_response=limit, next_response=limit, every_node=in_hours)
    assert opening(world) - bare <= MOST_MORE


def test_a_page_of_clocks_costs_the_same_however_many_there_are(world: World, days: Days) -> None:
    days.calendar()
    days.policy(process=hours(90), every_node=hours(2), nodes=[at_node("verify", hours(1))])
    few, many = world.number(), world.approved(world.number())
    counts = []
    for number in (few, many, few, many):
        with CaptureQueriesContext(connection) as queries:
            assert world.by(world.o.admin).get(f"/tickets/{number}/clocks").status == 200
        counts.append(len(queries))
    assert counts[2] == counts[3] <= 6
