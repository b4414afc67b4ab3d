"""What an interceptor may do to a verb: let it pass, refuse it with a sentence, change what it was allowed to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.ports import NobodyAsks, ports
from gongdan.core.tickets.actions.open_ticket import open_ticket
from gongdan.core.tickets.contracts import OpenTicket
from gongdan.core.tickets.models import Ticket
from gongdan.kernel.actor import system
from tests.client import Client
from tests.interception.conftest import Register, intercepted, logged
from tests.interception.receiver import Handler, Receiver
from tests.live.process import environment
from tests.tickets import scenes
from tests.tickets.conftest import World


def test_it_is_asked_before_a_ticket_is_opened_and_sees_what_is_meant(
    world: World, receiver: Receiver, register: Register
) -> None:
    register(receiver, verbs=["open"])
    number = world.number(priority=2, fields={"order": "A1"})
    (question,) = receiver.questions
    body = question.body
    assert body["verb"] == "open"
    assert body["ticket"] is None
    assert body["args"] == {
        "category": "complaint", "body": "宽带断了三天。没有人上门。", "priority": 2, "fields": {"order": "A1"},
    }  # fmt: skip
    assert body["actor"] == {"kind": "staff", "id": world.o.agent.pk, "name": "王敏", "via": "api"}
    assert body["proposal_id"]
    (decision,) = intercepted(world, number)
    assert decision.pop("milliseconds", 0) >= 0
    assert decision == {"interceptor": "订单检查", "decision": "allow"}
    assert world.events(number)[:2] == ["TicketOpened", "TicketIntercepted"]


def test_a_question_about_a_verb_shows_the_ticket(
    world: World, receiver: Receiver, register: Register
) -> None:
    number = scenes.accepted(world)
    register(receiver, verbs=["process"])
    world.done(world.o.clerk, number, "append", body="不问")
    world.done(world.o.clerk, number, "process", outcome="valid", result="属实", fields={"facts": "光缆断"})
    (question,) = receiver.questions
    ticket = question.body["ticket"]
    assert (ticket["number"], ticket["state"], ticket["category"]) == (number, "open", "complaint")
    assert [one["handler"] for one in ticket["present"]] == [world.o.clerk.name]
    assert question.body["args"] == {"outcome": "valid", "result": "属实", "fields": {"facts": "光缆断"}}


def test_questions_are_signed(world: World, receiver: Receiver, register: Register) -> None:
    secret = register(receiver)["secret"]
    world.number()
    (question,) = receiver.questions
    key = base64.b64decode(secret.removeprefix("whsec_"))
    head = f"{question.headers['webhook-id']}.{question.headers['webhook-timestamp']}.".encode()
    mine = base64.b64encode(hmac.new(key, head + question.raw, hashlib.sha256).digest()).decode()
    assert question.headers["webhook-signature"] == f"v1,{mine}"


def test_the_user_reads_why_it_was_refused_and_nothing_was_done(
    world: World, receiver: Receiver, register: Register, admin: Client
) -> None:
    register(receiver)
    receiver.says({"decision": "refuse", "sentence": "投诉须有订单号。"})
    refused = world.open()
    assert (refused.status, refused.code) == (409, "intercepted")
    assert refused["detail"] == "投诉须有订单号。"
    assert refused["params"] == {"interceptor": "订单检查", "reason": "投诉须有订单号。"}
    assert not Ticket.objects.exists()
    (line,) = logged(admin)
    assert (line["decision"], line["passed"], line["sentence"]) == ("refuse", False, "投诉须有订单号。")
    assert (line["verb"], line["ticket_number"], line["actor_name"]) == ("open", "", "王敏")


def test_a_refusal_stands_in_the_track_and_makes_nobodys_page_stale(
    world: World, receiver: Receiver, register: Register
) -> None:
    number = scenes.accepted(world)
    version = Ticket.objects.get(number=number).version
    register(receiver, verbs=["resolve"])
    receiver.says({"decision": "refuse", "sentence": "还有未退的款。"})
    refused = world.do(world.o.clerk, number, "resolve", result="好了", version=version)
    assert refused.code == "intercepted"
    (decision,) = intercepted(world, number)
    assert (decision["decision"], decision["sentence"]) == ("refuse", "还有未退的款。")
    receiver.allows()
    assert world.do(world.o.clerk, number, "resolve", result="好了", version=version).status == 200


def test_it_changes_what_it_may(world: World, receiver: Receiver, register: Register) -> None:
    register(receiver, may_change=["priority", "tags", "fields.order"])
    receiver.says(
        {"decision": "change", "changes": {"priority": 1, "tags": ["vip"], "fields": {"order": "B7"}}}
    )
    number = world.number(fields={"order": "A1"}, tags=["a"])
    ticket = Ticket.objects.get(number=number)
    assert (ticket.priority, ticket.tags) == (1, ["vip"])
    assert ticket.fields["order"] == "B7"
    (decision,) = intercepted(world, number)
    assert decision["changed"] == ["priority", "tags", "fields.order"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"subject": "别的"}, "it may not change subject"),
        ({"fields": {"facts": "x"}}, "it may not change fields.facts"),
        ({"priority": 9}, "it changed priority wrongly"),
        ({"priority": [1]}, "it changed priority wrongly"),
        ({"reason": "x"}, "the verb open takes no reason"),
        ({}, "there are none"),
        ({"priority": 1, "subject": "\0"}, "cannot be stored"),
    ],
)
def test_a_change_beyond_what_it_may_is_nonsense(
    world: World, receiver: Receiver, register: Register, admin: Client, changes: Any, why: str
) -> None:
    register(receiver, may_change=["priority", "fields.order", "reason"])
    receiver.says({"decision": "change", "changes": changes})
    ticket = Ticket.objects.get(number=world.number(priority=3))
    assert (ticket.priority, ticket.subject) == (3, "宽带断了三天。没有人上门。")
    (line,) = logged(admin)
    assert (line["decision"], line["passed"]) == ("failed", True)
    assert why in line["sentence"]


def test_each_sees_what_those_before_it_changed_and_the_first_refusal_ends_it(
    world: World, receivers: Callable[[], Receiver], register: Register, admin: Client
) -> None:
    first, second, third = receivers(), receivers(), receivers()
    ids = [
        register(first, "一", may_change=["priority"])["id"],
        register(second, "二", condition="priority is 1")["id"],
        register(third, "三")["id"],
    ]
    first.says({"decision": "change", "changes": {"priority": 1}})
    second.says({"decision": "refuse", "sentence": "不行"})
    assert world.open(priority=4)["params"]["interceptor"] == "二"
    assert [one.body["args"]["priority"] for one in second.questions] == [1]
    assert third.questions == []
    assert admin.send("PUT", "/interceptors/order", {"ids": ids[::-1]}).status == 200
    third.says({"decision": "refuse"})
    refused = world.open(priority=4)
    assert refused["params"]["interceptor"] == "三"
    assert refused["detail"]
    assert len(first.questions) == 1


def test_only_what_it_registered_for_is_asked_about(
    world: World, receiver: Receiver, register: Register
) -> None:
    register(receiver, verbs=["open", "accept"], condition='category is complaint and order is "A1"')
    world.number("consultation")
    world.number(fields={"order": "A2"})
    assert receiver.questions == []
    number = world.number(fields={"order": "A1"})
    world.done(world.o.clerk, number, "accept")
    assert [one.body["verb"] for one in receiver.questions] == ["open", "accept"]


def test_what_may_not_be_done_is_not_asked_about(
    world: World, receiver: Receiver, register: Register
) -> None:
    register(receiver)
    assert world.open(by=world.o.stranger).status == 403
    assert world.open("no-such").code == "unknown_category"
    number = scenes.accepted(world)
    asked = len(receiver.questions)
    assert world.do(world.o.stranger, number, "append", body="x").status == 404
    assert world.do(world.o.head, number, "resume").code == "wrong_state"
    assert world.do(world.o.clerk, number, "append", body="x", version=1).code == "stale_version"
    assert len(receiver.questions) == asked


def test_switched_off_or_removed_it_is_not_asked(
    world: World, receiver: Receiver, register: Register, admin: Client
) -> None:
    identity = register(receiver)["id"]
    assert admin.patch(f"/interceptors/{identity}", {"active": False}).status == 200
    world.number()
    assert receiver.questions == []
    assert admin.patch(f"/interceptors/{identity}", {"active": True}).status == 200
    world.number()
    assert admin.delete(f"/interceptors/{identity}").status == 204
    world.number()
    assert len(receiver.questions) == 1
    (line,) = logged(admin)
    assert (line["interceptor_id"], line["name"]) == (None, "订单检查")


def test_without_interceptors_a_verb_costs_no_statement_more(
    world: World, receiver: Receiver, register: Register
) -> None:
    number = scenes.accepted(world)

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            world.done(world.o.clerk, number, "append", body="x")
        return len(seen)

    statements()
    without = statements()
    kept, ports.interception = ports.interception, NobodyAsks()
    assert statements() == without
    ports.interception = kept
    register(receiver, verbs=["open"])
    statements()
    assert statements() == without


def test_a_connection_is_used_again(world: World, receiver: Receiver, register: Register) -> None:
    register(receiver)
    for _ in range(3):
        world.number()
    assert len(receiver.questions) == 3
    assert receiver.connections == 1


def test_a_connection_given_up_while_idle_is_no_failure(
    world: World, receiver: Receiver, register: Register, admin: Client
) -> None:
    register(receiver)

    def one_each(handler: Handler, _question: dict[str, Any]) -> None:
        """Says nothing of closing, and hangs up on the second question of a connection."""
        if getattr(handler, "used", False):
            handler.hang_up()
            return
        handler.used = True  # type: ignore[attr-defined]
        handler.answer({"decision": "allow"})

    receiver.behaviour = one_each
    world.number()
    world.number()
    assert [line["decision"] for line in logged(admin)] == ["allow", "allow"]
    assert receiver.connections == 2


def test_imports_are_not_asked_about(world: World, receiver: Receiver, register: Register) -> None:
    register(receiver)
    request = OpenTicket(category="complaint", body="断网")
    open_ticket(request, actor=system("import"))
    assert receiver.questions == []
    open_ticket(request, actor=system("automation"))
    (question,) = receiver.questions
    assert question.body["actor"] == {"kind": "system", "id": None, "name": "system", "via": "automation"}


def test_the_web_process_asks(tmp_path: Path) -> None:
    """And so does the worker, which installs it the same way."""
    says = "import gongdan.config.wsgi; from gongdan.core.ports import ports; print(type(ports.interception).__module__)"
    done = subprocess.run(
        [sys.executable, "-c", says], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "gongdan.modules.interception.asking"
