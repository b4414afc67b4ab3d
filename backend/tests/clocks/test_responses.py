"""Answers owed to the customer: the first one, and the next ones."""

from __future__ import annotations

import pytest

from gongdan.core.tickets.models import Clock
from tests.clocks.conftest import Days, World, clock_of, hours

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("until", "done", "stops"),
    [
        ("reply", "reply", True),
        ("reply", "accept", False),
        ("accept", "reply", False),
        ("accept", "accept", True),
        ("either", "reply", True),
        ("either", "accept", True),
    ],
)
def test_what_counts_as_a_first_response(
    world: World, days: Days, until: str, done: str, stops: bool
) -> None:
    days.policy(first_response={**hours(2), "until": until})
    number = world.number()
    days.go(hours=1)
    if done == "reply":
        world.done(world.o.agent, number, "reply", body="已收到")
    else:
        world.done(world.o.clerk, number, "accept")
    clock = clock_of(number, "first_response")
    assert (clock.state, clock.stopped_at) == (("met", days.now) if stops else ("running", None))


def test_an_answer_after_the_limit_is_late(world: World, days: Days) -> None:
    days.policy(first_response=hours(2))
    number = world.number()
    days.go(hours=2, seconds=1)
    world.done(world.o.agent, number, "reply", body="已收到")
    clock = clock_of(number, "first_response")
    assert (clock.state, clock.breached_at) == ("breached", days.after(hours=2))


def test_an_answer_in_the_last_second_is_in_time(world: World, days: Days) -> None:
    days.policy(first_response=hours(2))
    number = world.number()
    days.go(hours=2)
    world.done(world.o.agent, number, "reply", body="已收到")
    assert clock_of(number, "first_response").state == "met"


def test_each_time_the_customer_speaks_an_answer_is_owed_once(world: World, days: Days) -> None:
    days.policy(first_response=hours(2), next_response=hours(1))
    number = world.number()
    world.done(world.o.agent, number, "append", body="急", from_customer=True)
    assert not Clock.objects.filter(kind="next_response").exists()  # the first answer is still owed
    world.done(world.o.agent, number, "reply", body="已收到")
    assert not Clock.objects.filter(kind="next_response").exists()
    days.go(hours=5)
    world.done(world.o.agent, number, "append", body="怎么样了", from_customer=True)
    days.go(minutes=30)
    world.done(world.o.agent, number, "append", body="在吗", from_customer=True)
    (clock,) = Clock.objects.filter(kind="next_response")
    assert clock.due_at == days.after(hours=6)
    world.done(world.o.agent, number, "reply", body="明天上门")
    assert clock_of(number, "next_response").state == "met"
    world.done(world.o.agent, number, "append", body="好", from_customer=True)
    assert Clock.objects.filter(kind="next_response").count() == 2


def test_without_such_a_limit_nothing_is_owed(world: World, days: Days) -> None:
    days.policy(process=hours(2))
    number = world.number()
    world.done(world.o.agent, number, "append", body="急", from_customer=True)
    world.done(world.o.agent, number, "reply", body="已收到")
    assert set(Clock.objects.values_list("kind", flat=True)) == {"process", "node"}


def test_nothing_is_owed_once_the_ticket_has_ended(world: World, days: Days) -> None:
    days.policy(first_response=hours(2), next_response=hours(1))
    number = world.number()
    world.done(world.o.admin, number, "cancel", reason="客户撤诉")
    assert world.do(world.o.agent, number, "append", body="急", from_customer=True).status == 409
    assert clock_of(number, "first_response").state == "void"
