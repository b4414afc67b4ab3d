"""API tokens: shown once, stored hashed, one statement per request, ended at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.outbox.models import EventRecord
from gongdan.web.models import ApiToken
from tests.client import Client
from tests.company import Organisation


def test_a_token_is_answered_once_and_stored_only_as_a_hash(organisation: Organisation) -> None:
    agent = Client.of(organisation.agent)
    made = agent.post("/tokens", {"name": "our CRM"})
    assert made.status == 201
    secret = made["secret"]
    assert secret.startswith("gdt_")
    stored = ApiToken.objects.get(pk=made["id"])
    assert secret not in {str(value) for value in vars(stored).values()}
    assert len(stored.digest) == 64
    listed = next(row for row in agent.get("/tokens")["items"] if row["id"] == made["id"])
    assert secret.startswith(listed["prefix"])
    assert "secret" not in listed
    assert Client({"Authorization": f"Bearer {secret}"}).get("/session")["staff"]["username"] == "agent"
    event = EventRecord.objects.get(type="TokenCreated")
    assert secret not in str(event.data)


def test_a_request_with_a_token_costs_one_statement(organisation: Organisation) -> None:
    agent = Client.of(organisation.agent)
    agent.get("/live/ticket")
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert agent.get("/live/ticket").status == 200
    assert len(caught) == 1, [query["sql"] for query in caught]


def test_a_change_of_rights_counts_with_the_next_request(organisation: Organisation) -> None:
    clerk, admin = Client.of(organisation.clerk), Client.of(organisation.admin)
    assert "ticket.pause" not in clerk.get("/session")["rights"]
    assert admin.patch("/roles/clerk", {"rights": ["ticket.view", "ticket.pause"]}).status == 200
    assert clerk.get("/session")["rights"] == ["ticket.pause", "ticket.view"]


def test_a_revoked_token_opens_nothing_from_then_on(organisation: Organisation) -> None:
    agent = Client.of(organisation.agent)
    made = agent.post("/tokens", {"name": "short"})
    other = Client({"Authorization": f"Bearer {made['secret']}"})
    assert other.get("/session").status == 200
    assert agent.delete(f"/tokens/{made['id']}").status == 204
    assert other.get("/session").code == "invalid_token"
    assert agent.delete(f"/tokens/{made['id']}").code == "unknown_token"
    assert EventRecord.objects.filter(type="TokenRevoked").count() == 1


def test_an_expired_token_opens_nothing(organisation: Organisation) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False) as time:
        agent = Client.of(organisation.agent)
        tomorrow = datetime(2026, 11, 23, 9, tzinfo=UTC).isoformat()
        secret = agent.post("/tokens", {"name": "a day", "expires_at": tomorrow})["secret"]
        day = Client({"Authorization": f"Bearer {secret}"})
        assert day.get("/session").status == 200
        time.shift(timedelta(days=1))
        assert day.get("/session").code == "invalid_token"
        assert agent.post("/tokens", {"name": "late", "expires_at": tomorrow}).code == "already_expired"


def test_tokens_of_others_need_the_right(organisation: Organisation) -> None:
    agent, admin = Client.of(organisation.agent), Client.of(organisation.admin)
    assert agent.get("/tokens", everyone="true").code == "right_missing"
    assert agent.post("/tokens", {"name": "x", "staff_id": organisation.clerk.pk}).code == "right_missing"
    made = admin.post("/tokens", {"name": "x", "staff_id": organisation.clerk.pk})
    assert made["staff"]["id"] == organisation.clerk.pk
    assert agent.delete(f"/tokens/{made['id']}").code == "unknown_token"
    assert {row["staff"]["name"] for row in admin.get("/tokens", everyone="true")["items"]} == {
        "王敏",
        "孙丽",
        "系统管理员",
    }


def test_a_repeated_key_answers_the_token_without_its_secret(organisation: Organisation) -> None:
    agent = Client.of(organisation.agent)
    first = agent.post("/tokens", {"name": "once"}, key="k1")
    again = agent.post("/tokens", {"name": "once"}, key="k1")
    assert (first["id"], again["secret"]) == (again["id"], None)
    assert first["secret"]


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer gdt_wrong", "Basic YTpi", "bearer gdt_é", "Bearer " + "x" * 9000]
)
def test_what_is_no_token_is_refused(organisation: Organisation, header: str) -> None:
    answer = Client({"Authorization": header}).get("/session")
    assert (answer.status, answer.code) == (401, "invalid_token")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
