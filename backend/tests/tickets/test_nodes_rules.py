"""What a node says holds: its verbs, the modes of its fields, the form at the intake, tries of a callback."""

from __future__ import annotations

import pytest

from gongdan.core.catalogue.models import Category
from tests.tickets import scenes
from tests.tickets.conftest import World, publish

STRICT = """
flow: strict
title: {zh-Hans: 严格, en: Strict, zh-Hant: 嚴格}
nodes:
  intake: {kind: start, fields: {order: required}}
  work:
    kind: task
    handled_by: department of category
    without: [urge, cancel, withdraw, transfer]
    fields: {order: read, facts: required}
  check: {kind: task, handled_by: department of category, fields: {order: hidden, facts: optional}}
  done: {kind: end}
edges:
  - intake -> work -> check -> done
"""


@pytest.fixture
def strict(world: World) -> World:
    publish(STRICT)
    Category.objects.filter(code="complaint").update(flow_id="strict")
    return world


def test_verbs_a_node_takes_away_are_gone(strict: World) -> None:
    o = strict.o
    number = strict.number(fields={"order": "A1"})
    strict.done(o.clerk, number, "accept")
    for who, verb, args in (
        (o.agent, "urge", {}),
        (o.admin, "cancel", {"reason": "x"}),
        (o.agent, "withdraw", {"reason": "x"}),
        (o.clerk, "transfer", {"department": o.billing.pk, "reason": "x"}),
    ):
        refused = strict.do(who, number, verb, **args)
        assert refused.status == 409
        assert refused.code in ("verb_not_here", "cannot_withdraw")
        assert verb not in strict.verbs(who, number)
    strict.done(o.clerk, number, "process", result="好", fields={"facts": "断"})
    strict.done(o.agent, number, "urge")


def test_fields_are_required_read_optional_or_hidden_by_node(strict: World) -> None:
    o = strict.o
    missing = strict.open()
    assert (missing.status, missing.code) == (422, "invalid_fields")
    assert [(one["field"], one["code"]) for one in missing["errors"]] == [("order", "required")]
    too_early = strict.open(fields={"order": "A1", "facts": "断"})
    assert [(one["field"], one["code"]) for one in too_early["errors"]] == [("facts", "hidden")]
    unknown = strict.open(fields={"order": "A1", "colour": "red"})
    assert [(one["field"], one["code"]) for one in unknown["errors"]] == [("colour", "unknown_field")]
    number = strict.number(fields={"order": "A1"})
    strict.done(o.clerk, number, "accept")
    for fields, wrong in (
        ({}, ("facts", "required")),
        ({"order": "B2", "facts": "断"}, ("order", "read_only")),
        ({"facts": 5}, ("facts", "wrong_type")),
    ):
        refused = strict.do(o.clerk, number, "process", result="好", fields=fields)
        assert (refused.status, refused.code, refused["field"]) == (422, "invalid_fields", "fields")
        assert wrong[0] in [one["field"] for one in refused["errors"]]
    strict.done(o.clerk, number, "process", result="好", fields={"order": "A1", "facts": "断"})
    strict.done(o.clerk, number, "accept")
    page = strict.page(o.clerk, number)
    assert page["fields"] == {"facts": "断"}
    assert [(one["code"], one["mode"]) for one in page["form"]["fields"]] == [("facts", "optional")]
    hidden = strict.do(o.clerk, number, "process", result="好", fields={"order": "C3"})
    assert [(one["field"], one["code"]) for one in hidden["errors"]] == [("order", "hidden")]


def test_a_draft_may_be_incomplete_but_is_checked_when_submitted(strict: World) -> None:
    agent = strict.o.agent
    number = strict.number(draft=True)
    assert strict.page(agent, number)["state"] == "draft"
    refused = strict.do(agent, number, "submit")
    assert (refused.status, refused.code) == (422, "invalid_fields")
    mine = strict.by(agent).get("/tickets", state="draft", opened_by="me")["items"]
    assert [row["number"] for row in mine] == [number]
    answer = strict.done(agent, number, "submit", fields={"order": "A1"})
    assert (answer["state"], answer["items"][0]["node"]) == ("open", "work")


def test_what_is_answered_on_the_spot_is_checked_like_a_submitted_form(strict: World) -> None:
    refused = strict.open(answered_on_spot=True, answer="已答复")
    assert (refused.status, refused.code) == (422, "invalid_fields")
    answer = strict.open(answered_on_spot=True, answer="已答复", fields={"order": "A1"})
    assert answer["state"] == "closed"


def test_a_transferred_callback_keeps_its_tries(world: World) -> None:
    o = world.o
    number = scenes.resolved(world)
    world.done(o.reviewer, number, "call_back", result="not_reached", next_try_at=scenes.soon(1))
    assert world.page(o.admin, number)["present"][0]["tries"] == 1
    world.done(o.admin, number, "transfer", handler=o.reviewer_two.pk, reason="换人")
    item = world.page(o.admin, number)["present"][0]
    assert item["tries"] == 1
    assert item["not_before"] is not None
    assert world.by(o.reviewer_two).get("/todo/callbacks")["items"] == []
