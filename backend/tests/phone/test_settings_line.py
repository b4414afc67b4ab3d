"""Setting up extensions, queues, dialled numbers, reasons for a break, and how the line is run."""

from __future__ import annotations

from typing import Any

import pytest

from gongdan.core.interactions.models import CallQueue, Extension, PhoneSignal, Presence, TelephoneSystem
from gongdan.kernel import clock
from gongdan.kernel.sealing import unseal
from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.company import Organisation

pytestmark = pytest.mark.django_db
ASTERISK = {"code": "main", "name": "总机", "dialect": "asterisk", "host": "10.1.2.3"}


@pytest.fixture
def admin(organisation: Organisation) -> Client:
    return Client.of(organisation.admin)


def events(*types: str) -> list[tuple[str, Any]]:
    rows = EventRecord.objects.filter(type__in=types).order_by("id")
    return [(row.type, row.data) for row in rows]


# -- extensions ----------------------------------------------------------------------------------------------------


@pytest.fixture
def system(admin: Client) -> TelephoneSystem:
    admin.post("/phone/systems", ASTERISK)
    return TelephoneSystem.objects.get()


def test_an_extension_is_given_to_somebody(
    admin: Client, system: TelephoneSystem, organisation: Organisation
) -> None:
    agent = organisation.agent
    sent = {"system": "main", "number": "80a", "kind": "softphone", "secret": "sip", "staff_id": agent.pk}
    made = admin.post("/phone/extensions", sent)
    assert made.status == 201
    assert (made["number"], made["staff"], made["has_secret"]) == (
        "80A",
        {"id": agent.pk, "name": "王敏"},
        True,
    )
    assert unseal(Extension.objects.get().secret) == "sip"
    assert admin.post("/phone/extensions", {**sent, "number": "80A"}).code == "number_taken"
    freed = admin.patch(f"/phone/extensions/{made['id']}", {"staff_id": None, "secret": "other"})
    assert freed["staff"] is None
    told = [data for _, data in events("ExtensionChanged")]
    assert told[1]["old"] == {"number": "80A", "staff_id": agent.pk, "secret": "…"}
    assert told[1]["new"] == {"number": "80A", "staff_id": None, "secret": "…"}
    assert admin.get("/phone/extensions", system="main")["items"] == [freed.body]
    assert admin.delete(f"/phone/extensions/{made['id']}").status == 204
    assert [data["new"] for _, data in events("ExtensionChanged")][-1] == {}


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"number": "8 01"}, 422, "unusable_extension"),
        ({"number": "801\r\nAction: Command"}, 422, "unusable_extension"),
        ({"channel": "PJSIP/801\r\nx"}, 422, "unusable_channel"),
        ({"channel": "Local/801,opt"}, 422, "unusable_channel"),
        ({"staff_id": 999_999}, 404, "unknown_staff"),
        ({"system": "none"}, 404, "unknown_system"),
        ({"kind": "tin"}, 422, "invalid_input"),
    ],
)
def test_an_extension_that_cannot_be_is_refused(
    admin: Client, system: TelephoneSystem, wrong: dict[str, Any], status: int, code: str
) -> None:
    refused = admin.post("/phone/extensions", {"system": "main", "number": "801", **wrong})
    assert (refused.status, refused.code) == (status, code)


def test_an_extension_somebody_is_signed_in_to_stays(
    admin: Client, system: TelephoneSystem, organisation: Organisation
) -> None:
    made = admin.post("/phone/extensions", {"system": "main", "number": "801"})
    one = Extension.objects.get()
    Presence.objects.create(staff=organisation.agent, state="ready", since=clock.now(), extension=one)
    assert admin.get("/phone/extensions")["items"][0]["taken_by"]["name"] == "王敏"
    path = f"/phone/extensions/{made['id']}"
    assert admin.delete(path).code == "extension_in_use"
    assert admin.patch(path, {"number": "802"}).code == "extension_in_use"
    assert admin.patch(path, {"active": False}).code == "extension_in_use"
    assert admin.patch(path, {"channel": "PJSIP/801"}).status == 200
    assert admin.delete("/phone/systems/main").code == "system_in_use"
    assert admin.delete("/phone/extensions/999999").code == "unknown_extension"


# -- queues, lines, reasons, settings ------------------------------------------------------------------------------


def test_a_queue_gets_a_title_and_a_service_level(admin: Client, system: TelephoneSystem) -> None:
    made = admin.post("/phone/queues", {"system": "main", "name": "support"})
    assert (made.status, made["service_seconds"]) == (201, 20)
    changed = admin.patch(f"/phone/queues/{made['id']}", {"title": "报修", "service_seconds": 15})
    expected = {"system": "main", "name": "support", "title": "报修", "service_seconds": 15}
    assert changed.body == {"id": made["id"], **expected}
    assert admin.get("/phone/queues")["items"] == [changed.body]
    assert admin.post("/phone/queues", {"system": "main", "name": "support"}).code == "name_taken"
    assert admin.patch("/phone/queues/999999", {"title": "x"}).code == "unknown_queue"
    assert admin.patch(f"/phone/queues/{made['id']}", {"service_seconds": 0}).code == "invalid_input"
    assert [data["new"] for _, data in events("CallQueueChanged")] == [
        {"name": "support", "title": "", "service_seconds": 20},
        {"name": "support", "title": "报修", "service_seconds": 15},
    ]
    assert CallQueue.objects.count() == 1


def test_a_line_says_what_its_digits_mean(admin: Client) -> None:
    sent = {"number": "400 800-1234", "label": "服务热线", "choices": {"2": {"label": "报修"}}}
    made = admin.post("/phone/lines", sent)
    assert (made.status, made["number"], made["choices"]) == (201, "400800-1234", {"2": {"label": "报修"}})
    assert admin.post("/phone/lines", sent).code == "number_taken"
    path = f"/phone/lines/{made['id']}"
    assert admin.patch(path, {"category": "nothing"}).code == "unknown_category"
    assert admin.patch(path, {"choices": {"x": {"label": "y"}}}).code == "unusable_digits"
    assert admin.patch(path, {"label": "热线"})["label"] == "热线"
    assert len(admin.get("/phone/lines")["items"]) == 1
    assert admin.delete(path).status == 204
    assert admin.delete(path).code == "unknown_line"
    assert [data["new"].get("label") for _, data in events("LineChanged")] == ["服务热线", "热线", None]


def test_reasons_for_a_break_are_there_from_the_start_and_can_be_added(admin: Client) -> None:
    first = admin.get("/phone/break-reasons")["items"]
    assert [one["name"] for one in first] == ["用餐", "培训", "会议", "其他"]
    made = admin.post("/phone/break-reasons", {"code": "doctor", "name": "就医"})
    assert (made.status, made["position"], made["active"]) == (201, 40, True)
    assert admin.post("/phone/break-reasons", {"code": "doctor", "name": "就医"}).code == "code_taken"
    gone = admin.patch(f"/phone/break-reasons/{first[0]['id']}", {"active": False})
    assert gone["active"] is False
    assert admin.patch("/phone/break-reasons/999999", {"name": "x"}).code == "unknown_break_reason"
    assert [data["new"]["code"] for _, data in events("BreakReasonChanged")] == ["doctor", "meal"]


def test_how_the_line_is_run(admin: Client) -> None:
    before = admin.get("/phone/line-settings")
    assert (before["daily_target"], before["version"]) == (70, 1)
    after = admin.patch("/phone/line-settings", {"daily_target": 80, "version": 1})
    assert (after["daily_target"], after["version"]) == (80, 2)
    assert admin.patch("/phone/line-settings", {"daily_target": 81, "version": 1}).code == "stale_version"
    assert admin.patch("/phone/line-settings", {"wrap_up_seconds": 4000}).code == "out_of_range"
    assert events("LineSettingsChanged") == [
        ("LineSettingsChanged", {"old": {"daily_target": 70}, "new": {"daily_target": 80}})
    ]


def test_raw_signals_are_shown_newest_first(admin: Client, system: TelephoneSystem) -> None:
    for number in range(3):
        fault = "It says nothing." if number == 1 else ""
        PhoneSignal.objects.create(
            system=system,
            key=str(number),
            received_at=clock.now(),
            raw="x" * 9000,
            call=str(number),
            fault=fault,
        )
    page = admin.get("/phone/signals", limit=2)
    assert [one["key"] for one in page["items"]] == ["2", "1"]
    assert len(page["items"][0]["raw"]) == 8000
    assert [one["key"] for one in admin.get("/phone/signals", after=page["next"])["items"]] == ["0"]
    assert [one["key"] for one in admin.get("/phone/signals", fault=1)["items"]] == ["1"]
    of_system = admin.get("/phone/systems/main/signals", call="2")
    assert [(one["key"], one["system"]) for one in of_system["items"]] == [("2", "main")]
    assert admin.get("/phone/systems/none/signals").code == "unknown_system"


PATHS = [
    *("/phone/systems", "/phone/systems/x", "/phone/extensions", "/phone/queues", "/phone/lines"),
    *("/phone/break-reasons", "/phone/line-settings", "/phone/signals", "/phone/systems/x/signals"),
]


def test_all_of_it_needs_the_right(organisation: Organisation) -> None:
    head = Client.of(organisation.head)
    assert {path: head.get(path).code for path in PATHS} == dict.fromkeys(PATHS, "right_missing")
    changes: list[tuple[str, str, Any]] = [
        ("POST", "/phone/systems", ASTERISK),
        ("PATCH", "/phone/systems/x", {}),
        ("DELETE", "/phone/systems/x", None),
        ("POST", "/phone/systems/x/key", None),
        ("POST", "/phone/extensions", {"system": "x", "number": "1"}),
        ("PATCH", "/phone/extensions/1", {}),
        ("DELETE", "/phone/extensions/1", None),
        ("POST", "/phone/queues", {"system": "x", "name": "1"}),
        ("PATCH", "/phone/queues/1", {}),
        ("POST", "/phone/lines", {"number": "1", "label": "1"}),
        ("PATCH", "/phone/lines/1", {}),
        ("DELETE", "/phone/lines/1", None),
        ("POST", "/phone/break-reasons", {"code": "x", "name": "x"}),
        ("PATCH", "/phone/break-reasons/1", {}),
        ("PATCH", "/phone/line-settings", {}),
    ]
    answers = [head.send(method, path, body).code for method, path, body in changes]
    assert answers == ["right_missing"] * len(changes)
