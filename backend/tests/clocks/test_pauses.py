"""A ticket that stands still: which of its clocks do, and what moves when it goes on."""

from __future__ import annotations

import pytest

from tests.clocks.conftest import (
    Days,
    World,
    at_node,
    cards_of,
    clock_of,
    hours,
    open_item,
    ticket_of,
    yellow,
)

pytestmark = pytest.mark.django_db
BOTH = ["pause", "customer"]


@pytest.mark.parametrize(
    ("pauses", "waiting_for", "stands"),
    [
        (BOTH, "customer", True),
        (BOTH, "other", True),
        (["customer"], "customer", True),
        (["customer"], "other", False),
        (["pause"], "customer", False),
        (["pause"], "other", True),
        ([], "customer", False),
    ],
)
def test_the_policy_says_what_stops_its_clocks(
    world: World, days: Days, pauses: list[str], waiting_for: str, stands: bool
) -> None:
    days.policy(process=hours(10, pauses=pauses), nodes=[at_node("verify", hours(4, pauses=[]))])
    number = world.number()
    days.go(hours=1)
    world.done(world.o.head, number, "pause", reason="等", waiting_for=waiting_for)
    assert clock_of(number).state == ("paused" if stands else "running")
    assert clock_of(number, "node").state == "running"
    assert ticket_of(number).paused_for == waiting_for
    days.go(hours=2)
    world.done(world.o.head, number, "resume")
    assert clock_of(number).state == "running"
    assert clock_of(number).due_at == days.after(hours=12 if stands else 10)
    assert clock_of(number, "node").due_at == days.after(hours=4)
    assert ticket_of(number).paused_for == ""


def test_when_it_goes_on_the_ticket_and_its_work_are_due_later(world: World, days: Days) -> None:
    days.policy(process=hours(10, yellow=yellow(60)), nodes=[at_node("verify", hours(4, yellow=yellow(30)))])
    number = world.number()
    days.go(hours=1)
    world.done(world.o.head, number, "pause", reason="等备件")
    assert clock_of(number).next_fire_at is None
    days.go(hours=5)
    world.done(world.o.head, number, "resume")
    ticket, item = ticket_of(number), open_item(number)
    assert (ticket.required_end, ticket.warn_at) == (days.after(hours=15), days.after(hours=14))
    assert (item.due_at, item.warn_at) == (days.after(hours=9), days.after(hours=8, minutes=30))
    assert item.sort_at == item.due_at
    assert clock_of(number).next_fire_at == ticket.warn_at


def test_work_without_a_limit_of_its_own_is_due_with_the_whole_also_later(world: World, days: Days) -> None:
    """The node `handle` has no limit: its work item shows the ticket's, which moves."""
    days.policy(process=hours(10))
    number = world.verified(world.number())
    assert open_item(number).due_at == days.after(hours=10)
    world.done(world.o.head, number, "pause", reason="等备件")
    days.go(hours=5)
    world.done(world.o.head, number, "resume")
    assert open_item(number).due_at == open_item(number).sort_at == days.after(hours=15)


def test_nothing_fires_while_it_stands_still_and_nothing_is_lost(world: World, days: Days) -> None:
    days.policy(process=hours(2, yellow=yellow(30)))
    number = world.number()
    days.go(hours=1)
    world.done(world.o.head, number, "pause", reason="等备件")
    assert days.live(days=3) == 0
    world.done(world.o.head, number, "resume")
    assert days.live(minutes=29) == 0
    assert days.live(minutes=1) == 1
    assert days.live(minutes=30) == 1
    assert cards_of(number) == [
        ("yellow", "process", days.after(days=3, hours=1, minutes=30)),
        ("red", "process", days.after(days=3, hours=2)),
    ]


def test_what_was_due_before_the_pause_is_still_issued(world: World, days: Days) -> None:
    days.policy(process=hours(2, yellow=yellow(30)), nodes=[at_node("verify", hours(40))])
    number = world.number()
    days.go(hours=1, minutes=45)  # the worker is down
    world.done(world.o.head, number, "pause", reason="等备件")
    assert days.live(hours=5) == 1
    assert cards_of(number) == [("yellow", "process", days.after(hours=1, minutes=30))]
    assert days.live(hours=5) == 0


def test_pausing_twice_and_resuming_what_runs_are_refused(world: World, days: Days) -> None:
    days.policy(process=hours(10))
    number = world.number()
    assert world.do(world.o.head, number, "resume").code == "wrong_state"
    world.done(world.o.head, number, "pause", reason="等备件")
    before = clock_of(number).segments
    days.go(hours=1)
    assert world.do(world.o.head, number, "pause", reason="等备件").code == "wrong_state"
    assert clock_of(number).segments == before


def test_a_clock_that_jumps_back_while_a_ticket_stands_still(world: World, days: Days) -> None:
    days.policy(process=hours(2, yellow=yellow(60)), nodes=[at_node("verify", hours(40))])
    number = world.number()
    assert days.live(hours=1, minutes=30) == 1
    world.done(world.o.head, number, "pause", reason="等备件")
    days.go(hours=-1)
    world.done(world.o.head, number, "resume")
    assert clock_of(number).due_at == days.after(hours=2)
    page = world.by(world.o.admin).get(f"/tickets/{number}/clocks")
    assert page["clocks"][0]["used"] == 30 * 60
    assert min(page["clocks"][0]["sums"].values()) >= 0
    assert days.live(hours=2) == 1
    assert [colour for colour, _, _ in cards_of(number)] == ["yellow", "red"]


def test_the_customers_words_let_a_ticket_that_waited_for_them_go_on(world: World, days: Days) -> None:
    days.policy(process=hours(10), next_response=hours(1))
    number = world.number()
    world.done(world.o.head, number, "pause", reason="等客户", waiting_for="customer")
    days.go(hours=3)
    world.done(world.o.agent, number, "append", body="补充一句")  # a colleague's words are not the customer's
    assert ticket_of(number).state == "paused"
    world.done(world.o.agent, number, "append", body="照片发来了", from_customer=True)
    assert ticket_of(number).state == "open"
    assert clock_of(number).due_at == days.after(hours=13)
    assert clock_of(number, "next_response").due_at == days.after(hours=4)
    assert "TicketResumed" in world.events(number)


def test_a_ticket_that_waits_for_something_else_does_not_go_on_by_words(world: World, days: Days) -> None:
    days.policy(process=hours(10), next_response=hours(1, pauses=["pause"]))
    number = world.number()
    world.done(world.o.head, number, "pause", reason="等备件")
    world.done(world.o.agent, number, "append", body="什么时候来", from_customer=True)
    assert ticket_of(number).state == "paused"
    assert clock_of(number, "next_response").state == "paused"
    days.go(hours=2)
    world.done(world.o.head, number, "resume")
    assert clock_of(number, "next_response").due_at == days.after(hours=3)


def test_a_clock_that_starts_while_the_ticket_stands_still_stands_too(world: World, days: Days) -> None:
    days.policy(process=hours(10), next_response=hours(1))
    number = world.number()
    world.done(world.o.head, number, "pause", reason="等备件")
    world.done(world.o.agent, number, "append", body="着急", from_customer=True)
    assert days.live(hours=9) == 0
