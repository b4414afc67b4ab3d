"""Every verb over HTTP: once where it succeeds, and every refusal that all verbs share."""

from __future__ import annotations

from typing import Any

import pytest

from gongdan.core.staff.models import Scope, Staff
from gongdan.core.tickets.actions.catalogue import VERBS
from gongdan.core.tickets.models import State, Ticket
from gongdan.outbox import verify
from tests import company
from tests.client import Answer
from tests.tickets.cases import CASES, Case, person
from tests.tickets.conftest import World

BOTH = pytest.mark.parametrize(("verb", "case"), CASES.items(), ids=CASES)


def test_no_verb_is_left_out() -> None:
    assert set(CASES) == set(VERBS)


@BOTH
def test_it_succeeds(world: World, verb: str, case: Case) -> None:
    number = case.scene(world)
    before = Ticket.objects.get(number=number)
    known = world.events(number)
    args = case.args(world, number)
    answer = world.done(case.person(world), number, verb, **args, version=before.version)
    after = Ticket.objects.get(number=number)
    assert (answer["state"], after.state) == (case.state, case.state)
    assert (answer["version"], after.version) == (before.version + 1, before.version + 1)
    assert world.events(number)[len(known) :][:1] == [case.event]
    assert tuple(world.events(number)[len(known) + 1 :])[-1:] == case.extra_events[-1:]
    said = world.track(number)["entries"][len(known)]
    assert said["sentence"] == {"code": case.event, "params": said["data"]}
    assert said["actor"]["name"] == case.person(world).name
    assert {name: said["data"][name] for name in case.data or {}} == (case.data or {})
    assert sorted(item["node"] for item in answer["items"]) == sorted(case.at)
    assert answer["sentence"]["code"] == world.events(number)[-1]
    assert_kept(world, number, before.parties)
    assert list(verify.verify(subject="ticket", subject_id=after.pk)) == []


def assert_kept(world: World, number: str, parties_before: list[str]) -> None:
    """Nobody who was concerned loses sight; who has it now sees it, with an action to take."""
    ticket = Ticket.objects.get(number=number)
    assert set(parties_before) <= set(ticket.parties)
    for item in world.page(world.o.admin, number)["present"]:
        if item["handler"] is not None:
            assert f"p:{item['handler']['id']}" in ticket.parties
            assert world.page(Staff.objects.get(pk=item["handler"]["id"]), number).status == 200


@BOTH
def test_without_the_right_it_is_forbidden(world: World, verb: str, case: Case) -> None:
    onlooker = company.role("onlooker", ["ticket.view"], Scope.ALL)
    who = company.person("onlooker", "旁观者", world.o.billing, onlooker)
    number = case.scene(world)
    answer = refused(world, who, number, verb, case.args(world, number))
    assert (answer.status, answer.code) == (403, "no_right")
    assert answer["params"]["verb"] == verb


@BOTH
def test_on_somebody_elses_ticket_it_does_not_exist(world: World, verb: str, case: Case) -> None:
    everything = company.role("elsewhere", [f"ticket.{name}" for name in [*VERBS, "view"]], Scope.DEPARTMENT)
    who = company.person(
        "elsewhere", "外部门", company.department("far", "远方", world.o.company), everything
    )
    number = case.scene(world)
    answer = refused(world, who, number, verb, case.args(world, number))
    assert (answer.status, answer.code) == (404, "ticket_not_found")
    unknown = world.do(who, "20200101-000001", verb, **case.args(world, number))
    assert (unknown.status, unknown["detail"]) == (404, answer["detail"])


@BOTH
def test_in_the_wrong_state_it_is_refused(world: World, verb: str, case: Case) -> None:
    if case.wrong_state is None:
        assert VERBS[verb].states == frozenset(State)
        return
    args = case.args(world, case.scene(world))
    answer = refused(world, world.o.admin, case.wrong_state(world), verb, args)
    assert (answer.status, answer.code) == (409, "wrong_state")
    assert answer["params"]["verb"] == verb


@pytest.mark.parametrize("verb", [verb for verb in CASES if VERBS[verb].uses is not None])
def test_on_somebody_elses_work_item_it_is_refused(world: World, verb: str) -> None:
    case = CASES[verb]
    number = case.scene(world)
    if verb == "accept":
        world.done(world.o.clerk, number, "accept")
    name = case.not_handler or ""
    deputy = company.person("head2", "副主任", world.o.network, world.o.roles["head"])
    who = deputy if name == "deputy" else person(world, name)
    answer = refused(world, who, number, verb, case.args(world, number))
    assert answer.status == 409
    assert answer.code == ("already_accepted" if verb == "accept" else "not_handler")


@BOTH
def test_a_stale_page_is_told(world: World, verb: str, case: Case) -> None:
    number = case.scene(world)
    args = case.args(world, number)
    version = Ticket.objects.get(number=number).version
    answer = refused(world, case.person(world), number, verb, {**args, "version": version - 1})
    assert (answer.status, answer.code) == (409, "stale_version")
    assert answer["params"] == {"version": version, "yours": version - 1}


@BOTH
def test_unknown_arguments_are_named(world: World, verb: str, case: Case) -> None:
    number = case.scene(world)
    answer = refused(world, case.person(world), number, verb, {**case.args(world, number), "colour": "red"})
    assert (answer.status, answer.code) == (422, "invalid_input")
    assert ("colour", "unknown_field") in [(one["field"], one["code"]) for one in answer["errors"]]


def test_an_unknown_verb_is_not_found(world: World) -> None:
    answer = world.do(world.o.admin, world.number(), "explode")
    assert (answer.status, answer.code) == (404, "unknown_verb")


@pytest.mark.parametrize("verb", [verb for verb in CASES if VERBS[verb].owes_reason])
def test_where_a_reason_is_owed_it_must_be_given(world: World, verb: str) -> None:
    case = CASES[verb]
    number = case.scene(world)
    for reason in ({}, {"reason": " "}):
        args = {name: value for name, value in case.args(world, number).items() if name != "reason"}
        answer = refused(world, case.person(world), number, verb, {**args, **reason})
        assert (answer.status, answer["field"]) == (422, "reason")


def refused(world: World, who: Staff, number: str, verb: str, given: dict[str, Any]) -> Answer:
    """A refusal changes nothing, and says so with a code and a sentence."""
    before = Ticket.objects.filter(number=number).values().get()
    answer = world.do(who, number, verb, **given)
    assert answer.status >= 400, answer.body
    assert answer["detail"].endswith(".")
    assert Ticket.objects.filter(number=number).values().get() == before
    return answer
