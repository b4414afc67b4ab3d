"""Departments and teams through the API: the tree keeps its paths, refuses cycles, and nothing in use disappears."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.staff import tree
from gongdan.core.staff.models import Department
from gongdan.kernel import reference
from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.company import Organisation


@pytest.fixture
def admin(organisation: Organisation) -> Client:
    return Client.of(organisation.admin)


def paths_are_right() -> bool:
    every = {row.pk: row for row in Department.objects.all()}
    for row in every.values():
        expected = (every[row.parent_id].path if row.parent_id else "") + f"{row.pk}."
        assert row.path == expected, row.code
    return True


def test_a_department_is_set_up_below_another(admin: Client, organisation: Organisation) -> None:
    made = admin.post(
        "/departments",
        {
            "code": "north",
            "name": " 北区 ",
            "parent_id": organisation.field.pk,
            "head_id": organisation.head.pk,
        },
    )
    assert made.status == 201
    assert made["name"] == "北区"
    assert made["path"] == f"{organisation.field.path}{made['id']}."
    assert made["head"] == {"id": organisation.head.pk, "name": "赵强"}
    event = EventRecord.objects.get(type="DepartmentCreated")
    assert (event.subject, event.subject_id, event.data["code"]) == ("department", made["id"], "north")
    assert event.actor["id"] == organisation.admin.pk


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"code": "field"}, 409, "code_taken"),
        ({"code": "North Side"}, 422, "invalid_code"),
        ({"name": "  "}, 422, "required"),
        ({"parent_id": 999_999}, 422, "unknown_department"),
        ({"head_id": 999_999}, 422, "unknown_staff"),
    ],
)
def test_what_cannot_be_set_up(admin: Client, change: dict[str, object], status: int, code: str) -> None:
    answer = admin.post("/departments", {"code": "north", "name": "北区"} | change)
    assert (answer.status, answer.code) == (status, code)
    assert Department.objects.count() == 5


def test_moving_a_department_moves_what_is_below(admin: Client, organisation: Organisation) -> None:
    change = admin.patch(f"/departments/{organisation.network.pk}", {"parent_id": organisation.billing.pk})
    assert change["path"].startswith(organisation.billing.path)
    assert paths_are_right()
    reference.forget()
    below = tree.and_below(organisation.billing.pk)
    assert below == {organisation.billing.pk, organisation.network.pk, organisation.field.pk}
    assert admin.patch(f"/departments/{organisation.network.pk}", {"parent_id": None}).status == 200
    assert paths_are_right()


def test_the_order_in_the_list_is_the_tree(admin: Client, organisation: Organisation) -> None:
    admin.patch(f"/departments/{organisation.billing.pk}", {"position": 0})
    admin.patch(f"/departments/{organisation.service.pk}", {"position": 5})
    rows = admin.get("/departments")["items"]
    seen: set[int | None] = {None}
    for row in rows:
        assert row["parent_id"] in seen
        seen.add(row["id"])
    assert [row["code"] for row in rows][-1] == "service"


@pytest.mark.parametrize("target", ["network", "field"])
def test_a_department_cannot_go_below_itself(admin: Client, organisation: Organisation, target: str) -> None:
    where = getattr(organisation, target).pk
    answer = admin.patch(f"/departments/{organisation.network.pk}", {"parent_id": where})
    assert (answer.status, answer.code) == (422, "department_cycle")
    assert paths_are_right()


def test_the_tree_has_a_limit(admin: Client, organisation: Organisation) -> None:
    parent = organisation.field.pk
    codes = []
    for level in range(tree.MAX_DEPTH):
        made = admin.post("/departments", {"code": f"d{level}", "name": "x", "parent_id": parent})
        codes.append(made["code"])
        parent = made.body.get("id", parent)
    assert codes[:9] == ["d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8"]
    assert codes[9] == "department_too_deep"


def test_an_unused_department_is_removed_one_in_use_is_not(admin: Client, organisation: Organisation) -> None:
    made = admin.post("/departments", {"code": "north", "name": "北区"})
    assert admin.delete(f"/departments/{made['id']}").status == 204
    assert admin.delete(f"/departments/{made['id']}").code == "unknown_department"
    for used in (organisation.network, organisation.service):
        answer = admin.delete(f"/departments/{used.pk}")
        assert (answer.status, answer.code) == (409, "department_in_use")
        assert admin.patch(f"/departments/{used.pk}", {"active": False}).code == "department_in_use"


def test_a_change_says_old_and_new(admin: Client, organisation: Organisation) -> None:
    admin.patch(f"/departments/{organisation.billing.pk}", {"name": "财务部"})
    admin.patch(f"/departments/{organisation.billing.pk}", {"name": "财务部"})
    event = EventRecord.objects.get(type="DepartmentChanged")
    assert event.data == {"old": {"name": "账务部"}, "new": {"name": "财务部"}}


def test_teams(admin: Client, organisation: Organisation) -> None:
    made = admin.post("/teams", {"code": "night", "name": "夜班", "department_id": organisation.service.pk})
    assert (made.status, made["members"]) == (201, [])
    assert admin.patch(f"/teams/{made['id']}", {"name": "夜班组"})["name"] == "夜班组"
    assert admin.post("/teams", {"code": "night", "name": "x", "department_id": 1}).code == "code_taken"
    assert (
        admin.post("/teams", {"code": "day", "name": "x", "department_id": 999}).code == "unknown_department"
    )
    crew = next(row for row in admin.get("/teams")["items"] if row["code"] == "crew")
    assert crew["members"] == [organisation.technician.pk]
    assert admin.delete(f"/teams/{crew['id']}").code == "team_in_use"
    assert admin.patch(f"/teams/{crew['id']}", {"active": False}).code == "team_in_use"
    assert admin.delete(f"/teams/{made['id']}").status == 204
    assert admin.patch(f"/teams/{made['id']}", {"name": "x"}).code == "unknown_team"
    types = EventRecord.objects.filter(subject="team").order_by("id").values_list("type", flat=True)
    assert list(types) == ["TeamCreated", "TeamChanged", "TeamRemoved"]


def test_everyone_may_read_only_administrators_may_change(organisation: Organisation) -> None:
    agent = Client.of(organisation.agent)
    assert len(agent.get("/departments")["items"]) == 5
    assert len(agent.get("/teams")["items"]) == 1
    for answer in (
        agent.post("/departments", {"code": "north", "name": "北区"}),
        agent.patch(f"/departments/{organisation.field.pk}", {"name": "x"}),
        agent.delete(f"/departments/{organisation.field.pk}"),
        agent.post("/teams", {"code": "night", "name": "x", "department_id": organisation.field.pk}),
        agent.patch(f"/teams/{organisation.crew.pk}", {"name": "x"}),
        agent.delete(f"/teams/{organisation.crew.pk}"),
    ):
        assert (answer.status, answer.code) == (403, "right_missing")
        assert answer["params"] == {"right": "admin.organisation"}


def test_the_lists_cost_one_statement_each(admin: Client) -> None:
    for path in ("/departments", "/teams"):
        admin.get(path)
        with CaptureQueriesContext(connection) as caught:
            admin.get(path)
        assert len(caught) == 2  # authentication and the list
