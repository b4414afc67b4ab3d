"""The live board: queues and people as they are now, what happened today, and presence set for others."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongdan.core.customers.models import Customer
from gongdan.core.interactions.models import CallQueue, PhoneCommand
from gongdan.core.interactions.phone_signals import Kind
from gongdan.core.staff.models import Scope
from gongdan.desk import board
from tests.client import Answer
from tests.desk_phone.conftest import Hotline, grant


def look(hotline: Hotline, who: Any = None) -> Answer:
    answer = hotline.by(who or hotline.w.o.head).get("/phone/board")
    if answer.status == 200:
        board.Board.model_validate(answer.body)
    return answer


def test_the_board_shows_who_waits_and_who_talks_to_whom(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    talking = hotline.answer(hotline.ring(o.agent), o.agent)
    waiting = hotline.ring(number="13900139000")
    shown = look(hotline)
    (queue,) = shown["queues"]
    assert (queue["queue"], queue["system"], queue["waiting"]) == ("care", "pbx", 1)
    assert (queue["agents_ready"], queue["agents_talking"]) == (1, 1)
    assert (queue["offered_today"], queue["answered_today"]) == (2, 1)
    people = {one["staff"]["name"]: one for one in shown["people"]}
    assert people.keys() == {"王敏", "刘洋"}
    call = people["王敏"]["call"]
    assert (call["id"], call["phase"], call["customer"]["name"]) == (talking, "talking", "李建国")
    assert call["number"]["masked"] is True
    assert (people["王敏"]["answered_today"], people["王敏"]["target"]) == (1, 70)
    assert people["刘洋"]["call"] is None
    assert [one["call_id"] for one in shown["calls_waiting"]] == [waiting]
    assert [(one["code"], one["health"]) for one in shown["systems"]] == [("pbx", "connected")]


def test_the_days_figures_follow_their_definitions(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    CallQueue.objects.create(system=hotline.system, name="care", title="客服", service_seconds=15)
    hotline.end(hotline.answer(hotline.ring(o.agent), o.agent, after=1))  # waited 11 s
    hotline.end(hotline.answer(hotline.ring(o.agent), o.agent, after=20))  # waited 30 s
    hotline.end(hotline.ring(o.agent), after=30)  # abandoned
    hotline.end(hotline.ring(), after=2)  # hung up at once
    (queue,) = look(hotline)["queues"]
    assert queue["title"] == "客服"
    assert (queue["offered_today"], queue["answered_today"], queue["abandoned_today"]) == (4, 2, 1)
    assert queue["service_level"] == 0.3333
    assert queue["asa_seconds"] in (20, 21)


def test_a_supervisor_sees_the_people_within_reach(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    grant(o.biller, "billing_head", ["call.supervise"], Scope.DEPARTMENT)
    grant(o.reviewer, "service_head", ["call.supervise"], Scope.DEPARTMENT)
    assert look(hotline, o.biller)["people"] == []
    assert [one["staff"]["name"] for one in look(hotline, o.reviewer)["people"]] == ["王敏"]
    assert look(hotline, o.agent).code == "right_missing"
    path = f"/phone/people/{o.agent.pk}/presence"
    assert hotline.by(o.biller).post(path, {"state": "busy"}).code == "unknown_staff"
    assert hotline.by(o.agent).post(path, {"state": "busy"}).code == "right_missing"


def test_a_supervisor_sets_somebodys_presence(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    path = f"/phone/people/{o.agent.pk}/presence"
    paused = hotline.by(o.head).post(path, {"state": "break", "reason": "meal"})
    board.BoardPerson.model_validate(paused.body)
    assert paused["presence"]["reason"] == "meal"
    assert hotline.me(o.agent)["presence"]["state"] == "break"
    out = hotline.by(o.head).post(path, {"state": "offline"})
    assert (out["presence"]["state"], out["extension"]) == ("offline", "")
    assert hotline.by(o.head).post(path, {"state": "ready"}).code == "not_signed_in"
    assert PhoneCommand.objects.order_by("-id")[0].verb == "pause"


def test_the_board_costs_the_same_for_few_and_for_many(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.talk(o.agent)
    look(hotline)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            look(hotline)
        return len(seen)

    before = cost()
    hotline.sign_in(o.agent_two)
    for _ in range(3):
        hotline.talk(o.agent_two)
        hotline.ring(o.agent, o.agent_two)
    look(hotline)
    assert cost() == before
    assert before <= 13


def test_a_call_that_its_system_forgot_waits_no_more(hotline: Hotline) -> None:
    days = {"from": f"{timezone.localtime(hotline.at):%Y-%m-%d}"}
    hotline.tell(hotline.key(hotline.ring()), Kind.VANISHED, after=60)
    days["to"] = f"{timezone.localtime(hotline.at):%Y-%m-%d}"  # a minute later may be another day
    (queue,) = look(hotline)["queues"]
    assert (queue["waiting"], queue["offered_today"], queue["abandoned_today"]) == (0, 1, 1)
    counted = hotline.by(hotline.w.o.head).get("/line/measures", **days)["totals"]
    assert (counted["offered"], counted["abandoned"], counted["waiting"]) == (1, 1, 0)
    behind = hotline.by(hotline.w.o.head).get("/line/measures/calls", measure="abandoned", **days)
    assert len(behind["items"]) == 1
