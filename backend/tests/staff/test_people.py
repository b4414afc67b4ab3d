"""People and their roles through the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.staff.models import Staff
from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.company import Organisation


@pytest.fixture
def admin(organisation: Organisation) -> Client:
    return Client.of(organisation.admin)


def new_person(organisation: Organisation, **change: Any) -> dict[str, Any]:
    return {"username": "li.na", "name": "李娜", "department_id": organisation.field.pk} | change


def test_a_person_is_taken_in_and_can_sign_in(admin: Client, organisation: Organisation) -> None:
    made = admin.post(
        "/staff",
        new_person(
            organisation,
            team_ids=[organisation.crew.pk],
            password="correct horse 42",
            roles=[{"role": "clerk"}, {"role": "head", "department_id": organisation.billing.pk}],
        ),
    )
    assert made.status == 201, made.body
    assert made["teams"] == [{"id": organisation.crew.pk, "name": "装维一组"}]
    assert [(held["role"], held["department_id"]) for held in made["roles"]] == [
        ("clerk", None),
        ("head", organisation.billing.pk),
    ]
    signed_in = Client().post("/session", {"username": "li.na", "password": "correct horse 42"})
    assert signed_in.status == 200
    stored = Staff.objects.get(username="li.na").password
    assert stored.startswith("argon2$argon2id$")
    events = EventRecord.objects.filter(subject="staff", subject_id=made["id"]).order_by("seq")
    assert [event.type for event in events] == ["StaffCreated", "StaffRolesChanged"]
    assert "correct horse" not in str([event.data for event in events])


def test_without_a_password_nobody_signs_in(admin: Client, organisation: Organisation) -> None:
    assert admin.post("/staff", new_person(organisation)).status == 201
    assert Client().post("/session", {"username": "li.na", "password": "!"}).code == "wrong_credentials"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"username": "agent"}, 409, "code_taken"),
        ({"username": "AGENT"}, 409, "code_taken"),
        ({"username": "li na"}, 422, "invalid_username"),
        ({"name": "\t"}, 422, "required"),
        ({"department_id": 999_999}, 422, "unknown_department"),
        ({"team_ids": [999_999]}, 422, "unknown_team"),
        ({"roles": [{"role": "emperor"}]}, 422, "unknown_role"),
        ({"roles": [{"role": "clerk", "department_id": 999_999}]}, 422, "unknown_department"),
        ({"password": "short"}, 422, "weak_password"),
        ({"password": "1234567890"}, 422, "weak_password"),
        ({"email": "nobody"}, 422, "invalid_input"),
    ],
)
def test_who_cannot_be_taken_in(
    admin: Client, organisation: Organisation, change: dict[str, Any], status: int, code: str
) -> None:
    before = Staff.objects.count()
    answer = admin.post("/staff", new_person(organisation, **change))
    assert (answer.status, answer.code) == (status, code), answer.body
    assert Staff.objects.count() == before


def test_a_person_is_changed_and_the_trail_says_how(admin: Client, organisation: Organisation) -> None:
    clerk = organisation.clerk.pk
    changed = admin.patch(
        f"/staff/{clerk}", {"name": "孙莉", "team_ids": [organisation.crew.pk], "extension": "8012"}
    )
    assert (changed["name"], changed["extension"], len(changed["teams"])) == ("孙莉", "8012", 1)
    event = EventRecord.objects.get(type="StaffChanged")
    assert event.data == {
        "old": {"name": "孙丽", "extension": "", "team_ids": []},
        "new": {"name": "孙莉", "extension": "8012", "team_ids": [organisation.crew.pk]},
    }
    assert admin.patch("/staff/999999", {"name": "x"}).code == "unknown_staff"
    assert admin.patch(f"/staff/{clerk}", {"department_id": 999_999}).code == "unknown_department"


def test_roles_are_replaced(admin: Client, organisation: Organisation) -> None:
    path = f"/staff/{organisation.stranger.pk}/roles"
    both = {"roles": [{"role": "clerk"}, {"role": "clerk", "department_id": organisation.field.pk}]}
    assert len(admin.send("PUT", path, both)["roles"]) == 2
    assert len(admin.send("PUT", path, both)["roles"]) == 2
    assert admin.send("PUT", path, {"roles": []})["roles"] == []
    assert admin.send("PUT", path, {"roles": [{"role": "emperor"}]}).code == "unknown_role"
    assert admin.send("PUT", "/staff/999999/roles", {"roles": []}).code == "unknown_staff"
    assert EventRecord.objects.filter(type="StaffRolesChanged").count() == 2


def test_an_administrator_sets_a_password_and_lifts_the_lock(
    admin: Client, organisation: Organisation
) -> None:
    path = f"/staff/{organisation.agent.pk}/password"
    assert admin.post(path, {"password": "correct horse 42"}).status == 204
    wrong = [Client().post("/session", {"username": "agent", "password": "wrong"}).status for _ in range(4)]
    assert wrong[-1] == 429
    assert admin.post(path, {"password": "correct horse 43"}).status == 204
    signed_in = Client().post("/session", {"username": "agent", "password": "correct horse 43"})
    assert signed_in.status == 200
    assert admin.post(path, {"password": "short"}).code == "weak_password"
    assert admin.post("/staff/999999/password", {"password": "correct horse 42"}).code == "unknown_staff"


def test_people_are_found_page_by_page(admin: Client, organisation: Organisation) -> None:
    seen: list[int] = []
    after = None
    while True:
        page = admin.get("/staff", limit=3, after=after)
        seen += [row["id"] for row in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == Staff.objects.count()
    assert seen == list(Staff.objects.order_by("name", "id").values_list("id", flat=True))


def test_people_are_found_by_name_place_and_role(admin: Client, organisation: Organisation) -> None:
    def found(**query: Any) -> set[str]:
        return {row["username"] for row in admin.get("/staff", **query)["items"]}

    assert found(q="王") == {"agent"}
    assert found(q="CLERK") == {"clerk", "clerk2"}
    assert found(department=organisation.network.pk) == {"head", "clerk", "clerk2"}
    assert found(team=organisation.crew.pk) == {"technician"}
    assert found(role="callback") == {"reviewer", "reviewer2"}
    assert found(q="%") == set()
    admin.patch(f"/staff/{organisation.clerk_two.pk}", {"active": False})
    assert found(q="clerk") == {"clerk"}
    assert found(q="clerk", active="false") == {"clerk2"}


def test_others_see_names_but_no_contact_data(organisation: Organisation) -> None:
    agent = Client.of(organisation.agent)
    for row in [*agent.get("/staff")["items"], agent.get(f"/staff/{organisation.clerk.pk}").body]:
        assert row.keys() == {"id", "username", "name", "department", "teams", "extension", "active"}


def test_changes_need_the_right(organisation: Organisation) -> None:
    agent, clerk = Client.of(organisation.agent), organisation.clerk.pk
    for answer in (
        agent.post("/staff", new_person(organisation)),
        agent.patch(f"/staff/{clerk}", {"name": "x"}),
        agent.post(f"/staff/{clerk}/password", {"password": "correct horse 42"}),
        agent.send("PUT", f"/staff/{organisation.agent.pk}/roles", {"roles": [{"role": "administrator"}]}),
        agent.get("/roles"),
        agent.post("/roles", {"code": "x", "name": "x", "rights": [], "scope": "all"}),
        agent.patch("/roles/agent", {"scope": "all"}),
        agent.delete("/roles/agent"),
    ):
        assert (answer.status, answer.code) == (403, "right_missing")


def test_a_page_of_people_costs_a_fixed_number_of_statements(admin: Client) -> None:
    def statements(limit: int) -> int:
        with CaptureQueriesContext(connection) as caught:
            admin.get("/staff", limit=limit)
        return len(caught)

    admin.get("/staff")
    assert statements(2) == statements(11) == 4
