"""A ticket keeps the version it started with; another takes hold only when it is applied, as the preview showed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from gongdan.core.calendar.actions import publish_version
from gongdan.core.tickets.firing import Sweeper
from gongdan.core.tickets.models import Clock
from gongdan.core.tickets.policy_use import apply_version
from gongdan.kernel import reference
from gongdan.kernel.actor import system
from tests.clocks.conftest import (
    Days,
    World,
    at_node,
    cards_of,
    clock_of,
    clocks_of,
    hours,
    open_item,
    rung,
    ticket_of,
    working,
    yellow,
)
from tests.tickets.scenes import sweep_all

pytestmark = pytest.mark.django_db
ACTOR = system("test")
ROUND = [[["00:00", "24:00"]]] * 7


def rows(number: str) -> list[dict[str, Any]]:
    return [dict(row) for row in Clock.objects.filter(ticket__number=number).order_by("pk").values()]


def apply(code: str = "all", number: int = 2) -> int:
    reference.forget()
    return apply_version(code, number, actor=ACTOR)


def test_a_new_version_touches_no_ticket_under_way(world: World, days: Days) -> None:
    days.calendar()
    days.policy(
        process=hours(10, yellow=yellow(60)), first_response=hours(2), nodes=[at_node("verify", hours(3))]
    )
    number = world.number()
    before = rows(number), ticket_of(number).required_end, open_item(number).due_at
    days.publish(process=hours(1), first_response=hours(1), nodes=[at_node("verify", hours(1))])
    world.done(world.o.clerk, number, "accept")
    world.done(world.o.clerk, number, "note", body="看过")
    assert (rows(number), ticket_of(number).required_end, open_item(number).due_at) == before
    world.done(world.o.clerk, number, "process", outcome="valid", result="属实", fields={"facts": "断"})
    assert clock_of(number).due_at == days.after(hours=10)
    assert {row["policy_version_id"] for row in rows(number)} == {ticket_of(number).policy_version_id}


def test_later_stays_too_go_by_the_version_the_ticket_keeps(world: World, days: Days) -> None:
    days.policy(process=hours(40), every_node=hours(3))
    number = world.number("consultation")
    days.publish(process=hours(40), every_node=hours(7))
    world.done(world.o.clerk, number, "accept")
    world.done(world.o.clerk, number, "transfer", department=world.o.network.pk, reason="排队")
    assert clock_of(number, "node").limit == 3 * 3600


def test_a_changed_calendar_touches_no_clock(world: World, days: Days) -> None:
    first = days.calendar()
    days.policy(process=working(8))
    number = world.number("consultation")
    before = rows(number)
    publish_version("office", definition(ROUND), actor=ACTOR)
    reference.forget()
    world.done(world.o.head, number, "pause", reason="等")
    world.done(world.o.head, number, "resume")
    assert clock_of(number).calendar_version_id == before[0]["calendar_version_id"] == first
    assert clock_of(number).due_at == days.after(days=1, minutes=30)
    assert clock_of(world.number("consultation")).due_at == days.after(hours=8)


def definition(week: list[Any]) -> dict[str, Any]:
    return {
        "time_zone": "Asia/Shanghai",
        "week": week,
        "holidays": "",
        "makeup": None,
        "exceptions": [],
        "day_minutes": None,
    }


def test_applied_clocks_change_what_they_counted_stays(world: World, days: Days) -> None:
    days.policy(process=hours(10), nodes=[at_node("verify", hours(3))])
    number = world.number()
    days.go(hours=2)
    days.publish(
        process=hours(5, yellow=yellow(60)), next_response=hours(1), nodes=[at_node("verify", hours(4))]
    )
    assert apply() == 1
    assert (clock_of(number).due_at, clock_of(number, "node").due_at) == (
        days.after(hours=5),
        days.after(hours=4),
    )
    ticket, item = ticket_of(number), open_item(number)
    assert (ticket.required_end, ticket.warn_at) == (days.after(hours=5), days.after(hours=4))
    assert item.due_at == item.sort_at == days.after(hours=4)
    assert {row["policy_version_id"] for row in rows(number)} == {ticket.policy_version_id}
    days.live(hours=9)
    assert [(colour, due) for colour, _, due in cards_of(number)] == [
        ("yellow", days.after(hours=4)),
        ("red", days.after(hours=4)),
        ("red", days.after(hours=5)),
    ]


def test_a_limit_that_has_passed_by_the_change_is_breached_and_its_past_is_not_done(
    world: World, days: Days
) -> None:
    days.policy(process=hours(10))
    number = world.number("consultation")
    days.go(hours=5)
    days.publish(
        process=hours(3, yellow=yellow(60), ladder=[rung("before", 30, "urge"), rung("at", 0, "supervise")])
    )
    apply()
    sweep_all()
    assert cards_of(number) == [("red", "process", days.after(hours=3))]
    assert ticket_of(number).urged == 0
    assert ticket_of(number).supervision == "supervised"


def test_the_calendar_version_stays_unless_another_calendar_is_named(world: World, days: Days) -> None:
    first = days.calendar()
    days.policy(process=working(8))
    number = world.number("consultation")
    publish_version("office", definition(ROUND), actor=ACTOR)
    days.publish(process=working(9))
    apply()
    assert clock_of(number).calendar_version_id == first
    other = days.calendar("nights", is_default=False, week=ROUND)
    days.publish(process=working(9), calendar="nights")
    apply(number=3)
    assert clock_of(number).calendar_version_id == other
    assert clock_of(number).due_at == days.after(hours=9)


def test_what_was_granted_stays_granted_however_often_a_policy_is_applied(world: World, days: Days) -> None:
    days.policy(process=hours(40), nodes=[at_node("verify", hours(2))])
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    world.done(world.o.clerk, number, "extend", until=days.after(hours=3).isoformat(), reason="等备件")
    world.done(world.o.head, number, "decide_extension", grant=True, reason="同意")
    for version, amount in ((2, 5), (3, 6)):
        days.publish(process=hours(40), nodes=[at_node("verify", hours(amount))])
        apply(number=version)
        clock = clock_of(number, "node")
        assert (clock.first_limit, clock.limit) == (amount * 3600, (amount + 1) * 3600)


def test_limits_that_come_and_go(world: World, days: Days) -> None:
    days.policy(process=hours(10), first_response=hours(2), every_node=hours(3))
    number = world.number("consultation")
    days.publish(every_node=hours(5))
    apply()
    assert clocks_of(number) == [
        ("process", "", "void"),
        ("first_response", "", "void"),
        ("node", "answer", "running"),
    ]
    assert ticket_of(number).required_end is None
    assert open_item(number).due_at == days.after(hours=5)
    days.publish(process=hours(7))
    apply(number=3)
    assert clocks_of(number)[2:] == [("node", "answer", "void"), ("process", "", "running")]
    assert ticket_of(number).required_end == open_item(number).due_at == days.after(hours=7)
    world.by(world.o.admin).patch("/policies/all", {"active": False})
    assert apply(number=3) == 1
    assert ticket_of(number).policy_version_id is None
    assert ticket_of(number).required_end is open_item(number).due_at is None
    assert days.live(days=9) == 0


def test_what_the_preview_shows_is_what_applying_does(world: World, days: Days) -> None:
    days.calendar()
    days.policy(process=hours(10), first_response=hours(2), nodes=[at_node("verify", hours(3))])
    numbers = [world.number(), world.number(), world.verified(world.number())]
    days.go(hours=1)
    world.done(world.o.head, numbers[1], "pause", reason="等备件")
    days.live(hours=3)
    terms: dict[str, Any] = {
        "process": working(9),
        "every_node": hours(1),
        "nodes": [at_node("verify", hours(5))],
    }
    by = world.by(world.o.admin)
    seen = by.post("/policies/all/preview", {"terms": terms})
    assert seen["count"] == 3
    before = {row["id"]: row for number in numbers for row in rows(number)}
    days.publish(**terms)
    assert apply() == 3
    for item in seen["items"]:
        after = rows(item["ticket"])
        shown = [
            (one["kind"], one["node"], one["new_limit"], moment(one["new_due"])) for one in item["clocks"]
        ]
        changed = [
            (row["kind"], row["node"], None, None)
            if row["state"] == "void"
            else (row["kind"], row["node"], row["limit"], row["due_at"])
            for row in after
            if row["stopped_at"] is None or before[row["id"]]["stopped_at"] is None
            if row["id"] not in before
            or (row["limit"], row["due_at"], row["state"])
            != tuple(before[row["id"]][name] for name in ("limit", "due_at", "state"))
        ]
        assert sorted(shown, key=str) == sorted(changed, key=str)


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def test_applied_while_the_wall_clock_is_behind_gives_no_second_card(world: World, days: Days) -> None:
    days.policy(process=hours(10), nodes=[at_node("verify", hours(2, yellow=yellow(30)))])
    number = world.number()
    assert days.live(hours=2) == 2
    days.go(hours=-1)
    days.publish(process=hours(9), nodes=[at_node("verify", hours(2, yellow=yellow(30)))])
    assert apply() == 1
    days.go(hours=20)
    sweeper = Sweeper()
    while sweeper.sweep():
        pass
    assert sweeper.troubled == {}
    assert cards_of(number) == [
        ("yellow", "verify", days.after(minutes=90)),
        ("red", "verify", days.after(hours=2)),
        ("red", "process", days.after(hours=9)),
    ]
