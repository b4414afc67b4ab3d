"""Why somebody can see a ticket, asked over HTTP; and a customer's tickets, of which one sees one's own."""

from __future__ import annotations

from tests.tickets.conftest import World


def test_why_i_can_see_it_names_role_and_reason(world: World) -> None:
    answer = world.by(world.o.clerk).get(f"/tickets/{world.number()}/why")
    assert answer.status == 200
    assert answer["visible"] is True
    assert [one["role"] for one in answer["because"]] == ["clerk"]
    assert answer["because"][0]["matched"]


def test_why_others_can_or_cannot_is_told_to_administrators_only(world: World) -> None:
    number = world.number()
    about = {"staff": world.o.biller.pk}
    answer = world.by(world.o.admin).get(f"/tickets/{number}/why", **about)
    assert (answer.status, answer["visible"], answer["because"]) == (200, False, [])
    assert world.by(world.o.clerk).get(f"/tickets/{number}/why", **about).code == "right_missing"
    assert world.by(world.o.biller).get(f"/tickets/{number}/why").status == 404


def test_of_a_customers_tickets_one_sees_ones_own(world: World) -> None:
    mine, others = (
        world.number(customer_id=world.customer.pk, by=who) for who in (world.o.agent, world.o.agent_two)
    )
    path = f"/customers/{world.customer.pk}/tickets"
    assert [row["number"] for row in world.by(world.o.agent).get(path)["items"]] == [mine]
    first = world.by(world.o.admin).get(path, limit=1)
    assert [row["number"] for row in first["items"]] == [others]
    rest = world.by(world.o.admin).get(path, limit=1, after=first["next"])
    assert [row["number"] for row in rest["items"]] == [mine]
