"""Signed signals over HTTP: calls that come of them, and what happens to wrong, late, repeated and broken ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from gongdan.channels.phone import api_signals
from gongdan.channels.phone.providers import http_signals
from gongdan.core.interactions.models import Call, PhoneSignal, TelephoneSystem
from gongdan.core.interactions.phone_signals import Signal
from gongdan.kernel import clock, signing
from tests.client import Answer, Client
from tests.company import Organisation

pytestmark = pytest.mark.django_db
PATH = "/phone/systems/other/signals"


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """What other tests sent does not count."""
    api_signals.SENDING.forget()
    api_signals.GUESSING.forget()


@pytest.fixture
def admin(organisation: Organisation) -> Client:
    return Client.of(organisation.admin)


@pytest.fixture
def system(admin: Client) -> TelephoneSystem:
    admin.post("/phone/systems", {"code": "other", "dialect": "http", "name": "别的系统"})
    admin.post("/phone/extensions", {"system": "other", "number": "801"})
    return TelephoneSystem.objects.get()


def keys() -> list[bytes]:
    return signing.valid(TelephoneSystem.objects.get().keys, clock.now())


def send(
    body: Any,
    message_id: str = "msg_1",
    at: datetime | None = None,
    path: str = PATH,
    signed: bytes | None = None,
    **headers: str,
) -> Answer:
    """Sign `signed`, or what is sent."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    own = signing.headers(keys(), message_id, at or clock.now(), raw if signed is None else signed)
    return Client().raw("POST", path, raw, headers={**own, **headers})


def at(seconds: float) -> str:
    return (clock.now() - timedelta(minutes=4) + timedelta(seconds=seconds)).isoformat()


def signal(number: int, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": f"e{number}", "call": "c-1", "kind": kind, "at": at(number), **more}


def a_call() -> list[dict[str, Any]]:
    line = "4008001234"
    return [
        signal(1, "start", direction="inbound", caller="13800138000", dialled=line, line=line),
        signal(2, "menu", digits="2", label="报修"),
        signal(3, "queue", queue="repairs"),
        signal(5, "ring", extension="801", queue="repairs"),
        signal(9, "answer", extension="801"),
        signal(20, "hold", extension="801"),
        signal(30, "resume", extension="801"),
        signal(60, "hang_up", by="customer"),
        signal(61, "recording", recording="c-1.wav", url="https://pbx.example/c-1.wav", seconds=51),
    ]


def test_a_call_comes_of_signals_in_any_order_and_number(system: TelephoneSystem) -> None:
    told = a_call()
    assert send(told[0]).body == {"accepted": 1, "repeated": 0, "faults": []}
    call = Call.objects.get()
    assert (call.phase, call.direction, call.customer_number) == ("begun", "inbound", "+8613800138000")
    assert send([*reversed(told)], "msg_2").body == {"accepted": 9, "repeated": 1, "faults": []}
    call.refresh_from_db()
    assert (call.phase, call.outcome, call.ended_by, call.queue) == (
        "ended",
        "answered",
        "customer",
        "repairs",
    )
    assert (call.waiting_seconds, call.talk_seconds, call.hold_seconds) == (6, 41, 10)
    assert [one["label"] for one in call.menu] == ["报修"]
    assert [one.url for one in call.recordings.all()] == ["https://pbx.example/c-1.wav"]
    assert TelephoneSystem.objects.get().heard_at is not None
    assert TelephoneSystem.objects.get().version == 1


def test_a_message_that_comes_again_is_harmless_and_another_under_its_name_refused(
    system: TelephoneSystem,
) -> None:
    told = a_call()
    assert send(told).status == 200
    rows = PhoneSignal.objects.count()
    again = send(told)
    assert (again.status, again["accepted"], again["repeated"]) == (200, 9, 9)
    assert PhoneSignal.objects.count() == rows
    other = send(told[:3])
    assert (other.status, other.code) == (409, "delivery_id_reused")
    assert Call.objects.count() == 1


def test_the_message_is_kept_as_it_came(system: TelephoneSystem) -> None:
    send(b'  [ {"id": 1} ]')
    assert PhoneSignal.objects.get(key="message:msg_1").raw == '  [ {"id": 1} ]'


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"signed": b"other"}, 401, "signature_wrong"),
    ({"message_id": "msg_1", "webhook-id": "msg_2"}, 401, "signature_wrong"),
    ({"path": "/phone/systems/none/signals"}, 401, "signature_wrong"),
    ({"webhook-signature": ""}, 401, "signature_missing"),
    ({"webhook-signature": "v1,AAAA"}, 401, "signature_wrong"),
    ({"webhook-timestamp": "yesterday"}, 401, "signature_missing"),
    ({"webhook-id": "a.b"}, 401, "signature_missing"),
    ({"at": clock.now() - timedelta(minutes=6)}, 401, "signature_old"),
    ({"at": clock.now() + timedelta(hours=1)}, 401, "signature_future"),
]


@pytest.mark.parametrize(("wrong", "status", "code"), REFUSED)
def test_what_is_not_rightly_signed_is_refused_and_leaves_nothing(
    system: TelephoneSystem, wrong: dict[str, Any], status: int, code: str
) -> None:
    refused = send(a_call(), **wrong)
    assert (refused.status, refused.code) == (status, code)
    assert not PhoneSignal.objects.exists()
    assert not Call.objects.exists()


def test_a_system_that_is_off_or_speaks_another_dialect_takes_nothing(
    admin: Client, system: TelephoneSystem
) -> None:
    signed = dict(signing.headers(keys(), "msg_1", clock.now(), b"{}"))
    admin.patch("/phone/systems/other", {"active": False})
    assert Client().raw("POST", PATH, b"{}", headers=signed).code == "signature_wrong"
    admin.post("/phone/systems", {"code": "pbx", "dialect": "asterisk", "host": "10.0.0.1"})
    elsewhere = "/phone/systems/pbx/signals"
    assert Client().raw("POST", elsewhere, b"{}", headers=signed).code == "signature_wrong"


def test_the_key_before_counts_while_it_is_changed_over(admin: Client, system: TelephoneSystem) -> None:
    old = keys()
    admin.post("/phone/systems/other/key?overlap_hours=1")
    body = json.dumps(a_call()[0]).encode()
    for number, key in enumerate([*old, *keys()[:1]]):
        headers = dict(signing.headers([key], f"msg_{number}", clock.now(), body))
        assert Client().raw("POST", PATH, body, headers=headers).status == 200
    admin.post("/phone/systems/other/key?overlap_hours=0")
    headers = dict(signing.headers(old, "msg_9", clock.now(), body))
    assert Client().raw("POST", PATH, body, headers=headers).code == "signature_wrong"


UNUSABLE: list[tuple[Any, str, str]] = [
    ("a word", "not_a_signal", ""),
    ({}, "required", "id"),
    ({"id": "x", "call": "c", "kind": "sing"}, "invalid", "kind"),
    ({"id": "x", "call": "c", "kind": "ring"}, "required", "extension"),
    ({"id": "x", "call": "c", "kind": "menu"}, "required", "digits"),
    ({"id": "x", "call": "c", "kind": "hang_up", "colour": "red"}, "unknown_field", "colour"),
    ({"id": "x", "call": "c" * 121, "kind": "hang_up"}, "too_long", "call"),
    ({"id": "x", "call": "c", "kind": "hang_up", "at": "2026-03-04T09:00:00"}, "invalid", "at"),
    ({"id": "x", "call": "c", "kind": "hang_up", "at": "2999-01-01T00:00:00Z"}, "out_of_range", "at"),
    ({"id": "x", "call": "c", "kind": "hang_up", "at": "1999-01-01T00:00:00Z"}, "out_of_range", "at"),
    ({"id": "x", "call": "c\0", "kind": "hang_up"}, "unusable_text", ""),
    ({"id": "x", "call": "c\ud800", "kind": "hang_up"}, "unusable_text", ""),
    ({"id": "x", "kind": "snapshot", "calls": "c"}, "invalid", "calls"),
]


@pytest.mark.parametrize(("wrong", "code", "field"), UNUSABLE)
def test_an_unusable_signal_is_told_kept_and_spoils_no_other(
    system: TelephoneSystem, wrong: Any, code: str, field: str
) -> None:
    told = [a_call()[0], wrong, a_call()[2]]
    answer = send(told)
    assert answer.status == 200
    assert answer["faults"] == [{"index": 1, "code": code, "field": field}]
    assert (answer["accepted"], Call.objects.get().phase) == (2, "waiting")
    kept = PhoneSignal.objects.exclude(fault="").get()
    assert (kept.key, kept.fault.startswith(code)) == ("fault:msg_1:1", True)
    assert send([a_call()[3]], "msg_2")["faults"] == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"not json", 400, "broken_json"),
        (b"\xff\xfe", 400, "broken_json"),
        (b"[" * 100_000, 400, "broken_json"),
        ([], 422, "not_signals"),
        ("words", 422, "not_signals"),
        ([{}] * 201, 422, "too_many_signals"),
        (b"x" * (513 * 1024), 413, "body_too_large"),
    ],
)
def test_what_is_no_message_is_refused(system: TelephoneSystem, body: Any, status: int, code: str) -> None:
    refused = send(body)
    assert (refused.status, refused.code) == (status, code)
    assert not Call.objects.exists()


def test_a_body_must_say_that_it_is_json(system: TelephoneSystem) -> None:
    body = json.dumps(a_call()).encode()
    headers = dict(signing.headers(keys(), "msg_1", clock.now(), body))
    refused = Client().raw("POST", PATH, body, content_type="text/plain", headers=headers)
    assert (refused.status, refused.code) == (415, "wrong_content_type")


def test_a_flood_and_a_guesser_must_wait(system: TelephoneSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_signals.SENDING, "burst", 3)
    monkeypatch.setattr(api_signals.SENDING, "per_second", 0.001)
    assert [send(a_call(), f"m{number}").status for number in range(4)] == [200, 200, 200, 429]
    api_signals.SENDING.forget()
    monkeypatch.setattr(api_signals.GUESSING, "burst", 2)
    monkeypatch.setattr(api_signals.GUESSING, "per_second", 0.001)
    guessed = [send(a_call(), signed=b"other") for _ in range(3)]
    assert [one.status for one in guessed] == [401, 401, 429]
    assert guessed[2].headers["Retry-After"] == "1"
    assert send(a_call(), "m9").status == 200


def test_a_snapshot_ends_what_is_there_no_more(system: TelephoneSystem) -> None:
    send([{**one, "id": f"{call}{one['id']}", "call": call} for call in ("a", "b") for one in a_call()[:5]])
    assert Call.objects.filter(phase="talking").count() == 2
    told = {"id": "s1", "kind": "snapshot", "calls": ["b", "unknown"]}
    assert send(told, "msg_2")["accepted"] == 1
    ended = Call.objects.get(phase="ended")
    assert (ended.key, ended.outcome, ended.closed_by_us) == ("a", "answered", True)
    assert Call.objects.get(key="b").phase == "talking"
    assert send(told, "msg_3").status == 200
    assert Call.objects.count() == 2


def test_the_interface_is_described(system: TelephoneSystem) -> None:
    schema = Client().get("/openapi.json").body
    operation = schema["paths"]["/api/v1/phone/systems/{code}/signals"]["post"]
    content = operation["requestBody"]["content"]["application/json"]
    assert len(content["examples"]) == 3
    assert {one["name"] for one in operation["parameters"]} >= set(api_signals.HEADERS)
    for number, example in enumerate(content["examples"].values()):
        moment = datetime.fromisoformat("2026-03-04T10:00:00+08:00")
        entries = example["value"] if isinstance(example["value"], list) else [example["value"]]
        assert http_signals.read(entries, str(number), moment).faults == []


JSON: Any = some.recursive(
    some.none() | some.booleans() | some.floats() | some.integers() | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = [*http_signals.PhoneSignalIn.model_fields, "calls"]
ENTRY = some.dictionaries(
    some.sampled_from(NAMES), JSON | some.sampled_from([*http_signals.KINDS, "snapshot"])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(ENTRY | JSON, max_size=5))
def test_whatever_comes_is_read_or_told(entries: list[Any]) -> None:
    now = datetime(2026, 3, 4, tzinfo=UTC)
    reading = http_signals.read(entries, "m", now)
    assert len(reading.usable) + len(reading.snapshots) + len(reading.faults) == len(entries)
    for one in (*reading.usable, *reading.kept):
        assert len(one.key) <= 200
        assert "\0" not in one.raw
        assert one.raw.encode()
        assert all(isinstance(found, Signal) for found in one.signals)
