"""An interceptor that changes own fields into what their form refuses: whose mistake it is, and what is done then."""

from __future__ import annotations

import pytest

from tests.interception.conftest import Register
from tests.interception.receiver import Receiver
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db


def test_an_own_field_it_spoils_is_not_the_users_mistake(
    world: World, receiver: Receiver, register: Register
) -> None:
    register(receiver, may_change=["fields.order"], on_failure="closed")
    receiver.says({"decision": "change", "changes": {"fields": {"order": "1" * 21}}})
    refused = world.open(fields={"order": "A1"})
    assert (refused.status, refused.code, refused["field"]) == (422, "interceptor_nonsense", "fields.order")
    receiver.says({"decision": "change", "changes": {"fields": {"order": "B7"}}})
    assert world.open(fields={"order": "A1", "colour": "red"}).code == "invalid_fields"


@pytest.mark.parametrize("key", [None, "spoilt-1"])
def test_one_that_is_open_on_failure_spoils_nothing(
    world: World, receiver: Receiver, register: Register, key: str | None
) -> None:
    register(receiver, may_change=["fields.order", "subject"], on_failure="open")
    receiver.says({"decision": "change", "changes": {"fields": {"order": "1" * 21}, "subject": "改过"}})
    body = {"category": "complaint", "body": "断网", "fields": {"order": "A1"}}
    opened = world.by(world.o.agent).post("/tickets", body, key=key)
    assert opened.status == 201, opened.body
    page = world.page(world.o.admin, opened["number"])
    assert (page["fields"]["order"], page["subject"]) == ("A1", "断网")
    (told,) = [one for one in world.track(opened["number"])["entries"] if one["type"] == "TicketIntercepted"]
    (decision,) = told["data"]["decisions"]
    assert (decision["decision"], "changed" in decision) == ("failed", False)
    assert len(receiver.questions) == 1


def test_a_verb_goes_on_without_what_would_spoil_it(
    world: World, receiver: Receiver, register: Register
) -> None:
    register(receiver, verbs=["process"], may_change=["fields.facts", "outcome"], on_failure="open")
    number = world.number()
    world.done(world.o.clerk, number, "accept")
    receiver.says({"decision": "change", "changes": {"fields": {"facts": 7}, "outcome": "valid"}})
    world.done(world.o.clerk, number, "process", outcome="valid", result="属实", fields={"facts": "光缆断"})
    assert world.page(world.o.admin, number)["fields"]["facts"] == "光缆断"
