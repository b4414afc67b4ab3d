"""GET /tickets/{number}/clocks adds up to the second, whatever became of the ticket and whenever it is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.clocks.conftest import MONDAY, Days, World, at_node, clock_of, hours, working, yellow
from tests.tickets.scenes import return_targets

pytestmark = pytest.mark.django_db
Row = dict[str, Any]


def receipts(world: World, number: str) -> Row:
    answer = world.by(world.o.admin).get(f"/tickets/{number}/clocks")
    assert answer.status == 200, answer.body
    return dict(answer.body)


def moment(text: str | None) -> datetime:
    assert text is not None
    return datetime.fromisoformat(text)


def seconds(spans: list[Row], **like: Any) -> int:
    return sum(one["seconds"] for one in spans if all(one[name] == value for name, value in like.items()))


def follow_each_other(spans: list[Row]) -> None:
    for one in spans:
        assert one["seconds"] == (moment(one["end"]) - moment(one["start"])).total_seconds() > 0
    for one, following in pairwise(spans):
        assert one["end"] == following["start"]
        assert (one["counted"], one["why"]) != (following["counted"], following["why"])


def adds_up(clock: Row, now: datetime) -> None:
    """The one property: parts make the whole, to now and to the due time."""
    spans, sums = clock["spans"], clock["sums"]
    follow_each_other(spans)
    assert seconds(spans, counted=True) == sums["counted"] == clock["used"] >= 0
    assert seconds(spans, why="paused") == sums["paused"]
    assert sums["counted"] + sums["outside"] + sums["paused"] == sums["whole"] == seconds(spans)
    assert clock["remaining"] == clock["limit"] - clock["used"]
    if spans:
        assert moment(spans[0]["start"]) == moment(clock["started_at"])
        assert moment(spans[-1]["end"]) <= (moment(clock["stopped_at"]) if clock["stopped_at"] else now)
    ahead = clock["to_due"]
    if ahead is not None:
        follow_each_other(ahead["spans"])
        assert clock["used"] + seconds(ahead["spans"], counted=True) == clock["limit"]
        assert ahead["sums"]["counted"] == clock["limit"]
        length = (moment(clock["due_at"]) - moment(clock["started_at"])).total_seconds()
        assert seconds(spans) + seconds(ahead["spans"]) == ahead["sums"]["whole"] == length
    if clock["state"] == "running" and ahead is None:
        assert clock["used"] >= clock["limit"]


def returned(world: World, number: str) -> None:
    offered = [one for one in world.page(world.o.clerk, number)["actions"] if one["verb"] == "return"]
    if offered:
        target = next(iter(return_targets(world, world.o.clerk, number).values()))
        world.do(world.o.clerk, number, "return", target=target, mode="redo", reason="再核实")


def extended(world: World, number: str, days: Days) -> None:
    until = (days.now + timedelta(days=1)).isoformat()
    world.do(world.o.clerk, number, "extend", until=until, reason="等备件")
    world.do(world.o.head, number, "decide_extension", grant=True, reason="同意")


def processed(world: World, number: str) -> None:
    for args in ({"outcome": "valid", "result": "属实", "fields": {"facts": "断"}}, {"result": "已修复"}):
        world.do(world.o.clerk, number, "process", **args)


# What may become of a ticket; what is impossible at the moment is refused, and that is fine.
STEPS: dict[str, Callable[[World, str, Days], object]] = {
    "pause": lambda w, n, d: w.do(w.o.head, n, "pause", reason="等备件"),
    "wait": lambda w, n, d: w.do(w.o.head, n, "pause", reason="等客户", waiting_for="customer"),
    "resume": lambda w, n, d: w.do(w.o.head, n, "resume"),
    "customer": lambda w, n, d: w.do(w.o.agent, n, "append", body="在吗", from_customer=True),
    "reply": lambda w, n, d: w.do(w.o.agent, n, "reply", body="在办"),
    "away": lambda w, n, d: w.do(w.o.admin, n, "transfer", department=w.o.billing.pk, reason="账单"),
    "back": lambda w, n, d: w.do(w.o.admin, n, "transfer", department=w.o.network.pk, reason="网络"),
    "accept": lambda w, n, d: w.do(w.o.clerk, n, "accept"),
    "process": lambda w, n, d: processed(w, n),
    "return": lambda w, n, d: returned(w, n),
    "extend": extended,
    "sweep": lambda w, n, d: d.live(),
    "cancel": lambda w, n, d: w.do(w.o.admin, n, "cancel", reason="客户要求"),
    "reopen": lambda w, n, d: w.do(w.o.admin, n, "reopen", reason="客户要求"),
}
passing = st.one_of(
    st.integers(0, 90), st.integers(0, 6 * 3600), st.integers(0, 3 * 24 * 3600), st.just(-3600)
)
lives = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), passing), max_size=9)


@pytest.fixture
def limited(world: World, days: Days) -> Days:
    """Everything has a limit, in working time and in plain hours, with every kind of standstill."""
    days.calendar()
    days.policy(
        process=working(3, "days", yellow=yellow(60)),
        first_response=working(2),
        next_response=hours(1),
        every_node=working(1, "days", pauses=["pause"]),
        nodes=[at_node("verify", hours(5, pauses=["customer"]))],
    )
    return days


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(life=lives, last=passing)
@example(life=[("accept", 10), ("wait", 4000), ("customer", 90_000), ("process", 60)], last=7200)
@example(life=[("away", 3600), ("pause", 3600), ("resume", -3600), ("back", 20_000)], last=86_400)
def test_every_life_adds_up(world: World, limited: Days, life: list[tuple[str, int]], last: int) -> None:
    limited.to(MONDAY)
    number = world.number(received_at=(MONDAY - timedelta(minutes=17)).isoformat())
    for step, passed in life:
        limited.go(seconds=passed)
        STEPS[step](world, number, limited)
    limited.go(seconds=last)
    page = receipts(world, number)
    for clock in page["clocks"]:
        adds_up(clock, limited.now)
    whole = [one for one in page["clocks"] if one["kind"] == "process"][-1]
    assert sum(one["seconds"] for one in page["shares"]) == page["shares_whole"] == whole["used"]


def test_which_department_used_how_much(world: World, days: Days) -> None:
    days.calendar()
    days.policy(process=working(3, "days"))
    number = world.number("consultation")
    days.go(hours=2)
    world.done(world.o.admin, number, "transfer", department=world.o.billing.pk, reason="账单")
    days.go(hours=2)  # of which the break takes one hour
    world.done(world.o.admin, number, "transfer", department=world.o.network.pk, reason="网络")
    days.go(days=1)
    page = receipts(world, number)
    assert [(one["department"]["name"], one["seconds"]) for one in page["shares"]] == [
        ("网络部", 2 * 3600 + int(7.5 * 3600)),
        ("账务部", 3600),
    ]
    assert page["shares_whole"] == page["clocks"][0]["used"]


def test_a_receipt_line_by_line(world: World, days: Days) -> None:
    office = days.calendar()
    days.policy(process=working(4, yellow=yellow(60)))
    number = world.number("consultation")
    days.go(hours=1)
    world.done(world.o.head, number, "pause", reason="等备件")
    days.go(minutes=30)
    world.done(world.o.head, number, "resume")
    days.go(hours=2)
    (clock,) = receipts(world, number)["clocks"]
    assert [(one["why"], one["counted"], one["seconds"] // 60) for one in clock["spans"]] == [
        ("hours", True, 60),
        ("paused", False, 30),
        ("hours", True, 90),
        ("outside", False, 30),
    ]
    assert clock["sums"] == {"counted": 9000, "outside": 1800, "paused": 1800, "whole": 12_600}
    assert (clock["remaining"], clock["counting_now"]) == (5400, False)
    assert moment(clock["due_at"]) == days.after(hours=6)
    assert [(one["why"], one["seconds"] // 60) for one in clock["to_due"]["spans"]] == [
        ("outside", 60),
        ("hours", 90),
    ]
    assert [(one["kind"], moment(one["at"]), one["fired"]) for one in clock["stages"]] == [
        ("yellow", days.after(hours=5), False),
        ("red", days.after(hours=6), False),
    ]
    assert clock["calendar"]["code"] == "office"
    assert (clock["policy"]["code"], clock["policy"]["number"]) == ("all", 1)
    assert clock_of(number).calendar_version_id == office


def test_over_the_limit_the_rest_is_negative(world: World, days: Days) -> None:
    days.policy(process=hours(2))
    number = world.number("consultation")
    days.live(hours=3)
    (clock,) = receipts(world, number)["clocks"]
    assert (clock["remaining"], clock["to_due"], clock["state"]) == (-3600, None, "running")
    assert moment(clock["breached_at"]) == days.after(hours=2)
    assert [one["fired"] for one in clock["stages"]] == [True]


def test_standing_still_nothing_is_foretold(world: World, days: Days) -> None:
    days.policy(process=hours(2))
    number = world.number("consultation")
    days.go(hours=1)
    world.done(world.o.head, number, "pause", reason="等备件")
    days.go(hours=5)
    (clock,) = receipts(world, number)["clocks"]
    assert (clock["to_due"], clock["counting_now"], clock["remaining"]) == (None, False, 3600)
    assert [one["at"] for one in clock["stages"]] == [None]


def test_whose_tickets_one_may_not_see_one_gets_no_receipt(world: World, days: Days) -> None:
    number = world.number("consultation")
    assert world.by(world.o.stranger).get(f"/tickets/{number}/clocks").status == 404
