"""Extensions by policy: how often, how long, until when, who decides; and what a granted one moves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from gongdan.core.tickets.models import Extension
from tests.client import Answer
from tests.clocks.conftest import (
    Days,
    World,
    at_node,
    cards_of,
    clock_of,
    heads,
    hours,
    open_item,
    ticket_of,
    working,
    yellow,
)

pytestmark = pytest.mark.django_db
PLAIN = {"most": 2, "longest_amount": 3, "longest_unit": "hours", "working": False}


def at_verify(world: World, days: Days, extension: dict[str, Any] = PLAIN, whole: int = 40) -> str:
    """The clerk has it at verify, for two hours, with a yellow card half an hour before."""
    days.policy(
        process=hours(whole), nodes=[at_node("verify", hours(2, yellow=yellow(30)))], extension=extension
    )
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    return number


def ask(world: World, number: str, until: datetime) -> Answer:
    return world.do(world.o.clerk, number, "extend", until=until.isoformat(), reason="等备件")


def decide(world: World, number: str, who: Any = None, *, grant: bool = True) -> Answer:
    return world.do(who or world.o.head, number, "decide_extension", grant=grant, reason="同意")


def test_the_new_limit_with_the_old_one_kept(world: World, days: Days) -> None:
    number = at_verify(world, days)
    days.go(minutes=10)
    assert ask(world, number, days.after(hours=3)).status == 200
    assert decide(world, number).status == 200
    clock = clock_of(number, "node")
    assert (clock.first_limit, clock.limit) == (2 * 3600, 3 * 3600)
    assert (clock.due_at, clock.warn_at) == (days.after(hours=3), days.after(hours=2, minutes=30))
    assert (open_item(number).due_at, open_item(number).warn_at) == (clock.due_at, clock.warn_at)
    assert ticket_of(number).required_end == days.after(hours=40)
    extension = Extension.objects.get()
    assert (extension.old_end, extension.new_end) == (days.after(hours=2), days.after(hours=3))


def test_yellow_comes_again_for_the_new_limit(world: World, days: Days) -> None:
    number = at_verify(world, days)
    assert days.live(minutes=95) == 1
    ask(world, number, days.after(hours=4))
    assert decide(world, number).status == 200
    days.live(hours=9)
    assert cards_of(number) == [
        ("yellow", "verify", days.after(minutes=90)),
        ("yellow", "verify", days.after(hours=3, minutes=30)),
        ("red", "verify", days.after(hours=4)),
    ]


def test_refused_nothing_moves(world: World, days: Days) -> None:
    number = at_verify(world, days)
    ask(world, number, days.after(hours=3))
    assert decide(world, number, grant=False).status == 200
    assert clock_of(number, "node").due_at == days.after(hours=2)
    assert Extension.objects.get().state == "refused"


def test_the_whole_moves_where_it_would_end_before_its_part(world: World, days: Days) -> None:
    number = at_verify(world, days, whole=3)
    ask(world, number, days.after(hours=4))
    assert decide(world, number).status == 200
    assert clock_of(number).due_at == ticket_of(number).required_end == days.after(hours=4)
    assert clock_of(number).first_limit == 3 * 3600


def test_work_without_a_limit_of_its_own_extends_the_whole(world: World, days: Days) -> None:
    days.policy(process=hours(6), extension=PLAIN)
    number = world.verified(world.number())
    world.done(world.o.clerk, number, "accept")
    assert ask(world, number, days.after(hours=8)).status == 200
    assert decide(world, number).status == 200
    assert ticket_of(number).required_end == open_item(number).due_at == days.after(hours=8)


def test_no_more_than_the_policy_allows_at_a_time(world: World, days: Days) -> None:
    number = at_verify(world, days)
    assert ask(world, number, days.after(hours=5, seconds=1)).code == "extension_too_long"
    assert ask(world, number, days.after(hours=5)).status == 200


def test_no_more_often_than_the_policy_allows(world: World, days: Days) -> None:
    number = at_verify(world, days)
    for end in (3, 4):
        assert ask(world, number, days.after(hours=end)).status == 200
        assert decide(world, number).status == 200
    assert ask(world, number, days.after(hours=5)).code == "no_more_extensions"
    assert "extend" not in world.verbs(world.o.clerk, number)


def test_what_was_refused_does_not_count(world: World, days: Days) -> None:
    number = at_verify(world, days, PLAIN | {"most": 1})
    ask(world, number, days.after(hours=3))
    decide(world, number, grant=False)
    assert ask(world, number, days.after(hours=3)).status == 200


def test_transferred_the_stay_has_still_been_extended(world: World, days: Days) -> None:
    number = at_verify(world, days, PLAIN | {"most": 1})
    ask(world, number, days.after(hours=3))
    decide(world, number)
    world.done(world.o.clerk, number, "transfer", handler=world.o.clerk_two.pk, reason="换人")
    world.done(world.o.clerk_two, number, "accept")
    refused = world.do(
        world.o.clerk_two, number, "extend", until=days.after(hours=4).isoformat(), reason="等备件"
    )
    assert refused.code == "no_more_extensions"


@pytest.mark.parametrize(("seconds", "status"), [(7199, 200), (7200, 409), (9000, 409)])
def test_asked_for_in_time_or_not_at_all(world: World, days: Days, seconds: int, status: int) -> None:
    number = at_verify(world, days)
    days.go(seconds=seconds)
    assert ("extend" in world.verbs(world.o.clerk, number)) is (status == 200)
    answer = ask(world, number, days.after(hours=4))
    assert (answer.status, answer.code) == (status, None if status == 200 else "limit_passed")


def test_the_end_must_be_later_and_bring_working_time(world: World, days: Days) -> None:
    days.calendar()
    days.policy(process=working(9), nodes=[at_node("verify", working(9))])
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    evening = days.after(days=1, hours=1, minutes=30)
    assert clock_of(number, "node").due_at == evening
    assert ask(world, number, evening - timedelta(hours=1)).code == "not_later"
    # Tuesday 10:30 is due; the break from 12:00 on brings nothing more than 12:00
    assert ask(world, number, days.after(days=1, hours=4)).status == 200
    assert decide(world, number).status == 200
    assert clock_of(number, "node").due_at == days.after(days=1, hours=3)


def test_how_long_is_counted_in_working_time_where_the_policy_says_so(world: World, days: Days) -> None:
    days.calendar()
    rule = {"most": 1, "longest_amount": 1, "longest_unit": "days", "working": True}
    days.policy(process=working(30), nodes=[at_node("verify", working(2))], extension=rule)
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    assert ask(world, number, days.after(days=1, hours=2, minutes=1)).code == "extension_too_long"
    assert ask(world, number, days.after(days=1, hours=2)).status == 200


@pytest.mark.parametrize(
    ("level", "may", "may_not"),
    [("right", ["head", "admin"], []), ("head", ["head", "admin"], []), ("next_level", ["admin"], ["head"])],
)
def test_the_right_level_decides(
    world: World, days: Days, level: str, may: list[str], may_not: list[str]
) -> None:
    heads(world)
    number = at_verify(world, days, PLAIN | {"decided_by": level})
    ask(world, number, days.after(hours=3))
    people = {"head": world.o.head, "admin": world.o.admin}
    for name in may_not:
        assert decide(world, number, people[name]).code == "wrong_level"
        assert "decide_extension" not in world.verbs(people[name], number)
    for name in may:
        assert "decide_extension" in world.verbs(people[name], number)
    assert decide(world, number, people[may[0]]).status == 200


def test_without_such_a_head_the_right_decides(world: World, days: Days) -> None:
    number = at_verify(world, days, PLAIN | {"decided_by": "next_level"})
    ask(world, number, days.after(hours=3))
    assert decide(world, number).status == 200


def test_ones_own_request_is_for_somebody_else(world: World, days: Days) -> None:
    days.policy(process=hours(40), nodes=[at_node("verify", hours(2))], extension=PLAIN)
    number = world.number()
    world.done(world.o.head, number, "accept")
    until = days.after(hours=3).isoformat()
    world.done(world.o.head, number, "extend", until=until, reason="等备件")
    assert decide(world, number).code == "own_request"


def test_granted_after_the_limit_has_passed_it_is_no_breach_any_more(world: World, days: Days) -> None:
    """Asked for in time, decided late: the red card that came meanwhile is for people to withdraw."""
    number = at_verify(world, days)
    ask(world, number, days.after(hours=4))
    days.live(hours=3)
    assert clock_of(number, "node").breached_at == days.after(hours=2)
    assert decide(world, number).status == 200
    clock = clock_of(number, "node")
    assert (clock.breached_at, clock.due_at) == (None, days.after(hours=4))
    days.live(hours=5)
    assert [(colour, due) for colour, _, due in cards_of(number)] == [
        ("yellow", days.after(minutes=90)),
        ("red", days.after(hours=2)),
        ("yellow", days.after(hours=3, minutes=30)),
        ("red", days.after(hours=4)),
    ]


def test_granted_while_the_ticket_stands_still(world: World, days: Days) -> None:
    """What was asked for is an end; it moves on with the pause, like every due moment."""
    number = at_verify(world, days)
    days.go(hours=1)
    ask(world, number, days.after(hours=3))
    world.done(world.o.head, number, "pause", reason="等备件")
    assert decide(world, number).status == 200
    days.go(hours=5)
    world.done(world.o.head, number, "resume")
    assert clock_of(number, "node").due_at == open_item(number).due_at == days.after(hours=8)
