"""Cards come each once, at their moment, in order, whatever happened to the worker or the wall clock meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongdan.core.tickets import firing
from gongdan.core.tickets.firing import Sweeper
from gongdan.core.tickets.models import Card, Clock
from tests.clocks.conftest import (
    Days,
    World,
    at_node,
    cards_of,
    clock_of,
    hours,
    rung,
    ticket_of,
    working,
    yellow,
)
from tests.tickets.scenes import sweep_all

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_yellow_then_red_each_at_its_moment_and_once(world: World, days: Days) -> None:
    days.policy(process=hours(4, yellow=yellow(60, 30)), nodes=[at_node("verify", hours(40))])
    number = world.number()
    for minutes, colour in ((180, "yellow"), (210, "yellow"), (240, "red")):
        days.to(days.after(minutes=minutes) - SECOND)
        assert sweep_all() == 0
        days.go(seconds=1)
        assert (sweep_all(), sweep_all()) == (1, 0)
        card = Card.objects.latest("pk")
        assert (card.colour, card.due_at, card.issued_at) == (colour, days.now, days.now)
        assert ticket_of(number).card == colour
    assert list(Card.objects.order_by("pk").values_list("step", flat=True)) == [1, 2, 1]
    assert clock_of(number).breached_at == days.after(hours=4)
    assert days.live(days=30) == 1  # the node's
    assert world.events(number).count("CardIssued") == 4


def test_a_card_names_clock_and_who_is_liable(world: World, days: Days) -> None:
    days.policy(
        process=hours(9, yellow=yellow(60)), nodes=[{"flow": "complaint", "node": "verify", **hours(1)}]
    )
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    days.live(hours=1)
    card = Card.objects.get()
    assert (card.clock_kind, card.node, card.colour) == ("node", "verify", "red")
    assert (card.department, card.staff) == (world.o.network, world.o.clerk)
    world.done(world.o.clerk, number, "transfer", department=world.o.field.pk, reason="现场")
    days.live(hours=7)
    card = Card.objects.latest("pk")
    assert (card.clock_kind, card.node, card.colour) == ("process", "", "yellow")
    assert (card.department, card.staff) == (world.o.field, None)


def test_cards_come_in_working_time(world: World, days: Days) -> None:
    days.calendar()
    days.policy(process=working(2, "days", yellow=[{"amount": 50, "unit": "percent"}]))
    number = world.number("consultation")
    days.live(days=9)
    assert cards_of(number) == [
        ("yellow", "process", days.after(hours=9)),
        ("red", "process", days.after(days=1, hours=9)),
    ]


def test_after_an_outage_each_missed_one_once_in_order_with_its_moment(world: World, days: Days) -> None:
    days.policy(
        process=hours(4, yellow=yellow(60), ladder=[rung("after", 60, "supervise")]),
        nodes=[at_node("verify", hours(2, yellow=yellow(30)))],
    )
    number = world.number()
    days.go(days=2)
    assert sweep_all() == 5
    assert cards_of(number) == [
        ("yellow", "verify", days.after(hours=1, minutes=30)),
        ("red", "verify", days.after(hours=2)),
        ("yellow", "process", days.after(hours=3)),
        ("red", "process", days.after(hours=4)),
    ]
    assert set(Card.objects.values_list("issued_at", flat=True)) == {days.now}
    said = [name for name in world.events(number) if name in ("CardIssued", "Escalated")]
    assert said == ["CardIssued"] * 4 + ["Escalated"]
    assert sweep_all() == 0


def test_after_an_outage_the_cards_of_all_tickets_come_in_the_order_they_were_due(
    world: World, days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More tickets than one batch takes, opened in another order than they are due."""
    monkeypatch.setattr(firing, "BATCH", 3)
    days.policy(process=hours(4, yellow=yellow(90)), nodes=[at_node("verify", hours(400))])
    for minutes in (0, 50, 10, 40, 20, 30, 5):
        world.number(received_at=days.after(minutes=-minutes).isoformat())
    days.go(days=2)
    assert sweep_all() == 14
    dues = [due for _, _, due in cards_of()]
    assert dues == sorted(dues)


@pytest.mark.parametrize("late_by", [1, 3600])
def test_a_verb_that_ends_a_stay_late_issues_what_was_missed_first(
    world: World, days: Days, late_by: int
) -> None:
    days.policy(process=hours(400), nodes=[at_node("verify", hours(2, yellow=yellow(30)))])
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    days.go(hours=2, seconds=late_by)
    world.done(world.o.clerk, number, "process", outcome="valid", result="属实", fields={"facts": "断"})
    assert cards_of(number) == [
        ("yellow", "verify", days.after(hours=1, minutes=30)),
        ("red", "verify", days.after(hours=2)),
    ]
    assert clock_of(number, "node", "verify").state == "breached"
    assert ticket_of(number).card == "red"
    assert set(Card.objects.values_list("staff", flat=True)) == {world.o.clerk.pk}
    events = world.events(number)
    assert events.index("CardIssued") < events.index("TicketProcessed")
    assert sweep_all() == 0


def test_a_verb_in_time_after_the_warning_was_missed(world: World, days: Days) -> None:
    days.policy(process=hours(400), nodes=[at_node("verify", hours(2, yellow=yellow(30)))])
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    days.go(hours=1, minutes=45)
    world.done(world.o.clerk, number, "process", outcome="valid", result="属实", fields={"facts": "断"})
    assert [colour for colour, _, _ in cards_of(number)] == ["yellow"]
    assert clock_of(number, "node", "verify").state == "met"


def test_a_wall_clock_that_jumps_back_gives_no_second_card(world: World, days: Days) -> None:
    node = hours(2, yellow=yellow(30))
    days.policy(process=hours(4, yellow=yellow(60)), nodes=[at_node("verify", node)], every_node=node)
    number = world.number()
    assert days.live(hours=2) == 2
    assert days.live(hours=-1) == 0
    world.done(world.o.clerk, number, "accept")
    world.done(world.o.clerk, number, "process", outcome="valid", result="属实", fields={"facts": "断"})
    assert clock_of(number, "node", "verify").state == "breached"
    assert clock_of(number, "node", "handle").started_at == days.after(hours=1)
    assert days.live(days=5) == 4
    assert [(colour, where) for colour, where, _ in cards_of(number)] == [
        ("yellow", "verify"),
        ("red", "verify"),
        ("yellow", "handle"),
        ("yellow", "process"),
        ("red", "handle"),
        ("red", "process"),
    ]


def test_a_sweep_with_nothing_due_is_one_statement(
    world: World, days: Days, django_assert_num_queries: object
) -> None:
    days.policy(process=hours(4))
    world.number()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert Sweeper().sweep() == 0


def test_a_ticket_that_is_broken_holds_up_nobody_and_is_tried_again(world: World, days: Days) -> None:
    days.policy(process=hours(4), nodes=[at_node("verify", hours(400))])
    broken, *others = [world.number() for _ in range(4)]
    kept = clock_of(broken).stages
    Clock.objects.filter(pk=clock_of(broken).pk).update(stages="ruined")
    days.go(hours=5)
    sweeper = Sweeper()
    assert sweeper.sweep() == 3
    assert [cards_of(one) != [] for one in (broken, *others)] == [False, True, True, True]
    days.go(seconds=10)
    others.append(world.number(received_at=days.after(hours=-9).isoformat()))
    assert sweeper.sweep() == 1  # not tried now, and the newer one is not held up
    assert cards_of(others[-1]) != []
    Clock.objects.filter(pk=clock_of(broken).pk).update(stages=kept)
    assert sweeper.sweep() == 0
    days.go(seconds=30)
    assert sweeper.sweep() == 1
    assert cards_of(broken) == [("red", "process", days.after(hours=4))]
    assert sweeper.troubled == {}


def test_what_stays_broken_is_tried_with_growing_pauses(world: World, days: Days) -> None:
    days.policy(process=hours(4), nodes=[at_node("verify", hours(400))])
    broken = ticket_of(world.number())
    Clock.objects.filter(ticket=broken, kind="process").update(stages="ruined")
    days.go(hours=5)
    sweeper = Sweeper()
    for pause in (30, 60, 120, 240):
        assert sweeper.sweep() == 0
        assert sweeper.troubled[broken.pk][1] == days.now + timedelta(seconds=pause)
        days.go(seconds=pause)
