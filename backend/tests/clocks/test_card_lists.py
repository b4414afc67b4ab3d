"""Lists of cards and their counts: filters, pages, and only what one may see."""

from __future__ import annotations

from typing import Any

import pytest

from gongdan.core.staff.models import Staff
from gongdan.core.tickets.models import Card
from tests.client import Answer
from tests.clocks.conftest import Days, World, at_node, heads, hours, yellow

pytestmark = pytest.mark.django_db


@pytest.fixture
def numbers(world: World, days: Days) -> dict[str, str]:
    """complaint: the clerk's, yellow and red at verify; billing: the biller's, yellow of the whole, an hour later;
    loose: nobody's at network, yellow of the whole."""
    heads(world)
    days.policy(
        "complaints", when="kind is complaint", process=hours(90),
        nodes=[at_node("verify", hours(2, yellow=yellow(30)))],
    )  # fmt: skip
    days.policy("rest", process=hours(4, yellow=yellow(60)))
    complaint, billing, loose = world.number(), world.number("consultation"), world.number("sampled")
    world.done(world.o.clerk, complaint, "accept")
    world.done(world.o.admin, billing, "transfer", handler=world.o.biller.pk, reason="账单")
    world.done(world.o.biller, billing, "accept")
    days.live(hours=2)
    days.live(hours=1)
    return {"complaint": complaint, "billing": billing, "loose": loose}


def ask(world: World, who: Staff | None = None, **query: Any) -> Answer:
    answer = world.by(who or world.o.admin).get("/cards", **query)
    assert answer.status == 200, answer.body
    return answer


def seen(world: World, who: Staff | None = None, **query: Any) -> list[tuple[str, str]]:
    """(number, colour) in the order of the list."""
    return [(one["ticket"]["number"], one["colour"]) for one in ask(world, who, **query)["items"]]


def counted(world: World, who: Staff | None = None, **query: Any) -> Answer:
    answer = world.by(who or world.o.admin).get("/cards/summary", **query)
    assert answer.status == 200, answer.body
    return answer


def withdraw(world: World, number: str, colour: str) -> None:
    card = Card.objects.get(ticket__number=number, colour=colour)
    world.done(world.o.admin, number, "withdraw_card", card=card.pk, reason="误发")


def test_filters(world: World, days: Days, numbers: dict[str, str]) -> None:
    complaint, billing, loose = numbers["complaint"], numbers["billing"], numbers["loose"]
    whole = {(complaint, "yellow"), (complaint, "red"), (billing, "yellow"), (loose, "yellow")}
    withdraw(world, complaint, "yellow")
    for query, expected in (
        ({}, whole),
        ({"colour": "red"}, {(complaint, "red")}),
        ({"state": "withdrawn"}, {(complaint, "yellow")}),
        ({"standing": "true"}, whole - {(complaint, "yellow")}),
        ({"standing": "false"}, {(complaint, "yellow")}),
        ({"department": world.o.billing.pk}, {(billing, "yellow")}),
        ({"staff": world.o.clerk.pk}, {(complaint, "yellow"), (complaint, "red")}),
        ({"clock_kind": "process"}, {(billing, "yellow"), (loose, "yellow")}),
        ({"node": "verify"}, {(complaint, "yellow"), (complaint, "red")}),
        ({"ticket": billing}, {(billing, "yellow")}),
        ({"since": days.after(hours=3).isoformat()}, {(billing, "yellow"), (loose, "yellow")}),
        ({"until": days.after(hours=3).isoformat()}, {(complaint, "yellow"), (complaint, "red")}),
        ({"colour": "red", "department": world.o.billing.pk}, set()),
    ):
        assert set(seen(world, **query)) == expected, query
    assert len(seen(world)) == 4


def test_mine_are_those_that_name_me(world: World, numbers: dict[str, str]) -> None:
    assert {number for number, _ in seen(world, world.o.clerk, mine="true")} == {numbers["complaint"]}
    assert seen(world, world.o.clerk_two, mine="true") == []


def test_newest_first_page_by_page(world: World, days: Days, numbers: dict[str, str]) -> None:
    pages, after = [], None
    while True:
        answer = ask(world, limit=1, after=after)
        pages += [one["id"] for one in answer["items"]]
        days.live(minutes=40)  # what comes meanwhile does not disturb the pages
        if (after := answer["next"]) is None:
            break
    known = list(
        Card.objects.filter(issued_at__lte=days.after(hours=3)).order_by("-pk").values_list("pk", flat=True)
    )
    assert pages == known


@pytest.mark.parametrize(
    "query", [{"colour": "green"}, {"limit": 0}, {"after": "nonsense"}, {"since": "yesterday"}]
)
def test_nonsense_is_refused(world: World, days: Days, query: dict[str, Any]) -> None:
    answer = world.by(world.o.admin).get("/cards", **query)
    assert 400 <= answer.status < 500


def test_one_sees_the_cards_of_the_tickets_one_sees(world: World, numbers: dict[str, str]) -> None:
    assert {number for number, _ in seen(world, world.o.biller)} == {numbers["billing"]}
    assert seen(world, world.o.stranger) == []
    summary = counted(world, world.o.stranger)
    assert (summary["yellow"], summary["red"], summary["by_staff"]) == (0, 0, [])


def test_a_card_in_words(world: World, numbers: dict[str, str]) -> None:
    (card,) = ask(world, colour="red")["items"]
    assert card["ticket"]["number"] == numbers["complaint"]
    assert (card["clock_kind"], card["node"], card["node_title"]["zh-Hans"]) == ("node", "verify", "核实")
    assert card["department"] == {"id": world.o.network.pk, "name": "网络部"}
    assert card["staff"] == {"id": world.o.clerk.pk, "name": "孙丽"}
    assert card["state"] == "issued"
    assert "withdraw_card" in card["actions"]


def test_counts_are_of_what_stands(world: World, numbers: dict[str, str]) -> None:
    def line(name: str, unit: Any, of: int, yellow: int, red: int) -> dict[str, Any]:
        return {unit: None if not of else {"id": of, "name": name}, "yellow": yellow, "red": red}

    o = world.o
    assert counted(world).body == {
        "yellow": 3,
        "red": 1,
        "withdrawn": 0,
        "by_department": [
            line("网络部", "department", o.network.pk, 2, 1),
            line("账务部", "department", o.billing.pk, 1, 0),
        ],
        "by_staff": [
            line("孙丽", "staff", o.clerk.pk, 1, 1),
            line("吴芳", "staff", o.biller.pk, 1, 0),
            line("", "staff", 0, 1, 0),
        ],
    }
    withdraw(world, numbers["complaint"], "red")
    summary = counted(world)
    assert (summary["yellow"], summary["red"], summary["withdrawn"]) == (3, 0, 1)
    assert summary["by_staff"][0] in (
        line("孙丽", "staff", o.clerk.pk, 1, 0),
        line("吴芳", "staff", o.biller.pk, 1, 0),
    )
    assert counted(world, department=o.billing.pk)["yellow"] == 1


def test_an_appealed_or_upheld_card_stands(world: World, numbers: dict[str, str]) -> None:
    red = Card.objects.get(colour="red").pk
    world.done(world.o.clerk, numbers["complaint"], "appeal_card", card=red, reason="缺货")
    assert counted(world)["red"] == 1
    world.done(world.o.head, numbers["complaint"], "uphold_card", card=red, reason="不成立")
    assert counted(world)["red"] == 1
