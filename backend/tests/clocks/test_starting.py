"""Which clocks start when, by which policy, and what stops them."""

from __future__ import annotations

import pytest

from gongdan.core.tickets.actions.open_ticket import open_ticket
from gongdan.core.tickets.actions.shape import perform
from gongdan.core.tickets.contracts import AppendInformation, OpenTicket
from gongdan.core.tickets.models import Clock
from gongdan.kernel.actor import system
from tests.clocks.conftest import (
    MONDAY,
    Days,
    World,
    clock_of,
    clocks_of,
    hours,
    open_item,
    ticket_of,
    working,
)
from tests.tickets.scenes import return_targets

pytestmark = pytest.mark.django_db
NODES = [{"flow": "complaint", "node": "verify", **hours(1)}]


def test_a_ticket_takes_the_first_policy_that_holds(world: World, days: Days) -> None:
    days.policy("rest", process=hours(40))
    days.policy("complaints", when="kind is complaint", process=hours(10), nodes=NODES)
    complaint, other = world.number(), world.number("consultation")
    assert [clock_of(one).due_at for one in (complaint, other)] == [
        days.after(hours=10),
        days.after(hours=40),
    ]
    assert clocks_of(complaint) == [("process", "", "running"), ("node", "verify", "running")]
    assert ticket_of(complaint).required_end == days.after(hours=10)
    assert clock_of(complaint, "node").due_at == days.after(hours=1)
    assert open_item(complaint).due_at == days.after(hours=1)


def test_without_a_policy_the_flows_own_limits_count(world: World, days: Days) -> None:
    number = world.number()
    assert clock_of(number).due_at == days.after(days=2)
    assert clock_of(number, "node").due_at == days.after(hours=4)
    assert clock_of(number).policy_version is None


def test_a_draft_has_no_clock_until_it_is_submitted(world: World, days: Days) -> None:
    days.policy(process=hours(10), first_response=hours(2), every_node=hours(1))
    number = world.number(draft=True)
    days.go(minutes=30)
    assert clocks_of(number) == []
    assert ticket_of(number).policy_version is None
    world.done(world.o.agent, number, "submit")
    assert [one[:2] for one in clocks_of(number)] == [
        ("process", ""),
        ("first_response", ""),
        ("node", "verify"),
    ]
    assert clock_of(number).started_at == MONDAY  # the customer spoke then
    assert clock_of(number, "node").started_at == days.now


def test_what_was_answered_on_the_spot_has_no_clock(world: World, days: Days) -> None:
    days.policy(process=hours(10), first_response=hours(2), every_node=hours(1))
    number = str(world.open("consultation", answered_on_spot=True, answer="九点开门")["number"])
    assert clocks_of(number) == []


def test_the_time_the_customer_spoke_counts(world: World, days: Days) -> None:
    days.policy(process=hours(10), every_node=hours(1))
    number = world.number(received_at=days.after(hours=-3).isoformat())
    assert clock_of(number).due_at == days.after(hours=7)
    assert clock_of(number, "node").started_at == MONDAY


def test_every_stay_has_a_clock_of_its_own(world: World, days: Days) -> None:
    days.policy(process=hours(40), every_node=hours(2), callback=hours(9))
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    days.go(hours=1)
    world.done(world.o.clerk, number, "process", outcome="valid", result="属实", fields={"facts": "断"})
    assert clocks_of(number)[1:] == [("node", "verify", "met"), ("node", "handle", "running")]
    assert clock_of(number, "node", "verify").stopped_at == days.now
    assert clock_of(number, "node", "handle").due_at == days.now + (days.after(hours=2) - MONDAY)
    world.done(world.o.clerk, number, "accept")
    world.done(world.o.clerk, number, "process", result="已修复")
    world.done(world.o.head, number, "accept")
    world.done(world.o.head, number, "process", outcome="approved")
    assert clocks_of(number)[-1] == ("callback", "callback", "running")
    assert clock_of(number, "callback").due_at == days.after(hours=10)
    world.done(world.o.reviewer, number, "accept")
    world.done(world.o.reviewer, number, "call_back", result="satisfied", score=5)
    assert {state for _, _, state in clocks_of(number)} == {"met"}


def test_passing_work_on_wins_no_time(world: World, days: Days) -> None:
    days.policy(nodes=NODES)
    number = world.number()
    days.go(minutes=20)
    before = clock_of(number, "node")
    world.done(world.o.clerk, number, "transfer", department=world.o.field.pk, reason="现场")
    assert Clock.objects.filter(ticket__number=number, kind="node").count() == 1
    assert clock_of(number, "node").due_at == before.due_at == open_item(number).due_at


def test_a_return_ends_the_stay_and_begins_another(world: World, days: Days) -> None:
    days.policy(process=hours(40), every_node=hours(2))
    number = world.verified(world.number())
    world.done(world.o.clerk, number, "accept")
    days.go(hours=1)
    target = return_targets(world, world.o.clerk, number)["verify"]
    world.done(world.o.clerk, number, "return", target=target, mode="redo", reason="再核实")
    assert clocks_of(number)[1:] == [
        ("node", "verify", "met"),
        ("node", "handle", "met"),
        ("node", "verify", "running"),
    ]
    assert clock_of(number, "node", "verify").started_at == days.now


def test_taking_back_makes_the_stay_as_if_it_never_was(world: World, days: Days) -> None:
    days.policy(process=hours(40), every_node=hours(2))
    number = world.verified(world.number())
    world.done(world.o.clerk, number, "accept")
    world.done(world.o.clerk, number, "process", result="已修复")
    days.go(hours=3)
    world.done(world.o.clerk, number, "withdraw", reason="漏了")
    assert clocks_of(number)[-2:] == [("node", "approve", "void"), ("node", "handle", "running")]
    assert days.live() == 0  # a void clock gives no card


@pytest.mark.parametrize("verb", ["cancel", "force_end"])
def test_a_ticket_that_is_called_off_counts_for_nothing(world: World, days: Days, verb: str) -> None:
    days.policy(process=hours(10), first_response=hours(2), every_node=hours(1))
    number = world.number()
    world.done(world.o.admin, number, verb, reason="客户撤诉")
    assert {state for _, _, state in clocks_of(number)} == {"void"}
    assert days.live(days=9) == 0


def test_reopened_the_whole_is_counted_anew(world: World, days: Days) -> None:
    days.policy(process=hours(10), every_node=hours(1))
    number = world.number()
    world.done(world.o.admin, number, "cancel", reason="客户撤诉")
    days.go(days=3)
    world.done(world.o.admin, number, "reopen", reason="客户又来电")
    assert clocks_of(number)[2:] == [("process", "", "running"), ("node", "verify", "running")]
    assert clock_of(number).due_at == ticket_of(number).required_end == days.after(days=3, hours=10)


def test_submitted_again_after_a_return_nothing_starts_twice(world: World, days: Days) -> None:
    """Also where neither policy nor flow limits the whole."""
    days.policy(first_response={**hours(2), "until": "reply"})
    number = world.number("consultation")
    world.done(world.o.agent, number, "reply", body="已受理")
    world.done(world.o.clerk, number, "accept")
    target = return_targets(world, world.o.clerk, number)["intake"]
    world.done(world.o.clerk, number, "return", target=target, mode="redo", reason="缺订单号")
    world.done(world.o.agent, number, "submit")
    assert clocks_of(number) == [("first_response", "", "met")]


def test_the_departments_calendar_counts_unless_the_policy_names_one(world: World, days: Days) -> None:
    office = days.calendar()
    other = days.calendar("nights", is_default=False, week=[[["00:00", "24:00"]]] * 7)
    days.policy("rest", process=working(10))
    days.policy("complaints", when="kind is complaint", calendar="nights", process=working(10))
    complaint, rest = world.number(), world.number("consultation")
    assert clock_of(complaint).calendar_version_id == other
    assert clock_of(complaint).due_at == days.after(hours=10)
    assert clock_of(rest).calendar_version_id == office
    assert clock_of(rest).due_at == days.after(days=1, hours=2, minutes=30)


def test_a_limit_that_passed_before_the_ticket_was_opened_is_breached_at_once(
    world: World, days: Days
) -> None:
    days.policy(process=hours(2))
    number = world.number(received_at=days.after(hours=-3).isoformat())
    assert days.live() == 1
    assert clock_of(number).breached_at == days.after(hours=-1)


def test_what_is_imported_has_a_due_time_and_earns_no_cards_of_the_past(world: World, days: Days) -> None:
    days.policy(process=hours(2), first_response=hours(1))
    actor = system("import")
    request = OpenTicket(category="consultation", body="旧系统的工单")
    number = open_ticket(request, actor=actor, at=days.after(days=-30)).number
    assert days.live() == 0
    assert clocks_of(number) == []
    assert ticket_of(number).required_end == days.after(days=-30, hours=2)
    perform("append", number, AppendInformation(body="旧话", from_customer=True), actor=actor)
    assert days.live(days=1) == 0
