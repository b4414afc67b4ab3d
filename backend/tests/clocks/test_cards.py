"""Cards in people's hands: who may answer for one or judge it, and what lists and counts make of it."""

from __future__ import annotations

from typing import Any

import pytest

from gongdan.core.staff.models import Staff
from gongdan.core.tickets.models import Card
from tests.client import Answer
from tests.clocks.conftest import Days, World, at_node, heads, hours, ticket_of, yellow

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(world: World, days: Days) -> str:
    """The clerk has it at verify; its yellow and its red card have come."""
    heads(world)
    days.policy(process=hours(90), nodes=[at_node("verify", hours(2, yellow=yellow(30)))])
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    assert days.live(hours=2) == 2
    return number


def card(colour: str = "red") -> Card:
    return Card.objects.filter(colour=colour).latest("pk")


def do(world: World, who: Staff, number: str, verb: str, colour: str = "red") -> Answer:
    args: dict[str, Any] = {"card": card(colour).pk}
    if verb != "acknowledge_card":
        args["reason"] = "备件缺货"
    return world.do(who, number, verb, **args)


def test_a_life_acknowledged_appealed_upheld_withdrawn(world: World, days: Days, number: str) -> None:
    for who, verb, state in (
        (world.o.clerk, "acknowledge_card", "acknowledged"),
        (world.o.clerk, "appeal_card", "appealed"),
        (world.o.head, "uphold_card", "upheld"),
        (world.o.head, "withdraw_card", "withdrawn"),
    ):
        days.go(minutes=1)
        assert do(world, who, number, verb).status == 200
        assert card().state == state
    done = card()
    assert (done.acknowledged_by, done.appealed_by, done.decided_by) == (
        world.o.clerk,
        world.o.clerk,
        world.o.head,
    )
    assert (done.appeal_reason, done.decision_reason) == ("备件缺货", "备件缺货")
    assert done.acknowledged_at == days.after(hours=2, minutes=1)
    assert done.decided_at == days.now
    assert world.events(number)[-4:] == ["CardAcknowledged", "CardAppealed", "CardUpheld", "CardWithdrawn"]


@pytest.mark.parametrize(
    ("before", "verb"),
    [
        ([], "uphold_card"),
        (["acknowledge_card"], "acknowledge_card"),
        (["acknowledge_card"], "uphold_card"),
        (["appeal_card"], "acknowledge_card"),
        (["appeal_card"], "appeal_card"),
        (["appeal_card", "uphold_card"], "appeal_card"),
        (["appeal_card", "uphold_card"], "uphold_card"),
        (["withdraw_card"], "acknowledge_card"),
        (["withdraw_card"], "appeal_card"),
        (["withdraw_card"], "withdraw_card"),
    ],
)
def test_only_what_fits_the_cards_state(world: World, number: str, before: list[str], verb: str) -> None:
    def who(verb: str) -> Staff:
        return world.o.clerk if verb in ("acknowledge_card", "appeal_card") else world.o.admin

    for one in before:
        assert do(world, who(one), number, one).status == 200
    state = card().state
    refused = do(world, who(verb), number, verb)
    assert (refused.status, refused.code in ("wrong_card_state", "no_card")) == (409, True)
    assert card().state == state


def test_who_may_answer_for_a_card(world: World, number: str) -> None:
    """The person named, or a head over them; not a colleague."""
    assert do(world, world.o.clerk_two, number, "acknowledge_card").code == "not_your_card"
    assert do(world, world.o.agent, number, "acknowledge_card").code == "no_right"
    assert do(world, world.o.head, number, "acknowledge_card").status == 200
    assert do(world, world.o.clerk, number, "acknowledge_card", "yellow").status == 200


def test_a_card_that_names_nobody_is_anybodys_of_the_department(world: World, days: Days) -> None:
    days.policy(process=hours(2))
    number = world.number("consultation")
    days.live(hours=3)
    assert card().staff is None
    assert do(world, world.o.clerk_two, number, "acknowledge_card").status == 200


def test_nobody_judges_their_own_card(world: World, number: str) -> None:
    assert do(world, world.o.clerk, number, "withdraw_card").code == "no_right"
    do(world, world.o.head, number, "appeal_card")  # for the clerk
    for verb in ("uphold_card", "withdraw_card"):
        assert do(world, world.o.head, number, verb).code == "own_card"
    assert do(world, world.o.admin, number, "uphold_card").status == 200


def test_the_head_whose_card_it_is_cannot_withdraw_it(world: World, days: Days) -> None:
    heads(world)
    days.policy(process=hours(2))
    number = world.number("consultation")
    world.done(world.o.head, number, "accept")
    days.live(hours=3)
    assert do(world, world.o.head, number, "withdraw_card").code == "own_card"
    assert "withdraw_card" not in world.verbs(world.o.head, number)
    assert do(world, world.o.admin, number, "withdraw_card").status == 200


def test_another_tickets_card_is_not_found(world: World, number: str) -> None:
    other = world.number("consultation")
    world.done(world.o.clerk, other, "accept")
    refused = world.do(world.o.clerk, other, "acknowledge_card", card=card().pk)
    assert (refused.status, card().state) == (409, "issued")
    refused = world.do(world.o.clerk, number, "acknowledge_card", card=999_999)
    assert (refused.status, refused.code) == (404, "card_not_found")


def test_the_page_offers_what_is_possible(world: World, number: str) -> None:
    def offered(who: Staff) -> dict[str, list[str]]:
        return {one["colour"]: one["actions"] for one in world.page(who, number)["cards"]}

    assert offered(world.o.clerk)["red"] == ["acknowledge_card", "appeal_card"]
    assert offered(world.o.clerk_two)["red"] == []
    assert offered(world.o.head)["red"] == ["acknowledge_card", "appeal_card", "withdraw_card"]
    do(world, world.o.clerk, number, "appeal_card")
    assert offered(world.o.clerk)["red"] == []
    assert offered(world.o.head)["red"] == ["uphold_card", "withdraw_card"]
    assert {"uphold_card", "withdraw_card"} <= set(world.verbs(world.o.head, number))


def test_the_ticket_shows_the_worst_card_that_stands(world: World, number: str) -> None:
    assert ticket_of(number).card == "red"
    do(world, world.o.admin, number, "withdraw_card", "red")
    assert ticket_of(number).card == "yellow"
    do(world, world.o.admin, number, "withdraw_card", "yellow")
    assert ticket_of(number).card == ""
    assert "withdraw_card" not in world.verbs(world.o.admin, number)


def test_cards_outlive_the_tickets_end(world: World, number: str) -> None:
    world.done(world.o.admin, number, "cancel", reason="客户撤诉")
    assert do(world, world.o.clerk, number, "appeal_card").status == 200
    assert do(world, world.o.head, number, "withdraw_card").status == 200
    assert ticket_of(number).card == "yellow"


def test_the_liable_hear_what_was_decided(world: World, number: str) -> None:
    from tests.clocks.test_escalation import bells

    do(world, world.o.clerk, number, "appeal_card")
    do(world, world.o.admin, number, "uphold_card")
    do(world, world.o.admin, number, "withdraw_card")
    assert bells("CardAppealed") == {"head", "admin"}
    assert bells("CardUpheld") == bells("CardWithdrawn") == {"clerk"}
