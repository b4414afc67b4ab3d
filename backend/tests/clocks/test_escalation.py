"""What the ladder does by itself: each thing once, at its moment, told to whom it names; what cannot be is left out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gongdan.core.catalogue.models import Category
from gongdan.core.staff.models import Department, Staff
from gongdan.core.tickets.models import Card
from gongdan.kernel import reference
from gongdan.listeners.notify.models import Notification
from gongdan.outbox.models import EventRecord
from tests.clocks.conftest import (
    Days,
    World,
    at_node,
    clock_of,
    clocks_of,
    heads,
    hours,
    open_item,
    rung,
    ticket_of,
    yellow,
)
from tests.notify.test_bell import bring
from tests.tickets.conftest import publish

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def told(type_: str, number: str) -> list[dict[str, Any]]:
    """What events of a type say, in order."""
    found = EventRecord.objects.filter(type=type_, subject_id=ticket_of(number).pk).order_by("id")
    return list(found.values_list("data", flat=True))


def bells(type_: str) -> set[str]:
    """Who hears of such events."""
    bring()
    found = Notification.objects.filter(type=type_)
    return {Staff.objects.get(pk=one).username for one in found.values_list("staff", flat=True)}


def held(world: World, days: Days, *ladder: dict[str, Any], **more: Any) -> str:
    """A ticket the clerk has, in a flow whose only limit has this ladder."""
    heads(world)
    days.policy(process=hours(2, ladder=list(ladder), **more))
    number = world.number("consultation")
    world.done(world.o.clerk, number, "accept")
    return number


@pytest.mark.parametrize(
    ("when", "minutes", "moment"), [("before", 30, 90), ("at", 0, 120), ("after", 45, 165)]
)
@pytest.mark.parametrize(
    ("act", "event"),
    [
        ("raise_priority", "TicketEdited"),
        ("hand_to_head", "TicketTransferred"),
        ("hand_up", "TicketTransferred"),
        ("urge", "TicketUrged"),
        ("supervise", "TicketSupervised"),
        ("circulate", "TicketCirculated"),
    ],
)
def test_every_act_once_at_its_moment(
    world: World, days: Days, act: str, event: str, when: str, minutes: int, moment: int
) -> None:
    number = held(world, days, rung(when, minutes, act))
    days.to(days.after(minutes=moment) - SECOND)
    days.live()
    assert told(event, number) == []
    days.live(seconds=1)
    assert len(told(event, number)) == 1
    (said,) = told("Escalated", number)
    assert said["did"] == [{"what": act}]
    assert said["after"] == moment * 60
    days.live(days=9)
    assert (len(told(event, number)), len(told("Escalated", number))) == (1, 1)


@pytest.mark.parametrize(
    ("whom", "hears"),
    [
        ("handler", {"clerk"}),
        ("head", {"head"}),
        ("next_level", {"admin"}),
        ("opener", {"agent"}),
        ("role:callback", {"reviewer", "reviewer2"}),
    ],
)
def test_whom_a_step_tells(world: World, days: Days, whom: str, hears: set[str]) -> None:
    number = held(world, days, rung("at", 0, f"notify {whom}"))
    days.live(hours=3)
    assert bells("Escalated") == hears
    (said,) = told("Escalated", number)
    (did,) = said["did"]
    assert (did["what"], did["whom"]) == ("notify", whom)
    assert len(did["names"]) == len(hears)


def test_cards_ring_too(world: World, days: Days) -> None:
    held(world, days, yellow=yellow(30))
    days.live(minutes=95)
    assert bells("CardIssued") == {"clerk"}
    days.live(minutes=30)
    assert bells("CardIssued") == {"clerk", "head"}


def test_a_card_nobody_has_taken_rings_at_the_head(world: World, days: Days) -> None:
    heads(world)
    days.policy(process=hours(2, yellow=yellow(30)))
    world.number("consultation")
    days.live(minutes=95)
    assert bells("CardIssued") == {"head"}


def test_supervising_and_circulating_ring_where_they_should(world: World, days: Days) -> None:
    held(world, days, rung("at", 0, "supervise"), rung("after", 10, "circulate"))
    days.live(hours=3)
    assert bells("TicketSupervised") == {"clerk", "head"}
    assert bells("TicketCirculated") == {"clerk", "head", "admin"}


def test_the_priority_rises_up_to_the_highest(world: World, days: Days) -> None:
    number = held(world, days, *(rung("after", minutes, "raise_priority") for minutes in (1, 2, 3, 4)))
    before = ticket_of(number).priority
    days.live(minutes=121)
    assert ticket_of(number).priority == before + 1
    days.live(hours=1)
    assert ticket_of(number).priority == 4
    assert len(told("TicketEdited", number)) == 4 - before
    assert len(told("Escalated", number)) == 4
    assert told("Escalated", number)[-1].get("did", []) == []


def test_handed_to_the_head_the_clock_goes_on(world: World, days: Days) -> None:
    heads(world)
    days.policy(process=hours(40), every_node=hours(2, ladder=[rung("before", 30, "hand_to_head")]))
    number = world.number("consultation")
    world.done(world.o.clerk, number, "accept")
    due = clock_of(number, "node").due_at
    days.live(minutes=95)
    item = open_item(number)
    assert (item.handler, item.state, item.due_at) == (world.o.head, "waiting", due)
    assert [node for _, node, _ in clocks_of(number)] == ["", "answer"]
    assert bells("TicketTransferred") == {"head"}
    days.live(minutes=30)
    assert Card.objects.get().staff == world.o.head


def test_handed_up_and_up_again(world: World, days: Days) -> None:
    number = held(world, days, rung("before", 30, "hand_to_head"), rung("at", 0, "hand_up"))
    days.live(minutes=95)
    assert open_item(number).handler == world.o.head
    days.live(minutes=30)
    assert open_item(number).handler == world.o.admin


@pytest.mark.parametrize("act", ["hand_to_head", "hand_up"])
def test_where_nobody_leads_nothing_is_handed_on(world: World, days: Days, act: str) -> None:
    days.policy(process=hours(2, ladder=[rung("at", 0, act, "urge")]))
    number = world.number("consultation")
    world.done(world.o.clerk, number, "accept")
    days.live(hours=3)
    assert open_item(number).handler == world.o.clerk
    assert [one["did"] for one in told("Escalated", number)] == [[{"what": "urge"}]]


def test_a_head_who_left_is_passed_over(world: World, days: Days) -> None:
    number = held(world, days, rung("at", 0, "hand_to_head", "notify head"))
    Staff.objects.filter(pk=world.o.head.pk).update(is_active=False)
    reference.forget()
    days.live(hours=3)
    assert open_item(number).handler == world.o.admin
    assert bells("Escalated") == {"admin"}


def test_what_the_head_has_is_not_handed_to_the_head(world: World, days: Days) -> None:
    heads(world)
    Department.objects.filter(pk=world.o.company.pk).update(head=None)
    reference.forget()
    days.policy(process=hours(2, ladder=[rung("at", 0, "hand_to_head")]))
    number = world.number("consultation")
    world.done(world.o.head, number, "accept")
    days.live(hours=3)
    assert told("TicketTransferred", number) == []


SIGNING = """
flow: signing
title: {zh-Hans: 会签, en: Signing, zh-Hant: 會簽}
nodes:
  intake: {kind: start}
  sign: {kind: countersign, handled_by: department network, agree: 2 of 3, limit: 2 hours}
  done: {kind: end}
edges:
  - intake -> sign -> done
"""


def test_signatures_are_not_handed_on(world: World, days: Days) -> None:
    """Handing one to the head would make a signature a task, and the flow could not go on."""
    heads(world)
    publish(SIGNING)
    Category.objects.filter(code="consultation").update(flow_id="signing")
    days.policy(nodes=[at_node("sign", hours(2, ladder=[rung("at", 0, "hand_to_head", "urge")]), "signing")])
    number = world.number("consultation")
    days.live(hours=3)
    assert [one["did"] for one in told("Escalated", number)] == [[{"what": "urge"}]]
    for person in (world.o.clerk, world.o.clerk_two):
        world.done(person, number, "accept")
        world.done(person, number, "process", outcome="agree")
    assert ticket_of(number).state == "closed"


def test_what_is_supervised_or_circulated_already_stays_so(world: World, days: Days) -> None:
    number = held(world, days, rung("at", 0, "supervise"), rung("after", 10, "circulate", "supervise"))
    world.done(world.o.head, number, "circulate", reason="多次投诉")
    days.live(hours=3)
    assert ticket_of(number).supervision == "circulated"
    assert told("TicketSupervised", number) == []
    assert len(told("TicketCirculated", number)) == 1


def test_a_ticket_waiting_for_its_callback_is_not_handed_on(world: World, days: Days) -> None:
    heads(world)
    days.policy(process=hours(2, ladder=[rung("at", 0, "hand_to_head", "supervise")]))
    number = world.approved(world.number())
    days.live(hours=3)
    assert told("TicketTransferred", number) == []
    assert ticket_of(number).supervision == "supervised"


def test_a_stay_that_has_ended_is_not_pressed_any_more(world: World, days: Days) -> None:
    heads(world)
    days.policy(
        process=hours(90), every_node=hours(2, yellow=yellow(30), ladder=[rung("before", 10, "urge")])
    )
    number = world.number("consultation")
    world.done(world.o.clerk, number, "accept")
    days.go(minutes=115)  # the worker was down
    world.done(world.o.clerk, number, "process", result="九点开门")
    days.live(hours=3)
    assert told("TicketUrged", number) == []
    assert [one["colour"] for one in told("CardIssued", number)] == ["yellow"]
