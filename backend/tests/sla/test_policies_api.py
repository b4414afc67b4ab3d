"""Administering policies over HTTP: what is made, told and refused, and who may."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from gongdan.core.sla.published import policies
from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.company import Organisation
from tests.sla.conftest import Make, limited

FAULTY = limited(0, "kind is")


def told(kind: str) -> list[dict[str, Any]]:
    return list(EventRecord.objects.filter(type=kind).order_by("id").values_list("data", flat=True))


def codes(client: Client) -> list[str]:
    return [one["code"] for one in client.get("/policies")["items"]]


def test_a_policy_is_made_with_its_first_version(
    admin: Client, organisation: Organisation, make: Make
) -> None:
    made = make("rest", limited(3))
    assert (made.status, made.body) == (201, {"code": "rest", "number": 1, "version": 1})
    shown = admin.get("/policies/rest")
    assert shown["names"] == {"zh-Hans": "策略", "en": "rest"}
    assert (shown["active"], shown["number"], shown["version"]) == (True, 1, 1)
    assert shown["terms"]["process"]["amount"] == 3
    assert shown["terms"]["extension"]["most"] == 2
    (version,) = shown["versions"]
    assert version["created_by"] == {"id": organisation.admin.pk, "name": organisation.admin.name}
    assert version["terms"] == shown["terms"]
    assert told("PolicyCreated") == [{"code": "rest", "names": shown["names"], "position": 0}]
    assert [(one["number"], one["previous"]) for one in told("PolicyPublished")] == [(1, None)]


def test_another_version_leaves_the_first_as_it_is(admin: Client, make: Make) -> None:
    make("rest", limited(3))
    made = admin.post("/policies/rest/versions", {"terms": limited(5), "version": 1})
    assert (made.status, made.body) == (201, {"code": "rest", "number": 2, "version": 2})
    versions = admin.get("/policies/rest")["versions"]
    assert [(one["number"], one["terms"]["process"]["amount"]) for one in versions] == [(2, 5), (1, 3)]
    assert [(one["number"], one["previous"]) for one in told("PolicyPublished")] == [(1, None), (2, 1)]


def test_a_version_over_somebody_elses_is_refused(admin: Client, make: Make) -> None:
    make("rest", limited(3))
    admin.post("/policies/rest/versions", {"terms": limited(5), "version": 1})
    late = admin.post("/policies/rest/versions", {"terms": limited(6), "version": 1})
    assert (late.status, late.code) == (409, "stale_version")
    assert late["params"] == {"version": 2, "yours": 1}
    assert admin.patch("/policies/rest", {"active": False, "version": 1}).code == "stale_version"
    assert admin.get("/policies/rest")["number"] == 2


def test_the_same_terms_are_not_published_again(admin: Client, make: Make) -> None:
    make("rest", limited(3))
    again = admin.post("/policies/rest/versions", {"terms": limited(3)})
    assert (again.status, again.code) == (409, "policy_unchanged")
    assert len(told("PolicyPublished")) == 1


def test_what_is_not_sound_is_refused_with_its_places(admin: Client, make: Make) -> None:
    checked = admin.post("/policies/check", {"terms": FAULTY})
    assert [one["field"] for one in checked["findings"]] == ["when", "process.amount"]
    refused = make("rest", FAULTY)
    assert (refused.status, refused.code) == (422, "unsound_policy")
    assert refused["errors"] == checked["findings"]
    assert admin.get("/policies/rest").status == 404
    make("rest", limited(3))
    assert admin.post("/policies/rest/versions", {"terms": FAULTY}).code == "unsound_policy"
    assert admin.get("/policies/rest")["number"] == 1
    assert len(told("PolicyPublished")) == 1


def test_a_node_is_looked_up_in_the_flows_there_are(admin: Client) -> None:
    document = """flow: quick
title: {en: Quick}
nodes:
  intake: {kind: start}
  work: {kind: task, handled_by: department network}
  done: {kind: end}
edges:
  - intake -> work -> done
"""
    assert admin.post("/flows/quick/versions", {"document": document}).status == 201
    node = {"flow": "quick", "amount": 1, "unit": "hours", "working": False}

    def found(code: str) -> list[str]:
        terms = {"nodes": [node | {"node": code}]}
        return [one["code"] for one in admin.post("/policies/check", {"terms": terms})["findings"]]

    assert found("work") == []
    assert found("done") == ["node_without_people"]
    assert found("wrok") == ["unknown_node"]


def test_a_sound_check_changes_nothing(admin: Client) -> None:
    assert admin.post("/policies/check", {"terms": limited()}).body == {"findings": []}
    assert codes(admin) == []


def test_renaming_and_switching_off_are_told(admin: Client, make: Make) -> None:
    make("rest")
    changed = admin.patch(
        "/policies/rest", {"names": {"en": "Everything else"}, "active": False, "version": 1}
    )
    assert (changed["names"], changed["active"]) == ({"en": "Everything else"}, False)
    assert changed["version"] == 2
    (event,) = told("PolicyChanged")
    assert event["old"] == {"names": {"zh-Hans": "策略", "en": "rest"}, "active": True}
    assert event["new"] == {"names": {"en": "Everything else"}, "active": False}
    assert admin.patch("/policies/rest", {"active": False})["version"] == 2
    assert len(told("PolicyChanged")) == 1


def test_the_order_is_set_as_a_whole(admin: Client, make: Make) -> None:
    for code in ("one", "two", "three"):
        make(code)
    moved = admin.send("PUT", "/policies/order", {"codes": ["three", "one", "two"]})
    assert [one["code"] for one in moved["items"]] == codes(admin) == ["three", "one", "two"]
    assert told("PoliciesOrdered") == [{"old": ["one", "two", "three"], "new": ["three", "one", "two"]}]
    for wrong in (["one", "two"], ["one", "two", "three", "three"], ["one", "two", "four"]):
        refused = admin.send("PUT", "/policies/order", {"codes": wrong})
        assert (refused.status, refused.code) == (422, "incomplete_order")
    assert codes(admin) == ["three", "one", "two"]


@pytest.mark.parametrize("code", ["Rest", "9rest", "rest-1", "全部", "rest one"])
def test_a_code_is_plain(make: Make, code: str) -> None:
    assert make(code).code == "unusable_code"


@pytest.mark.parametrize("names", [{"en": " "}, {"fr": "Reste"}, {"en": "n" * 121}])
def test_a_name_can_be_read(admin: Client, names: dict[str, str]) -> None:
    sent = {"code": "rest", "names": names, "terms": limited()}
    assert admin.post("/policies", sent).code == "unusable_name"


def test_a_code_is_taken_once(make: Make) -> None:
    make("rest")
    assert (make("rest").status, make("rest").code) == (409, "code_taken")


def test_a_request_sent_twice_makes_one_policy(admin: Client) -> None:
    sent = {"code": "rest", "names": {"en": "Rest"}, "terms": limited()}
    first = admin.post("/policies", sent, key="once")
    again = admin.post("/policies", sent, key="once")
    assert (again.status, again.body) == (201, first.body)
    assert codes(admin) == ["rest"]


@pytest.mark.parametrize(
    "terms",
    [
        {"process": {"amount": -1, "unit": "hours"}},
        {"process": {"amount": 4, "unit": "weeks"}},
        {"process": {"amount": 4, "unit": "hours", "pauses": ["lunch"]}},
        {"process": {"amount": 4, "unit": "hours", "ladder": [{"when": "at", "do": []}]}},
        {"process": {"amount": 4, "unit": "hours", "colour": "green"}},
        {"when": 7},
    ],
)
def test_what_is_no_policy_at_all(make: Make, terms: dict[str, Any]) -> None:
    refused = make("rest", terms)
    assert (refused.status, refused.code) == (422, "invalid_input")


def test_reading_is_everybodys_writing_is_not(agent: Client, make: Make) -> None:
    make("rest")
    assert codes(agent) == ["rest"]
    assert agent.get("/policies/rest").status == 200
    sent = {"code": "mine", "names": {"en": "Mine"}, "terms": limited()}
    refused = [
        agent.post("/policies", sent),
        agent.post("/policies/rest/versions", {"terms": limited(9)}),
        agent.patch("/policies/rest", {"active": False}),
        agent.send("PUT", "/policies/order", {"codes": ["rest"]}),
        agent.post("/policies/check", {"terms": limited()}),
    ]
    assert [(one.status, one.code) for one in refused] == [(403, "right_missing")] * 5
    assert agent.get("/policies/rest")["number"] == 1


def test_what_is_not_there(admin: Client) -> None:
    for answer in (
        admin.get("/policies/nothing"),
        admin.patch("/policies/nothing", {"active": False}),
        admin.post("/policies/nothing/versions", {"terms": limited()}),
    ):
        assert (answer.status, answer.code) == (404, "unknown_policy")


def test_the_list_is_one_statement(make: Make, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for code in ("one", "two", "three"):
        make(code)
    with django_assert_num_queries(1):
        assert [line.code for line in policies()] == ["one", "two", "three"]


@pytest.mark.parametrize("code", ["order", "check"])
def test_words_of_the_address_are_no_codes(make: Make, code: str) -> None:
    assert make(code).code == "unusable_code"
