"""Whatever is sent to open a ticket or to a verb, the answer is a 4xx with a code, never a 500, and nothing is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gongdan.core.tickets.models import Ticket
from tests.client import Answer
from tests.tickets import scenes
from tests.tickets.conftest import World

DEEP: Any = "x"
for _ in range(300):
    DEEP = [DEEP]
OPENINGS: dict[str, dict[str, Any]] = {
    "long body": {"body": "长" * 20_001},
    "no words": {"body": " \n\t "},
    "only separators": {"body": "\x1c\x1d"},
    "only a unit separator": {"body": "\x1f", "subject": ""},
    "nul": {"body": "a\0b"},
    "surrogate": {"body": "a\ud800"},
    "surrogate key": {"fields": {"\udfff": 1}},
    "number as body": {"body": 5},
    "list as category": {"category": ["complaint"]},
    "unknown category": {"category": "nowhere"},
    "huge customer": {"customer_id": 2**80},
    "negative customer": {"customer_id": -1},
    "unknown customer": {"customer_id": 2**50},
    "priority out of range": {"priority": 9},
    "priority as text": {"priority": "high"},
    "unknown channel": {"channel": "telepathy"},
    "bad date": {"received_at": "yesterday"},
    "naive date": {"received_at": "2026-11-20T10:00:00"},
    "no such day": {"expected_end": "2026-02-30T10:00:00Z"},
    "before all time": {"expected_end": "0001-01-01T00:00:00+14:00"},
    "after all time": {"expected_end": "9999-12-31T23:59:59-12:00"},
    "received in the future": {"received_at": "2099-01-01T00:00:00Z"},
    "deep fields": {"fields": {"order": DEEP}},
    "deep unknown fields": {"fields": {"nothing": DEEP}},
    "many fields": {"fields": {f"f{n}": n for n in range(3000)}},
    "a long field": {"fields": {"order": "x" * 21}},
    "a number in a text": {"fields": {"order": 10**30}},
    "fields as a list": {"fields": [1]},
    "long tag": {"tags": ["x" * 41]},
    "many tags": {"tags": [str(n) for n in range(21)]},
    "empty tag": {"tags": [" "]},
    "unknown file": {"attachments": [2**60]},
    "huge file": {"attachments": [2**70]},
    "long external id": {"external_id": "x" * 121},
    "empty external id": {"external_id": ""},
    "requester as text": {"requester": "李"},
    "long phone": {"requester": {"phone": "1" * 61}},
    "true as a text": {"subject": True},
    "draft as a word": {"draft": "perhaps"},
    "unknown name": {"colour": "red"},
    "answer without being answered": {"answered_on_spot": True, "answer": "  "},
}
VERBS: dict[str, tuple[str, dict[str, Any]]] = {
    "huge version": ("accept", {"version": 2**70}),
    "version as text": ("accept", {"version": "last"}),
    "huge item": ("accept", {"item": 2**70}),
    "foreign item": ("accept", {"item": 2**50}),
    "list as reason": ("urge", {"reason": ["x"]}),
    "nul in a message": ("append", {"body": "a\0"}),
    "long message": ("append", {"body": "x" * 20_001}),
    "nothing": ("append", {}),
    "long reason": ("urge", {"reason": "x" * 2001}),
    "long link": ("link", {"other": "x" * 33}),
    "unknown link": ("link", {"other": "../../x"}),
    "mentions as text": ("note", {"body": "x", "mentions": "all"}),
    "many mentions": ("note", {"body": "x", "mentions": list(range(1, 52))}),
    "far future": ("edit", {"expected_end": "9999-12-31T23:59:59-12:00"}),
    "distant past": ("edit", {"expected_end": "0001-01-01T00:00:00+14:00"}),
    "deep edit": ("edit", {"fields": {"order": DEEP}}),
    "empty subject": ("edit", {"subject": "  "}),
    "only a separator": ("edit", {"subject": "\x1c"}),
    "no files": ("attach", {"attachments": []}),
    "true as a file": ("attach", {"attachments": [True]}),
    "float": ("attach", {"attachments": [1.5]}),
}


def assert_refused(answer: Answer) -> None:
    assert 400 <= answer.status < 500, answer.body
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.code
    assert answer["detail"].endswith(".")


@pytest.mark.parametrize("sent", OPENINGS.values(), ids=OPENINGS)
def test_opening(world: World, sent: dict[str, Any]) -> None:
    good = {"category": "complaint", "body": "断网"}
    answer = world.by(world.o.agent).post("/tickets", {**good, **sent})
    assert_refused(answer)
    assert Ticket.objects.count() == 0
    assert answer.code == "unusable_text" or answer["field"]


@pytest.mark.parametrize(("verb", "sent"), VERBS.values(), ids=VERBS)
def test_verbs(world: World, verb: str, sent: dict[str, Any]) -> None:
    number = world.number()
    before = Ticket.objects.filter(number=number).values().get()
    assert_refused(world.do(world.o.clerk if verb == "accept" else world.o.agent, number, verb, **sent))
    assert Ticket.objects.filter(number=number).values().get() == before


def test_dates_at_the_edge_of_all_time_never_reach_the_database(world: World) -> None:
    o = world.o
    number = scenes.accepted(world)
    for until in ("9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z"):
        assert_refused(world.do(o.clerk, number, "extend", until=until, reason="x"))
    number = scenes.calling(world)
    late = "9999-12-31T23:59:59-12:00"
    assert_refused(world.do(o.reviewer, number, "call_back", result="not_reached", next_try_at=late))
    assert world.page(o.admin, number).status == 200


@pytest.mark.parametrize(
    "raw", [b"", b"null", b"[]", b'"x"', b"{", b"\xff", b"[" * 50_000, b'{"category":1e999}']
)
def test_bodies_that_are_no_objects(world: World, raw: bytes) -> None:
    number = world.number()
    for path in ("/tickets", f"/tickets/{number}/actions/append"):
        assert_refused(world.by(world.o.agent).raw("POST", path, raw))


@pytest.mark.parametrize("number", ["%00", "a%00b", "%ED%A0%80", "x" * 300, "1%2F2", "%20", "😀"])
def test_numbers_that_are_none(world: World, number: str) -> None:
    client = world.by(world.o.admin)
    for path in ("", "/track", "/messages", "/why"):
        assert_refused(client.get(f"/tickets/{number}{path}"))
    assert_refused(client.post(f"/tickets/{number}/actions/accept", {}))


def test_hostile_lists(world: World) -> None:
    client = world.by(world.o.admin)
    for query in (
        *({"q": "a\0b"}, {"q": "x" * 101}, {"category": "nowhere"}, {"customer": 2**70}, {"handler": "me"}),
        *({"priority": 7}, {"opened_after": "now"}, {"limit": 0}, {"limit": 10**9}, {"after": "x"}),
        *(
            {"opened_after": "0001-01-01T00:00:00+14:00"},
            {"state": "a\0"},
            {"state": "none"},
            {"kind": "nope"},
        ),
    ):
        answer = client.get("/tickets", **query)
        assert answer.status in (200, 422), (query, answer.body)
        assert answer.status == 422 or query.get("opened_after"), query
    for query in ({"q": "%' OR 1=1 --"}, {"q": "_"}, {"q": "\\"}, {"opened_by": "\u0663"}):
        assert client.get("/tickets", **query)["items"] == []
    for name, query in (("nobody", {}), ("mine", {"after": "x"}), ("mine", {"kind": "a\0"})):
        assert_refused(client.get(f"/todo/{name}", **query))


def test_every_refusal_is_json_that_can_be_read_again(world: World) -> None:
    answer = world.do(world.o.clerk, world.number(), "accept", version=2**62)
    assert (answer.status, answer.code) == (409, "stale_version")
    assert json.dumps(answer.body)
