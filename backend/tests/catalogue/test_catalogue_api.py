"""The catalogue over HTTP: reading, changing, moving, forms, loading; each with its refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongdan.core.flow.models import Flow
from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.company import Organisation

TABLE = "一级分类,二级分类,三级分类\n城乡建设,安全生产,事故处理\n城乡建设,安全生产,安全隐患\n城乡建设,地铁,\n,漏了,一级\n"


@pytest.fixture
def admin(organisation: Organisation, client_of: Callable[..., Client]) -> Client:
    return client_of(organisation.admin)


@pytest.fixture
def agent(organisation: Organisation, client_of: Callable[..., Client]) -> Client:
    return client_of(organisation.agent)


@pytest.fixture
def network(admin: Client, organisation: Organisation) -> dict[str, Any]:
    """投诉 › 宽带 › 装维服务, settings at the top."""
    Flow.objects.create(code="complaint", title={"zh-Hans": "投诉处理"})
    settings = {
        "kind": "complaint", "flow": "complaint", "entry_department": organisation.network.pk, "default_priority": 3,
        "callback_mode": "sample", "callback_rate": 0.25,
    }  # fmt: skip
    admin.post("/categories", {"code": "complaint", "name": "投诉", **settings})
    admin.post("/categories", {"code": "broadband", "name": "宽带", "parent": "complaint"})
    made = admin.post(
        "/categories", {"code": "install", "name": "装维服务", "parent": "broadband", "default_priority": 4}
    )
    assert made.status == 201, made.body
    return dict(made.body)


def test_settings_come_from_the_nearest_ancestor_that_has_them(
    network: dict[str, Any], agent: Client, organisation: Organisation
) -> None:
    found = agent.get("/categories/install")
    assert found.status == 200
    assert found.body == {**network, "intake": {}}
    assert {name: found[name] for name in ("kind", "flow", "callback_mode", "callback_rate")} == {
        "kind": "complaint",
        "flow": "complaint",
        "callback_mode": "sample",
        "callback_rate": 0.25,
    }
    assert (found["default_priority"], found["entry_department"]) == (4, organisation.network.pk)
    assert found["inherited_from"]["flow"] == "complaint"
    assert "default_priority" not in found["inherited_from"]
    assert [step["code"] for step in found["path"]] == ["complaint", "broadband", "install"]


def test_an_unknown_category_is_not_found(agent: Client) -> None:
    answer = agent.get("/categories/nothing")
    assert (answer.status, answer.code) == (404, "unknown_category")


def test_the_compact_tree_has_an_etag(network: dict[str, Any], admin: Client, agent: Client) -> None:
    first = agent.get("/catalogue")
    assert [row["code"] for row in first.body] == ["complaint", "broadband", "install"]
    assert first.body[2] == {
        "id": network["id"],
        "code": "install",
        "name": "装维服务",
        "parent": first.body[1]["id"],
        "initials": "zwfw zwbw",
        "kind": "complaint",
        "priority": 4,
    }
    tagged = {"If-None-Match": first.headers["ETag"]}
    assert agent.send("GET", "/catalogue", None, headers=tagged).status == 304
    admin.patch("/categories/broadband", {"active": False})
    second = agent.send("GET", "/catalogue", None, headers=tagged)
    assert second.status == 200
    assert [row["code"] for row in second.body] == ["complaint"]


def test_administration_sees_everything_and_others_nothing(
    network: dict[str, Any], admin: Client, agent: Client
) -> None:
    admin.patch("/categories/install", {"active": False})
    rows = {row["code"]: row for row in admin.get("/categories")["items"]}
    assert rows["install"]["active"] is False
    assert rows["install"]["flow"] is None
    assert rows["install"]["default_priority"] == 4
    assert (agent.get("/categories").status, agent.get("/categories").code) == (403, "right_missing")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "甲", "flow": "nothing"}, "unknown_flow"),
        ({"name": "甲", "entry_department": 999_999}, "unknown_department"),
        ({"name": "甲", "parent": "nothing"}, "unknown_parent"),
        ({"name": "甲", "code": "install"}, "code_taken"),
        ({"name": "甲", "code": "a b"}, "unusable_code"),
        ({"name": "甲", "code": "import"}, "unusable_code"),
        ({"name": "投诉"}, "name_taken"),
        ({"name": "  "}, "name_missing"),
        ({"name": "甲\n乙"}, "unusable_name"),
        ({"name": "甲", "kind": "other"}, "invalid_input"),
        ({"name": "甲", "default_priority": 9}, "invalid_input"),
        ({"name": "甲", "callback_rate": 2}, "invalid_input"),
        ({"name": "甲", "surprise": 1}, "invalid_input"),
    ],
)
def test_what_cannot_be_created_is_said(
    network: dict[str, Any], admin: Client, given: dict[str, Any], code: str
) -> None:
    answer = admin.post("/categories", given)
    assert (answer.status, answer.code) == (422, code)


def test_changing_the_catalogue_takes_the_right(network: dict[str, Any], agent: Client) -> None:
    tries = [
        agent.post("/categories", {"name": "甲"}),
        agent.patch("/categories/install", {"name": "甲"}),
        agent.delete("/categories/install"),
        agent.post("/categories/install/form", {"fields": []}),
        agent.get("/categories/install/forms"),
        agent.upload("/categories/import", file=SimpleUploadedFile("tree.csv", TABLE.encode())),
    ]
    assert {(one.status, one.code) for one in tries} == {(403, "right_missing")}


def test_a_code_made_from_the_path_is_the_same_everywhere(admin: Client) -> None:
    made = admin.post("/categories", {"name": "网络故障"})
    again = admin.post("/categories", {"name": "网络故障", "parent": made["code"]})
    assert made["code"].startswith("wlgz-")
    assert again["code"].startswith("wlgz-")
    assert again["code"] != made["code"]
    admin.delete(f"/categories/{again['code']}")
    admin.delete(f"/categories/{made['code']}")
    assert admin.post("/categories", {"name": "网络故障"})["code"] == made["code"]


def test_a_change_is_recorded_with_old_and_new(network: dict[str, Any], admin: Client) -> None:
    answer = admin.patch(
        "/categories/install", {"name": "上门服务", "default_priority": None, "version": network["version"]}
    )
    assert (answer["name"], answer["default_priority"]) == ("上门服务", 3)
    record = EventRecord.objects.filter(type="CategoryChanged", subject_id=network["id"]).get()
    assert record.data == {
        "code": "install",
        "old": {"name": "装维服务", "default_priority": 4},
        "new": {"name": "上门服务", "default_priority": None},
    }
    stale = admin.patch("/categories/install", {"name": "甲", "version": network["version"]})
    assert (stale.status, stale.code) == (409, "stale_version")


def test_changing_nothing_writes_nothing(network: dict[str, Any], admin: Client) -> None:
    answer = admin.patch("/categories/install", {"name": "装维服务", "parent": "broadband"})
    assert answer["version"] == network["version"]
    assert not EventRecord.objects.filter(type="CategoryChanged").exists()


def test_a_category_moves_with_everything_below(network: dict[str, Any], admin: Client) -> None:
    admin.post("/categories", {"code": "repair", "name": "报修", "kind": "repair"})
    moved = admin.patch("/categories/broadband", {"parent": "repair"})
    assert moved["kind"] == "repair"
    below = admin.get("/categories/install")
    assert [step["code"] for step in below["path"]] == ["repair", "broadband", "install"]
    assert (below["kind"], below["flow"]) == ("repair", None)
    top = admin.patch("/categories/install", {"parent": None})
    assert [step["code"] for step in top["path"]] == ["install"]


@pytest.mark.parametrize("below", ["complaint", "broadband", "install"])
def test_no_category_is_below_itself(network: dict[str, Any], admin: Client, below: str) -> None:
    answer = admin.patch("/categories/complaint", {"parent": below})
    assert (answer.status, answer.code) == (422, "would_be_circle")


def test_the_tree_has_a_greatest_depth(admin: Client) -> None:
    parent = None
    for depth in range(12):
        parent = admin.post("/categories", {"name": f"第{depth}级", "parent": parent})["code"]
    answer = admin.post("/categories", {"name": "太深", "parent": parent})
    assert (answer.status, answer.code) == (422, "too_deep")


def test_what_is_used_is_deactivated_not_removed(
    network: dict[str, Any], admin: Client, agent: Client
) -> None:
    refused = admin.delete("/categories/broadband")
    assert (refused.status, refused.code) == (409, "category_in_use")
    admin.patch("/categories/broadband", {"active": False})
    assert agent.get("/categories/install")["active"] is False
    assert admin.delete("/categories/install").status == 204
    assert agent.get("/categories/install").status == 404


def test_forms_are_versions_and_never_change(network: dict[str, Any], admin: Client, agent: Client) -> None:
    one = [{"code": "order", "type": "text", "label": {"zh-Hans": "订单号", "en": "Order"}, "required": True}]
    two = [*one, {"code": "size", "type": "choice", "label": "尺寸", "choices": ["s", "m"]}]
    first = admin.post("/categories/broadband/form", {"fields": one})
    second = admin.post("/categories/broadband/form", {"fields": two})
    assert (first.status, first["version"], second["version"]) == (201, 1, 2)
    form = agent.get("/categories/install")["form"]
    assert (form["version"], [field["code"] for field in form["fields"]]) == (2, ["order", "size"])
    kept = admin.get("/categories/broadband/forms")["items"]
    assert [(row["number"], len(row["fields"])) for row in kept] == [(2, 2), (1, 1)]


def test_every_mistake_in_a_form_is_named(network: dict[str, Any], admin: Client) -> None:
    fields = [{"code": "9", "type": "text", "label": "甲"}, {"code": "b", "type": "choice", "label": "乙"}]
    answer = admin.post("/categories/install/form", {"fields": fields})
    assert (answer.status, answer.code) == (422, "invalid_form")
    assert [error["field"] for error in answer["errors"]] == ["fields[0].code", "fields[1].choices"]
    missing = admin.post("/categories/nothing/form", {"fields": []})
    assert (missing.status, missing.code) == (404, "unknown_category")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_loads_and_loading_it_twice_changes_nothing(
    admin: Client, organisation: Organisation, encoding: str
) -> None:
    def load() -> Any:
        file = SimpleUploadedFile("tree.csv", TABLE.encode(encoding))
        answer = admin.upload(
            "/categories/import", file=file, kind="complaint", entry_department=organisation.network.pk
        )
        assert answer.status == 201, answer.body
        return answer.body

    first = load()
    assert (first["rows"], first["created"], first["known"]) == (4, 5, 0)
    assert first["bad"] == [
        {"row": 5, "reason": "A level before the last one is empty.", "text": ",漏了,一级"}
    ]
    before = admin.get("/categories").body
    second = load()
    assert (second["created"], second["known"]) == (0, 5)
    assert admin.get("/categories").body == before
    leaf = next(row for row in before["items"] if row["name"] == "事故处理")
    assert admin.get(f"/categories/{leaf['code']}")["kind"] == "complaint"


def test_what_is_no_table_is_refused_whole(admin: Client) -> None:
    noise = SimpleUploadedFile("tree.csv", b"\xff\xfe\xff\xff\x80")
    answer = admin.upload("/categories/import", file=noise)
    assert (answer.status, answer.code) == (422, "unreadable_table")
    wrong = admin.upload(
        "/categories/import", file=SimpleUploadedFile("tree.csv", TABLE.encode()), flow="nothing"
    )
    assert (wrong.status, wrong.code) == (422, "unknown_flow")
    assert admin.get("/categories")["items"] == []


def test_reading_the_tree_costs_the_same_for_any_size(
    network: dict[str, Any], agent: Client, django_assert_num_queries: Any
) -> None:
    agent.get("/catalogue")
    with django_assert_num_queries(1):  # the reference revision; everything else is in the process
        agent.get("/catalogue")
