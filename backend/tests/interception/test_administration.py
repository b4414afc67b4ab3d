"""Registering, changing, ordering, keys, the try by hand and the log, over HTTP, each with its event and its refusals."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.modules.interception import logbook
from gongdan.modules.interception.models import Interceptor, LoggedDecision
from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.interception.conftest import Register, logged
from tests.interception.receiver import Receiver
from tests.tickets import scenes
from tests.tickets.conftest import World

GOOD: dict[str, Any] = {"name": "检查", "kind": "http", "address": "https://checks.example/ask"}
WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "no name": ({"name": " "}, "invalid_input", "name"),
    "another kind": ({"kind": "pigeon"}, "invalid_input", "kind"),
    "no address": ({"address": ""}, "unusable_address", "address"),
    "another scheme": ({"address": "ftp://checks.example/"}, "unusable_address", "address"),
    "no host": ({"address": "https:///ask"}, "unusable_address", "address"),
    "a password": ({"address": "https://me:secret@checks.example/"}, "credentials_in_address", "address"),
    "a port that is none": ({"address": "https://checks.example:99999/"}, "unusable_address", "address"),
    "the port of mail": ({"address": "http://checks.example:25/"}, "port_refused", "address"),
    "half an address": ({"address": "https://[::1/"}, "unusable_address", "address"),
    "a space": ({"address": "https://checks.example/a b"}, "unusable_address", "address"),
    "a host not in ASCII": ({"address": "https://检查.example/"}, "unusable_address", "address"),
    "an inner address": ({"address": "http://127.0.0.1:8080/"}, "address_refused", "address"),
    "an inner address in another spelling": ({"address": "http://0x7f000001/"}, "address_refused", "address"),
    "both targets": ({"entry_point": "x"}, "unknown_entry_point", "entry_point"),
    "python with an address": ({"kind": "python"}, "unusable_address", "address"),
    "unknown verb": ({"verbs": ["open", "fly"]}, "unknown_verb", "verbs"),
    "half a condition": ({"condition": "kind is"}, "unusable_condition", "condition"),
    "an unknown fact": ({"condition": "categry is complaint"}, "unusable_condition", "condition"),
    "unknown argument": ({"may_change": ["colour"]}, "unknown_argument", "may_change"),
    "all own fields": ({"may_change": ["fields."]}, "unknown_argument", "may_change"),
    "the version": ({"may_change": ["version"]}, "unknown_argument", "may_change"),
    "no network": ({"allowed_networks": ["10.0.0.0/99"]}, "unusable_network", "allowed_networks"),
    "every network": ({"allowed_networks": ["0.0.0.0/0"]}, "unusable_network", "allowed_networks"),
    "too little time": ({"timeout_ms": 49}, "invalid_input", "timeout_ms"),
    "too much time": ({"timeout_ms": 10_001}, "invalid_input", "timeout_ms"),
    "neither open nor closed": ({"on_failure": "ajar"}, "invalid_input", "on_failure"),
    "unknown name": ({"colour": "red"}, "invalid_input", "colour"),
    "nul": ({"name": "a\0b"}, "unusable_text", ""),
}


def events() -> list[tuple[str, dict[str, Any]]]:
    rows = EventRecord.objects.filter(type__startswith="Interceptor").order_by("id")
    return list(rows.values_list("type", "data"))


def test_registering_answers_the_key_once_and_tells_of_it(admin: Client) -> None:
    sent = {**GOOD, "verbs": ["open", "accept", "open"], "allowed_networks": ["10.1.2.3/16"]}
    made = admin.post("/interceptors", sent, key="k-1")
    again = admin.post("/interceptors", sent, key="k-1")
    assert made["secret"].startswith("whsec_")
    assert (again.status, again.body) == (201, {"id": made["id"], "secret": None})
    shown = admin.get(f"/interceptors/{made['id']}").body
    assert shown["verbs"] == ["accept", "open"]
    assert shown["allowed_networks"] == ["10.1.0.0/16"]
    assert (shown["timeout_ms"], shown["on_failure"], shown["health"]["state"]) == (1_000, "open", "active")
    ((kind, data),) = events()
    assert (kind, data["definition"]["address"]) == ("InterceptorCreated", GOOD["address"])
    key = made["secret"].removeprefix("whsec_")
    assert key not in str(shown) + str(data) + str(Interceptor.objects.values().get())


@pytest.mark.parametrize("name", WRONG)
def test_what_makes_no_sense_is_refused_with_its_field(admin: Client, name: str) -> None:
    change, code, field = WRONG[name]
    refused = admin.post("/interceptors", GOOD | change)
    assert (refused.status, refused.code) == (422, code)
    assert refused.body.get("field", "") == field
    assert not Interceptor.objects.exists()


def test_a_condition_is_refused_with_its_place(admin: Client) -> None:
    refused = admin.post("/interceptors", {**GOOD, "condition": "kind is complaint or or"})
    assert refused["params"]["position"] == 21
    assert refused["params"]["why"]


def test_changing_it(admin: Client) -> None:
    identity = admin.post("/interceptors", GOOD)["id"]
    other = admin.post("/interceptors", GOOD | {"name": "别的"})["id"]
    path = f"/interceptors/{identity}"
    changed = admin.patch(path, {"timeout_ms": 500, "condition": "kind is complaint", "version": 1})
    assert (changed.status, changed["version"], changed["timeout_ms"]) == (200, 2, 500)
    assert events()[-1] == (
        "InterceptorChanged",
        {
            "name": "检查",
            "old": {"condition": "", "timeout_ms": 1_000},
            "new": {"condition": "kind is complaint", "timeout_ms": 500},
        },
    )
    assert admin.patch(path, {"timeout_ms": 500}).status == 200
    assert len(events()) == 3
    stale = admin.patch(path, {"timeout_ms": 600, "version": 1})
    assert (stale.status, stale.code) == (409, "stale_version")
    taken = admin.patch(path, {"name": "别的"})
    assert (taken.status, taken.code) == (409, "name_taken")
    assert admin.patch(path, {"address": "gopher://x"}).code == "unusable_address"
    assert admin.post("/interceptors", GOOD).code == "name_taken"
    assert admin.send("PUT", "/interceptors/order", {"ids": [other]}).code == "incomplete_order"
    ordered = admin.send("PUT", "/interceptors/order", {"ids": [other, identity]})
    assert [one["name"] for one in ordered["items"]] == ["别的", "检查"]
    assert events()[-1] == ("InterceptorsOrdered", {"old": ["检查", "别的"], "new": ["别的", "检查"]})
    assert admin.delete(path).status == 204
    assert admin.delete(path).code == "unknown_interceptor"
    assert events()[-1][0] == "InterceptorRemoved"


def test_there_are_only_so_many(admin: Client) -> None:
    for place in range(50):
        assert admin.post("/interceptors", GOOD | {"name": f"检查 {place}"}).status == 201
    refused = admin.post("/interceptors", GOOD)
    assert (refused.status, refused.code) == (409, "too_many_interceptors")
    with CaptureQueriesContext(connection) as seen:
        assert len(admin.get("/interceptors")["items"]) == 50
    assert len(seen) <= 4


def test_only_who_administers_integrations_may(world: World, admin: Client) -> None:
    identity = admin.post("/interceptors", GOOD)["id"]
    head = world.by(world.o.head)
    for method, path, body in (
        ("GET", "", None),
        ("GET", f"/{identity}", None),
        ("GET", "/log", None),
        ("GET", "/verbs", None),
        ("GET", "/entry-points", None),
        ("POST", "", GOOD | {"name": "x"}),
        ("PATCH", f"/{identity}", {"active": False}),
        ("DELETE", f"/{identity}", None),
        ("PUT", "/order", {"ids": [identity]}),
        ("POST", f"/{identity}/rotate", {}),
        ("POST", f"/{identity}/test", {}),
    ):
        refused = head.send(method, f"/interceptors{path}", body)
        assert (refused.status, refused.code) == (403, "right_missing"), path


def signed_by(secret: str, question: Any) -> bool:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    head = f"{question.headers['webhook-id']}.{question.headers['webhook-timestamp']}.".encode()
    mine = base64.b64encode(hmac.new(key, head + question.raw, hashlib.sha256).digest()).decode()
    return f"v1,{mine}" in question.headers["webhook-signature"].split(" ")


def test_while_its_key_rotates_both_sign(
    world: World, receiver: Receiver, register: Register, admin: Client
) -> None:
    made = register(receiver)
    path, old = f"/interceptors/{made['id']}", made["secret"]
    with time_machine.travel(datetime.now(UTC), tick=False) as present:
        new = admin.post(f"{path}/rotate", {"overlap_hours": 2}, key="k-1")["secret"]
        assert admin.post(f"{path}/rotate", {"overlap_hours": 2}, key="k-1")["secret"] is None
        assert admin.get(path)["old_key_until"] is not None
        world.number()
        present.shift(timedelta(hours=2))
        world.number()
        assert admin.get(path)["old_key_until"] is None
    during, after = receiver.questions
    assert [signed_by(old, during), signed_by(new, during)] == [True, True]
    assert [signed_by(old, after), signed_by(new, after)] == [False, True]
    assert events()[-1][0] == "InterceptorKeyRotated"
    assert new.removeprefix("whsec_") not in str(events())


def test_a_try_asks_and_does_nothing(
    world: World, receiver: Receiver, register: Register, admin: Client
) -> None:
    number = scenes.accepted(world)
    path = f"/interceptors/{register(receiver, may_change=['priority'])['id']}/test"
    receiver.says({"decision": "change", "changes": {"priority": 1}, "sentence": "加急"})
    tried = admin.post(path, {"verb": "edit", "ticket": number})
    assert (tried.status, tried["decision"], tried["sentence"], tried["changed"]) == (
        200, "change", "加急", ["priority"],
    )  # fmt: skip
    (question,) = receiver.questions
    assert (question.body["proposal_id"], question.body["ticket"]["number"]) == ("prop_test", number)
    receiver.says(b"oops", 500)
    failed = admin.post(path, {})
    assert (failed["decision"], failed["sentence"], failed["excerpt"]) == (
        "failed",
        "it answered 500",
        "oops",
    )
    assert admin.post(path, {"verb": "fly"}).code == "unknown_verb"
    assert admin.post(path, {"verb": "edit", "ticket": "nope"}).code == "ticket_not_found"
    assert admin.post("/interceptors/999999/test", {}).code == "unknown_interceptor"
    assert logged(admin) == []


def test_what_can_be_intercepted(admin: Client) -> None:
    found = {one["verb"]: one["arguments"] for one in admin.get("/interceptors/verbs")["items"]}
    assert {"open", "accept", "process", "close"} <= found.keys()
    assert {"priority", "tags", "fields"} <= set(found["open"])
    assert found["process"] == ["attachments", "fields", "outcome", "result"]


def test_the_log_is_searched_and_paged(
    world: World, receiver: Receiver, register: Register, admin: Client
) -> None:
    identity = register(receiver)["id"]
    begin = datetime.now(UTC)
    number = scenes.accepted(world)
    receiver.says({"decision": "refuse"})
    world.do(world.o.clerk, number, "append", body="x")
    everything = logged(admin)
    assert [(one["verb"], one["decision"]) for one in everything] == [
        ("open", "allow"), ("accept", "allow"), ("append", "refuse"),
    ]  # fmt: skip
    for query, count in (
        ({"interceptor": identity}, 3),
        ({"interceptor": identity + 1}, 0),
        ({"verb": "accept"}, 1),
        ({"ticket": number}, 2),
        ({"decision": "refuse", "verb": "append"}, 1),
        ({"since": begin.isoformat()}, 3),
        ({"until": begin.isoformat()}, 0),
    ):
        assert len(logged(admin, **query)) == count, query
    page = admin.get("/interceptors/log", limit=2)
    rest = admin.get("/interceptors/log", limit=2, after=page["next"])
    assert [one["id"] for one in page["items"] + rest["items"]] == [one["id"] for one in everything[::-1]]
    assert rest["next"] is None
    assert admin.get("/interceptors/log", decision="perhaps").status == 422


def test_old_decisions_are_forgotten(world: World, receiver: Receiver, register: Register) -> None:
    register(receiver)
    world.number()
    world.number()
    old = LoggedDecision.objects.order_by("id")[:1].get()
    LoggedDecision.objects.filter(pk=old.pk).update(at=old.at - logbook.KEPT - timedelta(hours=1))
    assert logbook.forget_old() == 1
    assert LoggedDecision.objects.count() == 1
    assert logbook.forget_old() == 0
