"""Customers over HTTP: recording, finding, changing, and who may see what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.company import Organisation
from tests.customers.asking import found, record


def test_a_customer_is_recorded_and_shown(admin: Client) -> None:
    made = record(
        admin, " 李 建国 ", "138 0013 8000", level="vip", customer_class="industry", external_id="C-1", note="老客户",
        fields={"hobby": "钓鱼"},
    )  # fmt: skip
    shown = admin.get(f"/customers/{made['id']}")
    assert shown.body == {key: value for key, value in made.items() if key != "warnings"}
    assert (shown["name"], shown["level"], shown["kind"], shown["customer_class"]) == (
        "李 建国",
        "vip",
        "person",
        "industry",
    )
    assert (shown["external_id"], shown["fields"], shown["version"]) == ("C-1", {"hobby": "钓鱼"}, 1)
    (contact,) = shown["contacts"]
    assert (contact["value"], contact["e164"], contact["masked"]) == (
        "138 0013 8000",
        "+8613800138000",
        False,
    )
    created = EventRecord.objects.get(type="CustomerCreated", subject_id=made["id"])
    assert created.data["contacts"][0]["value"] == "138****8000"


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"name": " "}, 422, "name_missing"),
        ({"name": "甲", "level": "nothing"}, 422, "unknown_level"),
        ({"name": "甲", "parent_id": 999_999}, 422, "unknown_parent"),
        ({"name": "甲", "external_id": "taken"}, 409, "external_id_taken"),
        ({"name": "甲", "kind": "robot"}, 422, "invalid_input"),
        ({"name": "甲", "contacts": [{"kind": "phone", "value": "保密"}]}, 422, "invalid_phone"),
        ({"name": "甲", "contacts": [{"kind": "email", "value": "nobody"}]}, 422, "invalid_email"),
        ({"name": "甲", "contacts": [{"kind": "phone", "value": " "}]}, 422, "unusable_contact"),
        ({"name": "甲", "fields": {"x": "y" * 30_000}}, 422, "invalid_fields"),
        ({"name": "甲", "note": "x" * 10_001}, 422, "invalid_input"),
        ({"name": "甲", "surprise": 1}, 422, "invalid_input"),
    ],
)
def test_what_cannot_be_recorded_is_said(
    admin: Client, given: dict[str, Any], status: int, code: str
) -> None:
    record(admin, "乙", external_id="taken")
    answer = admin.post("/customers", given)
    assert (answer.status, answer.code) == (status, code)
    assert found(admin, "甲") == []


def test_the_same_number_is_a_warning_and_no_refusal(agent: Client) -> None:
    first = record(agent, "李建国", "13800138000")
    second = record(agent, "张伟", "+86 138-0013-8000")
    assert second["warnings"] == [
        {"code": "number_known", "number": "138****8000", "customer_id": first["id"], "customer": "李建国"}
    ]


def test_a_repeated_request_records_once(agent: Client) -> None:
    bodies = [agent.post("/customers", {"name": "李建国"}, key="one").body for _ in range(2)]
    assert bodies[0] == bodies[1]
    assert found(agent, "李建国") == ["李建国"]


@pytest.mark.parametrize(
    "q",
    [
        "李建国",
        "建国",
        "李",
        "ljg",
        "LJ",
        "13800138000",
        "0086 138 0013 8000",
        "8000",
        "0138000",
        "C-77",
        "l",
        "李 建国",
    ],
)
def test_a_customer_is_found_by_anything(agent: Client, q: str) -> None:
    record(agent, "李建国", "13800138000", external_id="C-77")
    record(agent, "王小明", "13900139001", external_id="C-78")
    assert found(agent, q) == ["李建国"]


@pytest.mark.parametrize("q", ["国建", "800", "jl", "1380", "C-7", "建", "%", "_", "'", "\\"])
def test_what_does_not_fit_is_not_found(agent: Client, q: str) -> None:
    record(agent, "李建国", "13800138000", external_id="C-77")
    assert found(agent, q) == []


def test_readings_of_one_character_are_all_found(agent: Client) -> None:
    record(agent, "单田芳")
    assert found(agent, "stf") == found(agent, "dtf") == ["单田芳"]


def test_the_best_fit_comes_first(agent: Client) -> None:
    for name in ("大海建材公司", "建材", "建材批发"):
        record(agent, name)
    assert found(agent, "建材") == ["建材", "建材批发", "大海建材公司"]
    assert found(agent, "建材", limit=1) == ["建材"]


def test_landlines_are_found_with_extension_and_without_area_code(agent: Client) -> None:
    record(agent, "一分店", "010-65529988转801")
    record(agent, "二分店", "010-65529988转802/803")
    record(agent, "老记录", "65529988")

    def match(number: str) -> list[tuple[str, str]]:
        answer = agent.get("/customers/match", number=number)
        return [(one["customer"]["name"], one["contact"]["how"]) for one in answer["candidates"]]

    assert match("01065529988-802") == [("二分店", "same"), ("一分店", "main"), ("老记录", "local")]
    assert match("65529988") == [("老记录", "same"), ("一分店", "local"), ("二分店", "local")]
    assert match("010-65520000") == []
    assert match("139 6552 9988") == []
    assert set(found(agent, "010 6552 9988")) == {"一分店", "二分店", "老记录"}


def test_a_short_number_and_a_subscriber_are_matched(agent: Client) -> None:
    power = record(agent, "供电所", "95598")
    agent.post(f"/customers/{power['id']}/subscribers", {"number": "0755-26990000", "product": "宽带"})
    answer = agent.get("/customers/match", number="95598")
    assert [one["customer"]["name"] for one in answer["candidates"]] == ["供电所"]
    (one,) = agent.get("/customers/match", number="075526990000")["candidates"]
    assert (one["customer"]["name"], one["contact"]["label"], one["contact"]["value"]) == (
        "供电所",
        "宽带",
        "075****0000",
    )
    assert (one["open_tickets"], one["recent"]) == (0, 0)


def test_a_withheld_number_matches_nobody(agent: Client) -> None:
    record(agent, "李建国", "13800138000")
    answer = agent.get("/customers/match", number="anonymous")
    assert answer.body == {
        "number": {"e164": None, "extension": "", "digits": "", "display": ""},
        "candidates": [],
    }


def test_numbers_are_masked_without_the_right_and_revealing_is_recorded_once(
    admin: Client, agent: Client
) -> None:
    made = record(agent, "李建国", "010-65529988转801")
    agent.post(f"/customers/{made['id']}/subscribers", {"number": "13800138000"})
    masked = agent.get(f"/customers/{made['id']}")
    assert masked["can"] == {"edit": True, "reveal": False}
    assert masked["contacts"][0]["value"] == "010****9988"
    assert (masked["contacts"][0]["e164"], masked["contacts"][0]["masked"]) == (None, True)
    assert masked["subscribers"][0]["number"] == "138****8000"
    assert not EventRecord.objects.filter(type="CustomerNumbersRevealed").exists()
    admin.get(f"/customers/{made['id']}")
    clear = admin.get(f"/customers/{made['id']}")
    assert clear["contacts"][0]["value"] == "010 6552 9988转801"
    assert clear["subscribers"][0]["number"] == "13800138000"
    assert EventRecord.objects.filter(type="CustomerNumbersRevealed").count() == 1
    whole = [client.raw("GET", "/customers?q=9988", b"").body for client in (admin, agent)]
    assert [row["phones"] for body in whole for row in body["items"]] == [["010****9988"]] * 2
    assert not any("6552" in str(record.data) for record in EventRecord.objects.filter(subject="customer"))


def test_a_change_is_recorded_with_old_and_new(agent: Client) -> None:
    made = record(agent, "李建国")
    path = f"/customers/{made['id']}"
    changed = agent.patch(path, {"name": "李建军", "level": "gold", "version": 1})
    assert (changed["name"], changed["level"], changed["version"]) == ("李建军", "gold", 2)
    event = EventRecord.objects.get(type="CustomerChanged")
    assert event.data == {
        "old": {"name": "李建国", "level": "ordinary"},
        "new": {"name": "李建军", "level": "gold"},
    }
    assert found(agent, "ljj") == ["李建军"]
    assert found(agent, "建国") == []
    stale = agent.patch(path, {"name": "甲", "version": 1})
    assert (stale.status, stale.code, stale["params"]) == (409, "stale_version", {"version": 2, "yours": 1})
    assert agent.patch(path, {"name": "李建军"})["version"] == 2


def test_seeing_is_not_changing_and_no_role_sees_nothing(
    reader: Client, agent: Client, organisation: Organisation, client_of: Callable[..., Client]
) -> None:
    made = record(agent, "李建国", "13800138000")
    path = f"/customers/{made['id']}"
    assert reader.get(path).status == 200
    tries = [
        reader.post("/customers", {"name": "甲"}),
        reader.patch(path, {"name": "甲"}),
        reader.post(f"{path}/contacts", {"kind": "phone", "value": "95598"}),
        reader.delete(f"{path}/contacts/{made['contacts'][0]['id']}"),
        reader.post(f"{path}/accounts", {"number": "A1"}),
        reader.post(f"{path}/subscribers", {"number": "S1"}),
        reader.post("/customer-levels", {"code": "black", "name": "黑卡"}),
        reader.patch("/customer-levels/gold", {"name": "甲"}),
    ]
    assert {(one.status, one.code) for one in tries} == {(403, "right_missing")}
    stranger = client_of(organisation.stranger)
    assert [stranger.get("/customers").status, stranger.get("/customers", q="李建国").status] == [403, 403]
    assert stranger.get("/customers/match", number="13800138000").status == 403
    assert (stranger.get(path).status, stranger.get(path).code) == (404, "unknown_customer")


def test_a_role_narrowed_by_level_reaches_those_levels_only(admin: Client, narrow: Client) -> None:
    ordinary = record(admin, "普通客户", "13800138000")
    vip = record(admin, "贵宾客户", "13800138000", level="vip", parent_id=ordinary["id"])
    assert found(narrow, "客户") == ["普通客户"]
    assert found(narrow, "13800138000") == ["普通客户"]
    assert [row["name"] for row in narrow.get("/customers")["items"]] == ["普通客户"]
    match = narrow.get("/customers/match", number="13800138000")
    assert [one["customer"]["name"] for one in match["candidates"]] == ["普通客户"]
    assert narrow.get(f"/customers/{vip['id']}").status == 404
    assert narrow.patch(f"/customers/{vip['id']}", {"name": "甲"}).status == 404
    assert narrow.get(f"/customers/{ordinary['id']}")["children"] == []
    assert narrow.patch(f"/customers/{ordinary['id']}", {"level": "vip"}).code == "right_missing"
    assert narrow.post("/customers", {"name": "甲", "level": "vip"}).code == "right_missing"
    assert narrow.post("/customers", {"name": "甲", "parent_id": vip["id"]}).code == "unknown_parent"
    assert record(narrow, "新客户", "13800138000")["warnings"][0]["customer"] == "普通客户"
    assert len(record(narrow, "又一个", "13800138000")["warnings"]) == 2


def test_the_newest_are_paged_by_key(agent: Client) -> None:
    for number in range(5):
        record(agent, f"客户{number}", level="gold" if number % 2 else "ordinary")
    first = agent.get("/customers", limit=2)
    second = agent.get("/customers", limit=2, after=first["next"])
    third = agent.get("/customers", limit=2, after=second["next"])
    names = [row["name"] for page in (first, second, third) for row in page["items"]]
    assert names == ["客户4", "客户3", "客户2", "客户1", "客户0"]
    assert third["next"] is None
    assert [row["name"] for row in agent.get("/customers", level="gold")["items"]] == ["客户3", "客户1"]
    assert agent.get("/customers", after="nonsense").code == "invalid_cursor"


@pytest.mark.parametrize(
    ("path", "queries"), [("/customers", 4), ("/customers?q=客户", 5), ("/customers?q=9988", 5)]
)
def test_a_list_costs_the_same_for_any_length(
    agent: Client, django_assert_num_queries: Any, path: str, queries: int
) -> None:
    for number in range(6):
        record(agent, f"客户{number}", "010-65529988")
    agent.raw("GET", path, b"")
    with django_assert_num_queries(queries):
        assert len(agent.raw("GET", path, b"")["items"]) == 6
