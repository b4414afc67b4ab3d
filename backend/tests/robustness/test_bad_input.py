"""A table of bad input at the doors people and programs use most: always a 4xx with a code and a sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gongdan.core.tickets.models import Ticket
from tests.client import Answer, Client
from tests.tickets.conftest import World, world

__all__ = ["world"]
GOOD: dict[str, Any] = {"category": "complaint", "body": "宽带断了三天。"}
OPENING: dict[str, tuple[dict[str, Any], str]] = {
    "no category": ({"category": None}, "invalid_input"),
    "unknown category": ({"category": "no-such"}, "unknown_category"),
    "no words": ({"body": "   "}, "invalid_input"),
    "too many words": ({"body": "长" * 20_001}, "invalid_input"),
    "too long a subject": ({"subject": "x" * 201}, "invalid_input"),
    "unknown argument": ({"colour": "red"}, "invalid_input"),
    "own field unknown": ({"fields": {"colour": "red"}}, "invalid_fields"),
    "own field too long": ({"fields": {"order": "1" * 21}}, "invalid_fields"),
    "own field of the wrong type": ({"fields": {"order": {"a": 1}}}, "invalid_fields"),
    "own fields no object": ({"fields": ["order"]}, "invalid_input"),
    "priority beyond": ({"priority": 5}, "invalid_input"),
    "priority no number": ({"priority": "high"}, "invalid_input"),
    "unknown channel": ({"channel": "pigeon"}, "invalid_input"),
    "unknown kind": ({"kind": "wish"}, "invalid_input"),
    "unknown customer": ({"customer_id": 2**40}, "unknown_customer"),
    "customer beyond": ({"customer_id": 2**63}, "invalid_input"),
    "time without offset": ({"received_at": "2026-01-01T00:00:00"}, "invalid_input"),
    "time that is none": ({"received_at": "yesterday"}, "invalid_input"),
    "time to come": ({"received_at": (datetime.now(UTC) + timedelta(days=1)).isoformat()}, "impossible_time"),
    "file of nobody": ({"attachments": [2**40]}, "unknown_attachment"),
    "too many tags": ({"tags": [str(n) for n in range(21)]}, "invalid_input"),
    "answered without an answer": ({"answered_on_spot": True}, "answer_required"),
    "nul": ({"body": "a\0b"}, "unusable_text"),
    "lone surrogate": ({"subject": "a\ud800"}, "unusable_text"),
    "nul in an own field": ({"fields": {"order": "\0"}}, "unusable_text"),
    "nul in a name of a field": ({"fields": {"\0": "1"}}, "unusable_text"),
}
ADDRESSES = [
    "/tickets/no-such-number", "/tickets/" + "9" * 400, "/tickets/%20", "/tickets/工单", "/tickets/..%2F..%2Fx",
    "/customers/99999999999999999999999", "/customers/-1", "/customers/0", "/customers/abc", "/staff/1e3",
    "/attachments/99999999999999999999999", "/categories/no-such", "/categories/%25", "/flows/no-such",
    "/flows/complaint/versions/99999999999999999999", "/todo/everything", "/tickets/no-such/track", "/categories/%F0%9F%98%80",
]  # fmt: skip
LISTS = [
    "/tickets",
    "/customers",
    "/staff",
    "/todo/mine",
    "/records/mine",
    "/events",
    "/notifications",
    "/dead-letters",
]
QUERIES: list[dict[str, Any]] = [
    {"limit": 0},
    {"limit": -1},
    {"limit": "abc"},
    {"limit": 10**30},
    {"after": "garbage"},
    {"after": "-1"},
]
QUERIES += [{"after": "WzFlNDAwXQ"}, {"after": "x" * 500}, {"after": "\0"}]


def is_refusal(answer: Answer, *statuses: int) -> bool:
    """A problem with a code, a sentence and the right status."""
    assert answer.headers["Content-Type"] == "application/problem+json", (answer.status, answer.body)
    assert answer.body["detail"].endswith(".")
    assert answer.code
    return answer.status in (statuses or range(400, 500))


@pytest.mark.parametrize(("change", "code"), OPENING.values(), ids=OPENING.keys())
def test_a_ticket_that_cannot_be_opened(world: World, change: dict[str, Any], code: str) -> None:
    answer = world.by(world.o.agent).post("/tickets", GOOD | change)
    assert is_refusal(answer, 422)
    assert answer.code == code
    assert Ticket.objects.count() == 0


def test_the_same_ticket_without_the_mistake_is_opened(world: World) -> None:
    assert world.by(world.o.agent).post("/tickets", GOOD).status == 201


def verbs_gone_wrong(world: World) -> dict[str, tuple[Answer, int, str]]:
    o, number = world.o, world.number()
    draft = world.number(draft=True)
    world.done(o.clerk, number, "accept")
    return {
        "verb that is none": (world.do(o.clerk, number, "explode"), 404, "unknown_verb"),
        "foreign ticket": (world.do(o.biller, number, "accept"), 404, "ticket_not_found"),
        "no ticket": (world.do(o.clerk, "20260101-1", "accept"), 404, "ticket_not_found"),
        "accepted twice": (world.do(o.clerk, number, "accept"), 409, "already_accepted"),
        "somebody else's": (world.do(o.clerk_two, number, "process", outcome="valid"), 409, "not_handler"),
        "stale": (world.do(o.clerk, number, "append", body="x", version=1), 409, "stale_version"),
        "missing outcome": (world.do(o.clerk, number, "process", result="x"), 422, "outcome_required"),
        "missing field": (
            world.do(o.clerk, number, "process", outcome="valid", result="x"),
            422,
            "invalid_fields",
        ),
        "unknown outcome": (
            world.do(o.clerk, number, "process", outcome="no", result="x"),
            422,
            "unknown_outcome",
        ),
        "no reason": (world.do(o.clerk, number, "transfer", department=o.billing.pk), 422, "invalid_input"),
        "in a draft": (world.do(o.admin, draft, "process", outcome="valid"), 409, "wrong_state"),
        "nobody there": (
            world.do(o.clerk, number, "consult", people=[2**40], question="?"),
            422,
            "unknown_person",
        ),
        "item beyond": (
            world.do(o.clerk, number, "process", item=2**62, outcome="valid"),
            409,
            "no_open_item",
        ),
        "visit beyond": (
            world.do(o.clerk, number, "return", target=10**30, reason="x"),
            422,
            "unknown_target",
        ),
    }


def test_verbs_that_cannot_be_done(world: World) -> None:
    """All in one, for each needs the same two tickets."""
    found = verbs_gone_wrong(world)
    assert {name: (a.status, a.code) for name, (a, _, _) in found.items()} == {
        name: (status, code) for name, (_, status, code) in found.items()
    }
    assert all(is_refusal(answer) for answer, _, _ in found.values())


def test_a_key_with_another_body_is_refused(world: World) -> None:
    agent = world.by(world.o.agent)
    assert agent.post("/tickets", GOOD, key="one").status == 201
    answer = agent.post("/tickets", GOOD | {"body": "别的事"}, key="one")
    assert is_refusal(answer, 422)
    assert answer.code == "idempotency_key_reused"
    for key in ("", "x" * 201, "ключ", "a b"):
        refused = agent.send("POST", "/tickets", GOOD, headers={"Idempotency-Key": key})
        assert (refused.status, refused.code) == (422, "invalid_idempotency_key"), key


@pytest.mark.parametrize("path", ADDRESSES)
def test_addresses_of_nothing(world: World, path: str) -> None:
    assert is_refusal(world.by(world.o.admin).get(path), 404, 422)


@pytest.mark.parametrize("path", LISTS)
def test_lists_asked_wrongly(world: World, path: str) -> None:
    admin = world.by(world.o.admin)
    wrong = [query for query in QUERIES if not is_refusal(admin.get(path, **query), 422)]
    assert wrong == []


BODIES: dict[str, list[Any]] = {
    "/customers": [{}, {"name": ""}, {"name": "x" * 5000}, {"name": "a\0"}, {"name": "甲", "level": "no-such"},
                   {"name": "甲", "parent_id": 2**40}, {"name": "甲", "contacts": [{"kind": "fax", "value": "1"}]},
                   {"name": "甲", "contacts": [{"kind": "phone", "value": "nobody"}]}, {"name": "甲", "fields": 1}],
    "/categories": [{}, {"code": "a b", "name": "x"}, {"code": "new", "name": "x", "flow": "no-such"},
                    {"code": "new", "name": "x", "kind": "wish"}, {"code": "complaint", "name": "x"},
                    {"code": "new", "name": "\ud800"}, {"code": "new", "name": "x", "position": 2**31}],
    "/categories/complaint/form": [{}, {"fields": 1}, {"fields": [{"code": "x"}]}, {"fields": [{"code": "\0"}]},
                                   {"fields": [{"code": "a", "type": "text", "label": {}, "pattern": "("}]}],
    "/flows/complaint/versions": [{}, {"document": ""}, {"document": "flow: ["}, {"document": "a: &a [*a, *a]"},
                                  {"document": "x" * 300_000}, {"document": "flow: complaint\nnodes: {}"}],
    "/session": [{}, {"username": "", "password": "x"}, {"username": "x" * 200, "password": "x"},
                 {"username": "a\0", "password": "x"}, {"username": "nobody", "password": "x" * 300}],
    "/tokens": [{}, {"name": ""}, {"name": "x", "expires_at": "2001-01-01T00:00:00Z"}],
    "/staff": [{}, {"username": "a b", "name": "x", "department_id": 1}, {"username": "\ud800", "name": "x"}],
}  # fmt: skip


@pytest.mark.parametrize("path", BODIES)
def test_bodies_that_cannot_be_used(world: World, path: str) -> None:
    admin = world.by(world.o.admin)
    for body in BODIES[path]:
        assert is_refusal(admin.post(path, body), 404, 409, 422), body


@pytest.mark.parametrize(
    "path", ["/tickets", "/customers", "/categories", "/session", "/flows/complaint/versions"]
)
def test_what_is_no_json_at_every_door(world: World, path: str) -> None:
    admin: Client = world.by(world.o.admin)
    for raw in (b"", b"{", b"\xff", b"null", b"[]", b'"x"', b"1" * 5000, b"[" * 9999, b'{"a":NaN}'):
        assert is_refusal(admin.raw("POST", path, raw), 400, 422), raw[:20]
    assert is_refusal(admin.raw("POST", path, b"{}", content_type="text/plain"), 415)
    assert is_refusal(admin.raw("POST", path, b" " * 20_000_000), 413)


def test_uploads_gone_wrong(world: World) -> None:
    agent = world.by(world.o.agent)
    assert is_refusal(agent.post("/attachments", {"file": "x"}), 415)
    for raw, kind in (
        (b"", "multipart/form-data"),
        (b"--x", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=\xff"),
        (
            b"--x\r\nContent-Disposition: form-data; name=file\r\n\r\nhi\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
    ):
        assert is_refusal(agent.raw("POST", "/attachments", raw, content_type=kind), 400, 415, 422), raw


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "TRACE", "PROPFIND"])
def test_methods_at_doors_that_do_not_know_them(world: World, method: str) -> None:
    answer = world.by(world.o.admin).raw(method, "/tickets", b"")
    assert answer.status == 405
    assert set(answer.headers["Allow"].split(", ")) >= {"GET", "POST"}


@pytest.mark.parametrize("words", ["bell \x07 and \x0b tab", "\x1b[31mred", "a\ufffeb", "=1+1", "\u202eback"])
def test_strange_characters_reach_the_spreadsheet_or_are_refused(world: World, words: str) -> None:
    answer = world.by(world.o.agent).post("/tickets", GOOD | {"subject": words, "requester": {"name": words}})
    assert answer.status in {201, 422}
    assert world.by(world.o.agent).get("/tickets/export").status == 200
    assert world.by(world.o.agent).get("/tickets").status == 200


def test_a_spreadsheet_of_nonsense_is_refused(world: World) -> None:
    assert is_refusal(world.by(world.o.agent).get("/tickets/export", q="x" * 101), 422)
    assert is_refusal(world.by(world.o.agent).get("/tickets/export", opened_by="nobody", state="\0"), 422)
