"""Administering webhooks over the API: settings, keys, the test button, the log, sending again, and who may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from standardwebhooks.webhooks import Webhook

from gongdan.core.staff.models import Role, RoleGrant, Staff
from gongdan.kernel import clock, signing
from gongdan.listeners.webhooks.models import Delivery, Endpoint
from gongdan.outbox import feed
from gongdan.outbox.feed import Cursor
from tests.client import Client
from tests.company import Organisation
from tests.outbox.happenings import happen
from tests.tickets.conftest import World
from tests.webhooks.conftest import LOOPBACK, Engine
from tests.webhooks.receiver import Receiver, answering, eventually

pytestmark = pytest.mark.django_db(transaction=True)
ELSEWHERE = "https://hooks.example.com/in"
FanOut = Callable[[], None]
NewReceiver = Callable[..., Receiver]


@pytest.fixture
def desk(organisation: Organisation) -> Client:
    return Client.of(organisation.admin)


def created(desk: Client, address: str = ELSEWHERE, **settings: Any) -> dict[str, Any]:
    made = desk.post("/webhooks", {"name": "CRM", "address": address, **settings})
    assert made.status == 201, made.body
    return dict(made.body)


def path(made: dict[str, Any], *parts: str) -> str:
    return "/".join([f"/webhooks/{made['id']}", *parts])


def test_set_up_read_change_remove(desk: Client) -> None:
    made = created(
        desk, types=["TicketOpened"], headers={"Authorization": "Bearer x"}, condition="kind is complaint"
    )
    assert made["secret"].startswith("whsec_")
    assert made["headers"] == {"Authorization": "…"}
    assert made["health"]["state"] == "active"
    shown = desk.get(path(made))
    assert "secret" not in shown.body
    changed = desk.patch(path(made), {"headers": {"Authorization": "…", "X-A": "b"}, "version": 1})
    assert changed.status == 200, changed.body
    assert (changed["version"], changed["types"]) == (2, ["TicketOpened"])
    assert Endpoint.objects.get().headers == {"Authorization": "Bearer x", "X-A": "b"}
    assert desk.patch(path(made), {"name": "late", "version": 1}).code == "stale_version"
    assert desk.patch(path(made), {"active": False})["health"]["state"] == "paused"
    assert [one["id"] for one in desk.get("/webhooks")["items"]] == [made["id"]]
    assert desk.delete(path(made)).status == 204
    assert desk.get(path(made)).code == "unknown_webhook"
    types = [one.type for one in feed.read(Cursor(), 200).events if one.subject == "webhook"]
    assert types == ["WebhookCreated", "WebhookChanged", "WebhookChanged", "WebhookRemoved"]


def test_hidden_values_are_not_carried_to_another_host(desk: Client) -> None:
    made = created(desk, headers={"Authorization": "Bearer x"})
    for headers in ({}, {"headers": {"Authorization": "…"}}):
        moved = desk.patch(path(made), {"address": "https://other.example.com/in", **headers})
        assert (moved.status, moved.code, moved["field"]) == (422, "headers_needed", "headers")
    assert desk.patch(path(made), {"address": "https://hooks.example.com/new"}).status == 200
    given = {"address": "https://other.example.com/in", "headers": {"Authorization": "Bearer y"}}
    assert desk.patch(path(made), given).status == 200
    assert Endpoint.objects.get().headers == {"Authorization": "Bearer y"}


def test_one_that_was_switched_off_is_resumed(desk: Client) -> None:
    made = created(desk)
    assert desk.patch(path(made), {"active": False})["health"]["state"] == "paused"
    resumed = desk.post(path(made, "resume"))
    assert resumed.status == 200, resumed.body
    assert desk.get(path(made))["health"]["state"] == "active"


def test_a_range_that_ends_before_it_begins_is_refused(desk: Client) -> None:
    made = created(desk)
    body = {"since": "2026-11-22T10:00:00Z", "until": "2026-11-22T09:00:00Z", "states": ["dead"]}
    refused = desk.post(path(made, "resend"), body)
    assert (refused.status, refused.code, refused["field"]) == (422, "range_backwards", "until")


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"address": "ftp://x.example/"}, "unusable_address"),
        ({"address": "http://10.0.0.1/"}, "address_refused"),
        ({"address": "http://h.example:22/"}, "port_refused"),
        ({"types": ["Nonsense"]}, "unknown_event_type"),
        ({"condition": "kind is"}, "unusable_condition"),
        ({"condition": "nonsense is 1"}, "unusable_condition"),
        ({"allowed_networks": ["0.0.0.0/0"]}, "unusable_network"),
        ({"headers": {"Host": "x"}}, "unusable_header"),
        ({"owner_id": 999999}, "unknown_staff"),
    ],
)
def test_what_cannot_work_is_refused(desk: Client, settings: dict[str, Any], code: str) -> None:
    assert desk.post("/webhooks", {"name": "CRM", "address": ELSEWHERE, **settings}).code == code
    assert not Endpoint.objects.exists()


def test_only_those_with_the_right(desk: Client, organisation: Organisation) -> None:
    made = created(desk)
    clerk = Client.of(organisation.clerk)
    asked = [
        clerk.get("/webhooks"),
        clerk.post("/webhooks", {"name": "CRM", "address": ELSEWHERE}),
        clerk.get(path(made)),
        clerk.patch(path(made), {"name": "mine"}),
        clerk.delete(path(made)),
        clerk.post(path(made, "rotate"), {}),
        clerk.post(path(made, "test")),
        clerk.post(path(made, "resume")),
        clerk.get(path(made, "deliveries")),
        clerk.get("/webhooks/deliveries/1"),
        clerk.post("/webhooks/deliveries/1/resend"),
        clerk.post(path(made, "resend"), {"since": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"}),
    ]
    assert [one.code for one in asked] == ["right_missing"] * len(asked)


def test_the_test_button_shows_what_came_back(desk: Client, receiver: NewReceiver) -> None:
    there = receiver(answering(503, b"not now"))
    made = created(desk, there.address, allowed_networks=LOOPBACK)
    said = desk.post(path(made, "test"))
    assert (said["ok"], said["status"], said["error"], said["answer"]) == (False, 503, "status", "not now")
    (message,) = there.messages
    assert Webhook(made["secret"]).verify(message.body, message.headers)["type"] == "WebhookTest"
    there.behave = answering(204, b"")
    assert desk.post(path(made, "test"))["ok"] is True
    assert not Delivery.objects.exists()


def test_a_rotated_key_holds_beside_the_old_one_for_a_while(desk: Client, receiver: NewReceiver) -> None:
    there = receiver()
    made = created(desk, there.address, allowed_networks=LOOPBACK)
    rotated = desk.post(path(made, "rotate"), {"overlap_hours": 1})
    assert rotated["secret"] != made["secret"]
    assert len(rotated["keys"]) == 2
    desk.post(path(made, "test"))
    for secret in (made["secret"], rotated["secret"]):
        Webhook(secret).verify(there.messages[-1].body, there.messages[-1].headers)
    ended = desk.post(path(made, "rotate"), {"overlap_hours": 0})
    assert len(ended["keys"]) == 1
    assert len(signing.valid(Endpoint.objects.get().keys, clock.now())) == 1


def test_no_key_and_no_header_value_lies_in_the_database_or_the_log(desk: Client) -> None:
    made = created(desk, headers={"Authorization": "Bearer very-secret"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM outbox_eventrecord WHERE subject = 'webhook'")
        told = " ".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT keys::text FROM webhooks_endpoint")
        kept = str(cursor.fetchone()[0])
    assert "very-secret" not in told
    assert made["secret"][6:] not in told + kept


def test_the_log_is_searched_and_a_delivery_is_shown_in_full(
    desk: Client,
    receiver: NewReceiver,
    fan_out: FanOut,
    engine: Callable[..., Engine],
    organisation: Organisation,
) -> None:
    there = receiver(answering(500, b"broken"))
    made = created(desk, there.address, allowed_networks=LOOPBACK, types=["TestHappened", "TestEnded"])
    for n in range(3):
        happen(n, n)
    happen(9, 9, "TestEnded")
    fan_out()
    engine()
    eventually(lambda: Delivery.objects.filter(attempts__gte=1).exists())
    log = desk.get(path(made, "deliveries"), limit=3)
    assert len(log["items"]) == 3
    rest = desk.get(path(made, "deliveries"), limit=3, after=log["next"])
    ids = [one["id"] for one in (*log["items"], *rest["items"])]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == 4
    assert len(desk.get(path(made, "deliveries"), type="TestEnded")["items"]) == 1
    assert desk.get(path(made, "deliveries"), state="delivered")["items"] == []
    assert desk.get(path(made, "deliveries"), ticket="nobody's")["items"] == []
    assert len(desk.get(path(made, "deliveries"), since="2020-01-01T00:00:00Z")["items"]) == 4
    assert desk.get(path(made, "deliveries"), until="2020-01-01T00:00:00Z")["items"] == []
    tried = Delivery.objects.get(event_id=there.messages[0].id.rpartition("_")[2])
    full = desk.get(f"/webhooks/deliveries/{tried.pk}")
    assert full["request"]["body"].encode() == there.messages[0].body
    assert full["tries"][0]["headers"]["webhook-id"] == there.messages[0].id
    assert (full["tries"][0]["status"], full["tries"][0]["answer"]) == (500, "broken")
    assert full["tries"][0]["headers"]["webhook-signature"] == "…"
    health = desk.get(path(made))["health"]
    assert (health["state"], health["waiting"], health["last_failure"]) == (
        "failing", 4, "The receiver answered 500.",
    )  # fmt: skip


def dead(made: dict[str, Any]) -> None:
    now = clock.now()
    Delivery.objects.filter(endpoint_id=made["id"]).update(state="dead", done_at=now, next_try_at=now)


def test_dead_letters_are_sent_again_singly_and_as_a_range(
    desk: Client, receiver: NewReceiver, fan_out: FanOut, engine: Callable[..., Engine]
) -> None:
    there = receiver()
    made = created(desk, there.address, allowed_networks=LOOPBACK, types=["TestHappened"])
    begun = clock.now().isoformat()
    for n in range(4):
        happen(1, n)
    fan_out()
    dead(made)
    assert desk.get(path(made))["health"]["dead"] == 4
    last = desk.get(path(made, "deliveries"), state="dead")["items"][0]
    assert desk.post(f"/webhooks/deliveries/{last['id']}/resend").status == 204
    engine()
    there.wait_for(1)
    assert there.messages[0].value["data"]["n"] == 3
    again = desk.post(
        path(made, "resend"), {"since": begun, "until": clock.now().isoformat(), "states": ["dead"]}
    )
    assert again["count"] == 3
    messages = there.wait_for(4)
    assert [one.value["data"]["n"] for one in messages] == [3, 0, 1, 2]
    assert desk.post("/webhooks/deliveries/999999/resend").code == "unknown_delivery"


def test_nobody_lends_a_webhook_eyes_they_do_not_have(
    desk: Client, organisation: Organisation, client_of: Callable[[Staff], Client]
) -> None:
    role = Role.objects.create(code="integrator", name="Integrator", rights=["admin.integrations"])
    RoleGrant.objects.create(staff=organisation.biller, role=role)
    wanted = {"name": "CRM", "address": ELSEWHERE, "owner_id": organisation.admin.pk}
    assert client_of(organisation.biller).post("/webhooks", wanted).code == "beyond_your_rights"


def test_nobody_moves_a_webhook_whose_owner_sees_more(
    desk: Client, organisation: Organisation, client_of: Callable[[Staff], Client]
) -> None:
    role = Role.objects.create(code="integrator", name="Integrator", rights=["admin.integrations"])
    RoleGrant.objects.create(staff=organisation.biller, role=role)
    made = created(desk, headers={"Authorization": "Bearer x"}, types=["TicketOpened"])
    integrator = client_of(organisation.biller)
    changes: list[dict[str, Any]] = [
        {"address": "https://hooks.example.com/mine"},
        {"types": []},
        {"condition": "kind is complaint"},
        {"headers": {}},
        {"headers": {"Authorization": "Bearer y"}},
        {"allowed_networks": LOOPBACK},
    ]
    for change in changes:
        assert integrator.patch(path(made), change).code == "beyond_your_rights"
    assert Endpoint.objects.get().address == ELSEWHERE
    assert integrator.patch(path(made), {"name": "Old CRM", "active": False}).status == 200
    taken = {"address": "https://hooks.example.com/mine", "owner_id": organisation.biller.pk}
    assert integrator.patch(path(made), taken)["owner"]["id"] == organisation.biller.pk


def test_the_log_shows_bodies_to_who_may_see_the_event(
    desk: Client, world: World, fan_out: FanOut, client_of: Callable[[Staff], Client]
) -> None:
    role = Role.objects.create(code="integrator", name="Integrator", rights=["admin.integrations"])
    RoleGrant.objects.create(staff=world.o.stranger, role=role)
    made = created(desk, types=["TicketOpened"])
    world.number("consultation")
    fan_out()
    (one,) = desk.get(path(made, "deliveries"))["items"]
    assert "TicketOpened" in desk.get(f"/webhooks/deliveries/{one['id']}")["request"]["body"]
    hidden = client_of(world.o.stranger).get(f"/webhooks/deliveries/{one['id']}")
    assert (hidden.status, hidden["request"]["body"]) == (200, "…")
