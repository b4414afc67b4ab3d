"""The table of warning complaints, walked step by step with the time frozen: eight steps, 48 hours, day and night.

It begins on a Friday at 17:00 in Shanghai, so that a working calendar would give another answer at every step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from gongdan.config.demo.making import make_company
from gongdan.core.staff.models import Staff
from gongdan.core.tickets.firing import Sweeper
from gongdan.core.tickets.models import Card, Clock, Ticket
from gongdan.kernel.actor import system
from gongdan.outbox.models import EventRecord
from tests.client import Answer, Client

FRIDAY = datetime(2026, 3, 6, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Step:
    """A row of the table; `leads` are the minutes before the limit at which its yellow cards come."""

    node: str
    who: str
    minutes: int
    leads: tuple[int, ...]
    fields: dict[str, str] = field(default_factory=dict)


TABLE = (
    Step("raise_warning", "agent", 30, (10,), {"facts": "两次补卡均被收费。"}),
    Step("pick_up", "hotline_head", 60, (15,)),
    Step("pass_back", "hotline_head", 30, (10,)),
    Step("service_center", "market", 60, (15,)),
    Step("shop_manager", "market_head", 180, (60, 30), {"advice": "退费致歉。"}),
    Step("deputy_manager", "deputy", 24 * 60, (360, 180), {"decision": "同意。"}),
    Step("hotline_close", "agent", 30, (10,), {"result": "客户接受。"}),
)
CALLBACK = Step("callback", "callback", 1050, (120,))


class Walk:
    """The demo company at a moment that only this test moves."""

    def __init__(self, time: time_machine.Traveller) -> None:
        self.time = time
        self.now = FRIDAY
        self.clients: dict[str, Client] = {}
        self.sweeper = Sweeper()
        self.number = ""

    def by(self, username: str) -> Client:
        if username not in self.clients:
            self.clients[username] = Client.of(Staff.objects.get(username=username))
        return self.clients[username]

    def open(self, complexity: str) -> None:
        sent = {
            "category": "complaint_warning",
            "body": "客户在营业厅称被重复收费。",
            "fields": {"complexity": complexity},
        }
        answer = self.by("agent").post("/tickets", sent)
        assert answer.status == 201, answer.body
        self.number = answer["number"]

    def do(self, who: str, verb: str, **args: Any) -> Answer:
        answer = self.by(who).post(f"/tickets/{self.number}/actions/{verb}", args)
        assert answer.status == 200, answer.body
        return answer

    def pass_minutes(self, minutes: int) -> None:
        """Time goes on, and what is due by then fires."""
        self.now += timedelta(minutes=minutes)
        self.time.move_to(self.now)
        while self.sweeper.sweep():
            pass

    def clock(self, kind: str, node: str = "") -> Clock:
        return Clock.objects.filter(ticket__number=self.number, kind=kind, node=node).latest("id")

    def cards(self, node: str = "", kind: str = "node") -> list[tuple[str, datetime, str]]:
        """(colour, moment, who is liable) of a clock's cards, in order."""
        found = Card.objects.filter(ticket__number=self.number, node=node, clock_kind=kind).order_by("due_at")
        return [(one.colour, one.due_at, one.staff.username if one.staff else "") for one in found]

    def escalations(self, node: str) -> list[list[str]]:
        """What each fired step of the node's ladder did, in order."""
        told = EventRecord.objects.filter(type="Escalated", data__node=node).order_by("id")
        return [[one["what"] for one in data["did"]] for data in told.values_list("data", flat=True)]

    def finish(self, step: Step) -> None:
        self.do(step.who, "process", result="完成。", fields=step.fields)


@pytest.fixture
def walk(db: None) -> Iterator[Walk]:
    make_company(system("test"))
    with time_machine.travel(FRIDAY, tick=False) as time:
        yield Walk(time)


def minutes(amount: int) -> timedelta:
    return timedelta(minutes=amount)


@pytest.fixture
def begun(walk: Walk) -> Callable[[str], Walk]:
    def begin(complexity: str = "simple") -> Walk:
        walk.open(complexity)
        return walk

    return begin


@pytest.mark.parametrize(("complexity", "promised"), [("simple", 2), ("complex", 24)])
def test_what_the_caller_was_promised(begun: Callable[[str], Walk], complexity: str, promised: int) -> None:
    walk = begun(complexity)
    assert walk.clock("process").due_at == FRIDAY + timedelta(hours=48)
    first = walk.clock("first_response")
    assert first.due_at == FRIDAY + timedelta(hours=promised)
    walk.pass_minutes(promised * 60 - 1)
    walk.do("agent", "reply", body="已为您上报，稍后回复。")
    assert walk.clock("first_response").state == "met"
    assert [colour for colour, _, _ in walk.cards(kind="first_response")] == ["yellow"]


def test_every_step_in_the_last_minute(begun: Callable[[str], Walk]) -> None:
    walk = begun("simple")
    walk.do("agent", "reply", body="已为您上报，两小时内回复。")
    at = FRIDAY
    for step in TABLE:
        clock = walk.clock("node", step.node)
        assert (clock.started_at, clock.due_at) == (at, at + minutes(step.minutes))
        assert clock.calendar_version_id is None
        walk.do(step.who, "accept")
        walk.pass_minutes(step.minutes - 1)
        due = at + minutes(step.minutes)
        assert walk.cards(step.node) == [("yellow", due - minutes(lead), step.who) for lead in step.leads]
        assert walk.escalations(step.node) == []
        walk.finish(step)
        assert walk.clock("node", step.node).state == "met"
        at = walk.now
    assert walk.now == FRIDAY + minutes(sum(step.minutes for step in TABLE) - len(TABLE))
    callback = walk.clock("callback", "callback")
    assert (callback.started_at, callback.due_at) == (at, at + minutes(CALLBACK.minutes))
    walk.do("callback", "accept")
    walk.pass_minutes(CALLBACK.minutes - 1)
    assert walk.cards("callback", "callback") == [("yellow", at + minutes(1050 - 120), "callback")]
    walk.do("callback", "call_back", result="satisfied", score=4)
    ticket = Ticket.objects.get(number=walk.number)
    assert (ticket.state, ticket.card) == ("closed", "yellow")
    assert set(Clock.objects.filter(ticket=ticket).values_list("state", flat=True)) == {"met"}
    whole = FRIDAY + timedelta(hours=48)
    leads = [timedelta(hours=12), timedelta(hours=4)]
    assert [one[:2] for one in walk.cards(kind="process")] == [("yellow", whole - lead) for lead in leads]


def test_every_step_late(begun: Callable[[str], Walk]) -> None:
    walk = begun("complex")
    walk.do("agent", "reply", body="已为您上报。")
    for step in TABLE:
        due = walk.now + minutes(step.minutes)
        walk.do(step.who, "accept")
        walk.pass_minutes(step.minutes)
        yellow = [("yellow", due - minutes(lead), step.who) for lead in step.leads]
        assert walk.cards(step.node) == [*yellow, ("red", due, step.who)]
        assert walk.escalations(step.node) == [["notify", "urge"]]
        walk.finish(step)
        assert walk.clock("node", step.node).state == "breached"
    assert Ticket.objects.get(number=walk.number).card == "red"


def test_a_step_nobody_takes_is_watched_more_and_more_closely(begun: Callable[[str], Walk]) -> None:
    walk = begun("complex")
    walk.pass_minutes(60)
    ticket = Ticket.objects.get(number=walk.number)
    assert walk.escalations("raise_warning") == [["notify", "urge"], ["notify", "supervise"]]
    assert (ticket.urged, ticket.supervision) == (1, "supervised")
    assert [one[:2] for one in walk.cards("raise_warning")] == [
        ("yellow", FRIDAY + minutes(20)),
        ("red", FRIDAY + minutes(30)),
    ]
    walk.pass_minutes(47 * 60)
    assert walk.cards(kind="process")[-1][:2] == ("red", FRIDAY + timedelta(hours=48))
    walk.pass_minutes(12 * 60)
    assert Ticket.objects.get(number=walk.number).supervision == "circulated"


def test_no_pause_stops_a_warning(begun: Callable[[str], Walk]) -> None:
    walk = begun("simple")
    walk.do("admin", "pause", reason="等待录像")
    walk.pass_minutes(30)
    assert [one[0] for one in walk.cards("raise_warning")] == ["yellow", "red"]
