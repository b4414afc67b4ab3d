"""Setting up the telephone: what is kept, what is refused, what the trail tells, and that secrets show nowhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gongdan.core.interactions.models import Extension, PhoneSignal, TelephoneSystem
from gongdan.kernel import clock, signing
from gongdan.kernel.sealing import unseal
from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.company import Organisation

pytestmark = pytest.mark.django_db
PASSWORD = "very secret words"
ASTERISK: dict[str, Any] = {
    "code": "main",
    "name": "总机",
    "dialect": "asterisk",
    "host": "10.1.2.3",
    "username": "gongdan",
    "secret": PASSWORD,
}


@pytest.fixture
def admin(organisation: Organisation) -> Client:
    return Client.of(organisation.admin)


def events(*types: str) -> list[tuple[str, Any]]:
    rows = EventRecord.objects.filter(type__in=types).order_by("id")
    return [(row.type, row.data) for row in rows]


def test_a_system_is_set_up_and_its_password_shows_nowhere(admin: Client) -> None:
    made = admin.post("/phone/systems", ASTERISK)
    assert made.status == 201
    assert (made["host"], made["port"], made["has_secret"], made["health"]) == (
        "10.1.2.3",
        5038,
        True,
        "off",
    )
    row = TelephoneSystem.objects.get(code="main")
    assert unseal(row.secret) == PASSWORD
    assert PASSWORD not in row.secret
    [(kind, data)] = events("TelephoneSystemCreated")
    told = json.dumps([kind, data, made.body, admin.get("/phone/systems").body])
    assert PASSWORD not in told
    assert row.secret not in told
    assert admin.get("/phone/systems/main").body == made.body
    assert admin.post("/phone/systems", ASTERISK).code == "code_taken"


def test_a_change_is_told_with_old_and_new_and_a_stale_one_is_refused(admin: Client) -> None:
    admin.post("/phone/systems", ASTERISK)
    changed = admin.patch("/phone/systems/main", {"name": "新总机", "active": False, "version": 1})
    assert (changed.status, changed["name"], changed["version"]) == (200, "新总机", 2)
    [(_, data)] = events("TelephoneSystemChanged")
    assert data == {
        "old": {"name": "总机", "active": True},
        "new": {"name": "新总机", "active": False},
    }
    late = admin.patch("/phone/systems/main", {"name": "总机", "version": 1})
    assert (late.status, late.code) == (409, "stale_version")
    assert admin.patch("/phone/systems/main", {"name": "新总机"})["version"] == 2
    assert len(events("TelephoneSystemChanged")) == 1
    assert admin.patch("/phone/systems/none", {}).code == "unknown_system"


def test_a_new_password_is_told_only_as_changed(admin: Client) -> None:
    admin.post("/phone/systems", ASTERISK)
    assert admin.patch("/phone/systems/main", {"secret": "…"})["version"] == 1
    assert admin.patch("/phone/systems/main", {"secret": "another"})["version"] == 2
    assert unseal(TelephoneSystem.objects.get().secret) == "another"
    assert admin.patch("/phone/systems/main", {"secret": ""})["has_secret"] is False
    assert [data for _, data in events("TelephoneSystemChanged")] == [
        {"old": {"secret": "…"}, "new": {"secret": "…"}},
        {"old": {"secret": "…"}, "new": {"secret": ""}},
    ]


def test_a_password_is_not_carried_to_another_host(admin: Client) -> None:
    admin.post("/phone/systems", ASTERISK)
    elsewhere = {"recording_address": "https://evil.example/"}
    for moved in ({"host": "evil.example"}, {"port": 9999}, elsewhere):
        assert admin.patch("/phone/systems/main", moved).code == "secret_needed"
    moved = {"host": "pbx.example", "recording_address": "https://pbx.example/", "secret": "new"}
    assert admin.patch("/phone/systems/main", moved).status == 200
    same = {"recording_address": "https://pbx.example/recordings/"}
    assert admin.patch("/phone/systems/main", same).status == 200


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"host": ""}, "unusable_host", "host"),
    ({"host": "a b"}, "unusable_host", "host"),
    ({"host": "pbx\r\nAction: Command"}, "unusable_host", "host"),
    ({"host": "http://pbx"}, "unusable_host", "host"),
    ({"host": "user@pbx"}, "unusable_host", "host"),
    ({"host": "169.254.169.254"}, "unusable_host", "host"),
    ({"port": 0}, "invalid_input", "port"),
    ({"port": 65536}, "invalid_input", "port"),
    ({"username": "a\r\nSecret: x"}, "unusable_line", "username"),
    ({"secret": "a\nb"}, "unusable_line", "secret"),
    ({"name": "  "}, "required", "name"),
    ({"dialect": "morse"}, "invalid_input", "dialect"),
    ({"control_address": "http://10.0.0.1/x"}, "address_refused", "control_address"),
    ({"control_address": "ftp://x.example"}, "unusable_address", "control_address"),
    ({"recording_address": "https://u:p@x.example/"}, "credentials_in_address", "recording_address"),
    ({"recording_address": "http://x.example:22/"}, "port_refused", "recording_address"),
    ({"allowed_networks": ["10.0.0.0/4"]}, "unusable_network", "allowed_networks"),
    ({"settings": {"api_token": "x"}}, "unusable_settings", "settings"),
    ({"settings": {"x": "y" * 9000}}, "unusable_settings", "settings"),
    ({"sip_address": "https://pbx.example"}, "unusable_sip_address", "sip_address"),
    ({"sip_address": "wss://u:p@pbx.example"}, "unusable_sip_address", "sip_address"),
    ({"sip_domain": "a b"}, "unusable_host", "sip_domain"),
    ({"ice_servers": [{"urls": ["http://x"]}]}, "unusable_ice_server", "ice_servers"),
    ({"ice_servers": [{"urls": []}]}, "invalid_input", "ice_servers.0.urls"),
    ({"colour": "red"}, "invalid_input", "colour"),
    ({"code": "Main!"}, "invalid_code", "code"),
]


@pytest.mark.parametrize(("wrong", "code", "field"), REFUSED)
def test_what_cannot_be_used_is_refused(admin: Client, wrong: dict[str, Any], code: str, field: str) -> None:
    refused = admin.post("/phone/systems", {**ASTERISK, **wrong})
    assert (refused.status, refused.code, refused["field"]) == (422, code, field)
    assert not TelephoneSystem.objects.exists()
    assert PASSWORD not in json.dumps(refused.body)


def test_an_inner_address_is_called_only_when_its_network_is_allowed(admin: Client) -> None:
    wanted = {
        **ASTERISK,
        "control_address": "http://10.1.2.3:8080/calls",
        "allowed_networks": ["10.1.2.0/24"],
    }
    assert admin.post("/phone/systems", wanted).status == 201
    narrowed = admin.patch("/phone/systems/main", {"allowed_networks": []})
    assert narrowed.code == "address_refused"


def test_the_key_of_an_http_system_is_shown_once_and_changes_over(admin: Client) -> None:
    new = {"code": "other", "dialect": "http", "name": "别的系统"}
    made = admin.post("/phone/systems", new, key="k1")
    ring = TelephoneSystem.objects.get().keys
    assert made["key"] == signing.newest(ring)
    assert made["signals_address"] == "/api/v1/phone/systems/other/signals"
    again = admin.post("/phone/systems", new, key="k1")
    assert "key" not in again.body
    assert "key" not in admin.get("/phone/systems/other").body
    fresh = admin.post("/phone/systems/other/key")
    assert fresh.status == 200
    ring = TelephoneSystem.objects.get().keys
    assert fresh["key"] == signing.newest(ring) != made["key"]
    assert len(signing.valid(ring, clock.now())) == 2
    assert [list(data) for _, data in events("TelephoneKeyRotated")] == [["until"]]
    admin.post("/phone/systems", ASTERISK)
    assert admin.post("/phone/systems/main/key").code == "system_has_no_key"


def test_credentials_of_a_relay_are_sealed_and_stay_with_their_server(admin: Client) -> None:
    turn = {"urls": ["turn:turn.example:3478?transport=udp"], "username": "u", "credential": "pass"}
    made = admin.post("/phone/systems", {**ASTERISK, "ice_servers": [turn]})
    assert made["ice_servers"] == [{**turn, "credential": "…"}]
    assert unseal(TelephoneSystem.objects.get().ice_servers[0]["credential"]) == "pass"
    kept = admin.patch("/phone/systems/main", {"ice_servers": [{**turn, "credential": "…"}]})
    assert kept["version"] == 1
    assert unseal(TelephoneSystem.objects.get().ice_servers[0]["credential"]) == "pass"
    moved = {"urls": ["turn:evil.example:3478"], "username": "u", "credential": "…"}
    assert admin.patch("/phone/systems/main", {"ice_servers": [moved]}).code == "secret_needed"


def test_a_system_with_calls_is_not_removed(admin: Client) -> None:
    admin.post("/phone/systems", ASTERISK)
    system = TelephoneSystem.objects.get()
    signal = PhoneSignal.objects.create(system=system, key="1", received_at=clock.now(), raw="x")
    assert admin.delete("/phone/systems/main").code == "system_in_use"
    signal.delete()
    admin.post("/phone/extensions", {"system": "main", "number": "801"})
    admin.post("/phone/queues", {"system": "main", "name": "support"})
    assert admin.delete("/phone/systems/main").status == 204
    assert not TelephoneSystem.objects.exists()
    assert not Extension.objects.exists()
    assert events("TelephoneSystemRemoved") == [("TelephoneSystemRemoved", {"code": "main", "name": "总机"})]
