"""What belongs to a customer, over HTTP: contacts, the three accounts, the hierarchy, levels."""

from __future__ import annotations

from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.customers.asking import found, record


def test_contacts_are_added_and_removed(agent: Client, admin: Client) -> None:
    made = record(agent, "李建国", "13800138000")
    path = f"/customers/{made['id']}/contacts"
    added = agent.post(path, {"kind": "phone", "value": "010-65529988/79", "label": "公司", "primary": True})
    assert (added.status, len(added["added"])) == (201, 2)
    assert [one["label"] for one in added["contacts"] if one["primary"]] == ["公司"]
    agent.post(path, {"kind": "email", "value": "Li@Example.com"})
    assert found(agent, "li@example.com") == ["李建国"]
    gone = added["added"][0]
    assert agent.delete(f"{path}/{gone}").status == 204
    assert (agent.delete(f"{path}/{gone}").status, agent.delete(f"{path}/{gone}").code) == (
        404,
        "unknown_contact",
    )
    assert found(agent, "65529988") == []
    assert agent.post("/customers/999999/contacts", {"kind": "phone", "value": "95598"}).status == 404
    removed = EventRecord.objects.get(type="ContactRemoved")
    assert removed.data["value"] == "010****9988"


def test_accounts_pay_for_subscribers(agent: Client) -> None:
    group = record(agent, "云海集团", kind="organization", customer_class="cluster")
    branch = record(agent, "云海北京", kind="organization", parent_id=group["id"])
    other = record(agent, "别家")
    account = agent.post(f"/customers/{group['id']}/accounts", {"number": "A-100", "name": "集团统付"})[
        "added"
    ]
    line = {"number": "0755-26990000", "product": "专线"}
    paid = agent.post(f"/customers/{branch['id']}/subscribers", {**line, "account_id": account})
    assert paid.status == 201
    agent.post(f"/customers/{branch['id']}/subscribers", {"number": "CIRCUIT-7", "product": "电路"})
    page = agent.get(f"/customers/{group['id']}")
    assert [
        (one["number"], [line["product"] for line in one["subscribers"]]) for one in page["accounts"]
    ] == [("A-100", ["专线"])]
    below = agent.get(f"/customers/{branch['id']}")
    assert [line["number"] for line in below["subscribers"]] == ["075****0000", "CIRCUIT-7"]
    assert found(agent, "A-100") == ["云海集团"]
    assert found(agent, "26990000") == ["云海北京"]
    foreign = agent.post(f"/customers/{other['id']}/subscribers", {**line, "account_id": account})
    assert (foreign.status, foreign.code) == (422, "unknown_account")
    taken = agent.post(f"/customers/{other['id']}/accounts", {"number": "A-100"})
    assert (taken.status, taken.code) == (409, "account_taken")
    empty = agent.post(f"/customers/{other['id']}/accounts", {"number": " "})
    assert (empty.status, empty.code) == (422, "number_missing")


def test_the_hierarchy_has_no_circles_and_an_end(agent: Client) -> None:
    ids = [record(agent, "第0级")["id"]]
    for depth in range(1, 8):
        ids.append(record(agent, f"第{depth}级", parent_id=ids[-1])["id"])
    page = agent.get(f"/customers/{ids[3]}")
    assert [one["name"] for one in page["ancestors"]] == ["第0级", "第1级", "第2级"]
    assert (page["parent"]["id"], [one["id"] for one in page["children"]]) == (ids[2], [ids[4]])
    for below in (0, 3, 7):
        circle = agent.patch(f"/customers/{ids[0]}", {"parent_id": ids[below]})
        assert (circle.status, circle.code) == (422, "would_be_circle")
    deep = agent.post("/customers", {"name": "太深", "parent_id": ids[-1]})
    assert (deep.status, deep.code) == (422, "too_deep")
    top = record(agent, "更上级")
    assert agent.patch(f"/customers/{ids[0]}", {"parent_id": top["id"]}).code == "too_deep"
    assert agent.patch(f"/customers/{ids[1]}", {"parent_id": None})["parent"] is None


def test_levels_are_listed_made_and_changed(admin: Client, reader: Client) -> None:
    assert [level["code"] for level in reader.get("/customer-levels")["items"]] == [
        "vip",
        "gold",
        "silver",
        "ordinary",
    ]
    made = admin.post("/customer-levels", {"code": "black", "name": "黑卡", "rank": 99})
    assert (made.status, made.body) == (201, {"code": "black", "name": "黑卡", "rank": 99})
    assert admin.post("/customer-levels", {"code": "black", "name": "黑卡"}).code == "code_taken"
    assert admin.post("/customer-levels", {"code": "B L", "name": "黑卡"}).code == "unusable_code"
    assert admin.patch("/customer-levels/black", {"name": "至尊"})["name"] == "至尊"
    assert admin.patch("/customer-levels/nothing", {"name": "甲"}).code == "unknown_level"
    assert reader.get("/customer-levels")["items"][0] == {"code": "black", "name": "至尊", "rank": 99}
    record(admin, "李建国", level="black")
