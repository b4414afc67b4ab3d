"""Consult, co-handle, countersign; transfer; extensions; who has seen what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongdan.core.staff.models import Scope
from gongdan.core.tickets.models import Ticket, WorkItem
from tests import company
from tests.tickets import scenes
from tests.tickets.conftest import World

FACTS: dict[str, Any] = {"outcome": "valid", "result": "属实", "fields": {"facts": "断"}}


def test_an_opinion_is_waited_for(world: World) -> None:
    o = world.o
    number = scenes.consulted(world)
    assert "process" not in world.verbs(o.clerk, number)
    refused = world.do(o.clerk, number, "process", **FACTS)
    assert (refused.status, refused.code) == (409, "others_at_work")
    assert refused["params"]["people"] == [o.biller.name]
    assert world.page(o.biller, number)["questions"][0]["question"] == "账单对吗"
    assert [row["number"] for row in world.by(o.biller).get("/todo/mine")["items"]] == [number]
    missing = world.do(o.biller, number, "process")
    assert (missing.status, missing.code, missing["field"]) == (422, "result_required", "result")
    answer = world.done(o.biller, number, "process", result="账单无误")
    assert answer["sentence"]["code"] == "OpinionGiven"
    assert answer["sentence"]["params"]["notify"] == [o.clerk.pk]
    world.done(o.clerk, number, "process", **FACTS)


def test_whom_one_cannot_ask(world: World) -> None:
    o = world.o
    number = scenes.consulted(world)
    gone = company.person("gone", "已离职", o.billing)
    gone.is_active = False
    gone.save()
    for people, code in (
        ([o.clerk.pk], "ask_others"),
        ([o.biller.pk], "asked_already"),
        ([gone.pk], "unknown_person"),
        ([2**40], "unknown_person"),
        ([], "invalid_input"),
    ):
        refused = world.do(o.clerk, number, "consult", people=people, question="?")
        assert (refused.status, refused.code, refused["field"]) == (422, code, "people")
    nobody = world.do(o.clerk, number, "co_handle", question="?")
    assert (nobody.status, nobody.code) == (422, "nobody_asked")
    unknown = world.do(o.clerk, number, "co_handle", departments=[2**40], question="?")
    assert (unknown.code, unknown["field"]) == ("unknown_department", "departments")


def test_people_and_departments_help(world: World) -> None:
    o = world.o
    number = scenes.helped(world)
    assert [row["number"] for row in world.by(o.biller).get("/todo/department")["items"]] == [number]
    world.done(o.biller, number, "accept")
    world.done(o.biller, number, "process", result="已退费")
    assert world.do(o.clerk, number, "process", **FACTS).code == "others_at_work"
    world.done(o.clerk_two, number, "process", result="已核对")
    world.done(o.clerk, number, "process", **FACTS)
    sides = [one for one in world.track(number)["items"] if one["duty"] == "co_handler"]
    assert [(one["state"], one["result"]) for one in sides] == [("done", "已核对"), ("done", "已退费")]


def test_the_one_in_charge_calls_off_whom_they_asked(world: World) -> None:
    o = world.o
    number = scenes.consulted(world)
    action = next(one for one in world.page(o.clerk, number)["actions"] if one["verb"] == "withdraw")
    item = action["callable_off"][0]["id"]
    foreign = world.do(o.agent, number, "withdraw", of=item, reason="我来撤")
    assert foreign.status in (403, 409)
    answer = world.done(o.clerk, number, "withdraw", of=item, reason="不用了")
    assert answer["sentence"]["params"]["notify"] == [o.biller.pk]
    assert len(answer["items"]) == 1
    again = world.do(o.clerk, number, "withdraw", of=item, reason="不用了")
    assert again.status in (403, 409)
    late = world.do(o.biller, number, "process", result="我的意见")
    assert late.status == 409
    world.done(o.clerk, number, "process", **FACTS)


def test_n_of_m_agree(world: World) -> None:
    o = world.o
    number = scenes.signing(world)
    world.done(o.clerk_two, number, "process", outcome="agree")
    assert world.do(o.clerk, number, "process", **FACTS).code == "others_at_work"
    silent = world.do(o.biller, number, "process", outcome="disagree")
    assert (silent.code, silent["field"]) == ("result_required", "result")
    strange = world.do(o.biller, number, "process", outcome="perhaps")
    assert (strange.code, strange["field"]) == ("unknown_outcome", "outcome")
    answer = world.done(o.head, number, "process", outcome="agree")
    assert answer["sentence"]["params"]["countersign"] == "agreed"
    assert len(answer["items"]) == 1
    world.done(o.clerk, number, "process", **FACTS)


def test_without_enough_agreement_one_does_not_go_on(world: World) -> None:
    o = world.o
    number = scenes.signing(world)
    running = world.do(o.clerk, number, "countersign", people=[o.technician.pk], needed=1, question="?")
    assert (running.status, running.code) == (409, "countersign_running")
    assert "countersign" not in world.verbs(o.clerk, number)
    world.done(o.clerk_two, number, "process", outcome="disagree", result="证据不足")
    answer = world.done(o.biller, number, "process", outcome="disagree", result="证据不足")
    assert answer["sentence"]["params"]["countersign"] == "refused"
    refused = world.do(o.clerk, number, "process", **FACTS)
    assert (refused.status, refused.code) == (409, "countersign_refused")
    assert "process" not in world.verbs(o.clerk, number)
    second = world.do(o.clerk, number, "countersign", people=[o.head.pk], needed=2, question="再看")
    assert (second.code, second["field"]) == ("too_many_needed", "needed")
    world.done(o.clerk, number, "countersign", people=[o.head.pk, o.biller.pk], needed=1, question="再看")
    world.done(o.biller, number, "process", outcome="agree")
    world.done(o.clerk, number, "process", **FACTS)


def test_a_countersign_that_is_called_off_holds_nobody_up(world: World) -> None:
    o = world.o
    number = scenes.signing(world)
    for _ in range(3):
        action = next(one for one in world.page(o.clerk, number)["actions"] if one["verb"] == "withdraw")
        world.done(o.clerk, number, "withdraw", of=action["callable_off"][0]["id"], reason="不必会签")
    world.done(o.clerk, number, "process", **FACTS)


def test_one_person_signs_once(world: World) -> None:
    o = world.o
    number = scenes.two_branches(world)
    world.done(o.clerk, number, "accept")
    world.done(o.clerk, number, "process", outcome="agree")
    assert "accept" not in world.verbs(o.clerk, number)
    assert world.do(o.clerk, number, "accept").status == 409
    assert world.do(o.clerk, number, "process", outcome="agree").status == 409


def test_a_transfer_keeps_the_due_date_and_the_sight_of_those_before(world: World) -> None:
    o = world.o
    number = scenes.accepted(world)
    due = world.page(o.clerk, number)["present"][0]["due_at"]
    for args, who, next_ in (
        ({"team": o.crew.pk}, o.clerk, o.technician),
        ({"handler": o.biller.pk}, o.technician, o.biller),
        ({"department": o.network.pk}, o.biller, o.clerk),
    ):
        answer = world.done(who, number, "transfer", reason="归口", **args)
        assert [item["state"] for item in answer["items"]] == ["waiting"]
        assert world.page(next_, number)["present"][0]["due_at"] == due
        assert world.page(who, number).status == 200
        world.done(next_, number, "accept")
    states = [one["state"] for one in world.track(number)["items"]]
    assert states == ["done", "transferred", "transferred", "transferred", "accepted"]


def test_where_one_cannot_transfer_to(world: World) -> None:
    o = world.o
    number = scenes.accepted(world)
    for args, code in (
        ({}, "one_target"),
        ({"department": o.billing.pk, "handler": o.biller.pk}, "one_target"),
        ({"handler": o.clerk.pk}, "same_place"),
        ({"handler": 2**40}, "unknown_person"),
        ({"team": 2**40}, "unknown_team"),
        ({"department": 2**40}, "unknown_department"),
    ):
        refused = world.do(o.clerk, number, "transfer", reason="x", **args)
        assert (refused.status, refused.code) == (422, code)
        assert refused["field"]


def test_only_a_dispatcher_over_the_place_directs_others_work(world: World) -> None:
    o = world.o
    rights = ["ticket.view", "ticket.transfer", "ticket.dispatch", "ticket.accept"]
    duty = company.role("duty", rights, Scope.DEPARTMENT_BELOW)
    near = company.person("near", "调度", o.network, duty)
    far = company.person("far", "外部调度", o.billing, duty)
    number = scenes.accepted(world)
    world.done(o.agent, number, "note", body="请知悉", mentions=[far.pk])
    assert world.page(far, number).status == 200
    assert "transfer" not in world.verbs(far, number)
    refused = world.do(far, number, "transfer", handler=far.pk, reason="我来")
    assert (refused.status, refused.code) == (409, "not_handler")
    assert world.do(o.agent, number, "transfer", handler=o.agent.pk, reason="我来").status == 403
    world.done(near, number, "transfer", handler=near.pk, reason="我来")
    world.done(near, number, "accept")
    assert WorkItem.objects.get(ticket__number=number, state="accepted").handler_id == near.pk


def test_an_extension_is_asked_for_and_granted_by_somebody_else(world: World) -> None:
    o = world.o
    number = scenes.accepted(world)
    old = world.page(o.clerk, number)["present"][0]["due_at"]
    early = world.do(o.clerk, number, "extend", until=old, reason="x")
    assert (early.code, early["field"]) == ("not_later", "until")
    until = scenes.soon()
    world.done(o.clerk, number, "extend", until=until, reason="等备件")
    twice = world.do(o.clerk, number, "extend", until=scenes.soon(9), reason="等备件")
    assert (twice.status, twice.code) == (409, "extension_pending")
    assert "extend" not in world.verbs(o.clerk, number)
    answer = world.done(o.head, number, "decide_extension", grant=True, reason="可以")
    assert answer["sentence"]["params"]["notify"] == [o.clerk.pk]
    page = world.page(o.clerk, number)
    assert datetime.fromisoformat(page["present"][0]["due_at"]) == datetime.fromisoformat(until)
    assert datetime.fromisoformat(page["required_end"]) == datetime.fromisoformat(until)
    assert [(one["state"], one["old_end"]) for one in page["extensions"]] == [("granted", old)]
    none = world.do(o.head, number, "decide_extension", grant=True, reason="再")
    assert (none.status, none.code) == (409, "no_extension")


def test_an_extension_refused_changes_no_date(world: World) -> None:
    o = world.o
    number = scenes.extension_asked(world)
    before = Ticket.objects.get(number=number).required_end
    world.done(o.head, number, "decide_extension", grant=False, reason="不可以")
    assert Ticket.objects.get(number=number).required_end == before
    assert world.page(o.clerk, number)["extensions"][0]["decision_reason"] == "不可以"
    world.done(o.clerk, number, "extend", until=scenes.soon(), reason="再申请")


def test_nobody_decides_their_own_request(world: World) -> None:
    o = world.o
    number = world.number()
    world.done(o.head, number, "accept")
    world.done(o.head, number, "extend", until=scenes.soon(), reason="等备件")
    assert "decide_extension" not in world.verbs(o.head, number)
    refused = world.do(o.head, number, "decide_extension", grant=True, reason="可以")
    assert (refused.status, refused.code) == (403, "own_request")


def test_paused_stands_still_and_resumes_where_it_was(world: World) -> None:
    o = world.o
    number = scenes.paused(world)
    assert world.do(o.clerk, number, "process", **FACTS).code == "wrong_state"
    assert "process" not in world.verbs(o.clerk, number)
    world.done(o.agent, number, "append", body="客户补充")
    world.done(o.head, number, "resume")
    world.done(o.clerk, number, "process", **FACTS)
