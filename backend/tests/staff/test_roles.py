"""Roles, and the two rules nobody gets around: nobody gives more than they have, and an administrator stays."""

from __future__ import annotations

from typing import Any

import pytest

from gongdan.core.staff.models import Role, RoleGrant, Scope, Staff
from gongdan.core.staff.people import HeldRole, set_roles
from gongdan.core.staff.rights import CODES
from gongdan.kernel.actor import system
from gongdan.kernel.errors import Conflict
from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.company import Organisation, person, role


@pytest.fixture
def admin(organisation: Organisation) -> Client:
    return Client.of(organisation.admin)


@pytest.fixture
def registrar(organisation: Organisation) -> Staff:
    """Administers the organisation, and sees tickets of the network department; nothing more."""
    registrar = role("registrar", ["admin.organisation", "ticket.view", "ticket.accept"], Scope.DEPARTMENT)
    return person("registrar", "何静", organisation.network, registrar)


def test_the_catalogue_of_rights_has_each_verb_and_area(admin: Client) -> None:
    codes = {right["code"] for right in admin.get("/rights")["items"]}
    assert codes == CODES
    assert {"ticket.open", "ticket.return", "callback.work", "admin.flows"} <= codes


def test_a_role_is_made_changed_and_removed(admin: Client) -> None:
    made = admin.post(
        "/roles",
        {
            "code": "vip",
            "name": "VIP",
            "rights": ["ticket.view"],
            "scope": "all",
            "customer_levels": ["vip", "gold"],
        },
    )
    assert (made.status, made["customer_levels"]) == (201, ["gold", "vip"])
    assert admin.patch("/roles/vip", {"rights": ["ticket.view", "ticket.note"]})["rights"] == [
        "ticket.note",
        "ticket.view",
    ]
    assert "vip" in {row["code"] for row in admin.get("/roles")["items"]}
    assert admin.delete("/roles/vip").status == 204
    assert admin.delete("/roles/vip").code == "unknown_role"
    types = EventRecord.objects.filter(subject="role").order_by("id").values_list("type", flat=True)
    assert list(types) == ["RoleCreated", "RoleChanged", "RoleRemoved"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"code": "agent"}, 409, "code_taken"),
        ({"code": "a:b"}, 422, "invalid_code"),
        ({"rights": ["ticket.fly"]}, 422, "unknown_right"),
        ({"scope": "galaxy"}, 422, "invalid_input"),
    ],
)
def test_what_is_no_role(admin: Client, change: dict[str, Any], status: int, code: str) -> None:
    good: dict[str, Any] = {"code": "x", "name": "X", "rights": [], "scope": "own"}
    answer = admin.post("/roles", good | change)
    assert (answer.status, answer.code) == (status, code)


def test_a_role_somebody_holds_stays(admin: Client) -> None:
    answer = admin.delete("/roles/agent")
    assert (answer.status, answer.code) == (409, "role_in_use")


# -- nobody gives more than they have ------------------------------------------------------------------------------


def give(client: Client, staff: Staff, *held: dict[str, Any]) -> str | None:
    return client.send("PUT", f"/staff/{staff.pk}/roles", {"roles": list(held)}).code


def test_nobody_gives_themselves_or_others_more_than_they_have(
    organisation: Organisation, registrar: Staff
) -> None:
    client = Client.of(registrar)
    own = {"role": "registrar"}
    for code in ("administrator", "head", "clerk"):
        assert give(client, registrar, own, {"role": code}) == "beyond_your_rights"
        assert give(client, organisation.stranger, {"role": code}) == "beyond_your_rights"
    assert RoleGrant.objects.filter(staff=registrar).count() == 1
    assert RoleGrant.objects.filter(staff=organisation.stranger).count() == 0


def test_what_one_has_one_may_give(organisation: Organisation, registrar: Staff) -> None:
    client = Client.of(registrar)
    here = {"role": "registrar", "department_id": organisation.network.pk}
    assert give(client, organisation.stranger, here) is None
    elsewhere = {"role": "registrar", "department_id": organisation.billing.pk}
    assert give(client, organisation.stranger, elsewhere) == "beyond_your_rights"


def test_nobody_widens_a_role_beyond_themselves(organisation: Organisation, registrar: Staff) -> None:
    client = Client.of(registrar)
    for change in ({"scope": "all"}, {"scope": "department_below"}, {"rights": sorted(CODES)}):
        assert client.patch("/roles/registrar", change).code == "beyond_your_rights"
    assert client.patch("/roles/registrar", {"name": "登记员"}).status == 200
    assert Role.objects.get(code="registrar").scope == "department"


def test_a_narrowed_administrator_gives_only_what_is_narrowed(
    organisation: Organisation, registrar: Staff
) -> None:
    Role.objects.filter(code="registrar").update(scope=Scope.ALL, customer_levels=["vip", "gold"])
    role("gold", ["ticket.view"], Scope.ALL)
    client = Client.of(registrar)
    assert give(client, organisation.stranger, {"role": "gold"}) == "beyond_your_rights"
    Role.objects.filter(code="gold").update(customer_levels=["gold"])
    assert give(client, organisation.stranger, {"role": "gold"}) is None


def test_nobody_moves_themselves_to_where_they_see_more(organisation: Organisation, registrar: Staff) -> None:
    client = Client.of(registrar)
    answer = client.patch(f"/staff/{registrar.pk}", {"department_id": organisation.billing.pk})
    assert (answer.status, answer.code) == (403, "beyond_your_rights")
    assert (
        client.patch(f"/staff/{registrar.pk}", {"team_ids": [organisation.crew.pk]}).code
        == "beyond_your_rights"
    )


def test_nobody_takes_over_a_mightier_account(organisation: Organisation, registrar: Staff) -> None:
    Role.objects.filter(code="registrar").update(rights=["admin.organisation", "admin.tokens"])
    client, admin = Client.of(registrar), organisation.admin.pk
    assert (
        client.post(f"/staff/{admin}/password", {"password": "correct horse 42"}).code == "beyond_your_rights"
    )
    assert client.post("/tokens", {"name": "x", "staff_id": admin}).code == "beyond_your_rights"
    stranger = organisation.stranger.pk
    assert client.post(f"/staff/{stranger}/password", {"password": "correct horse 42"}).status == 204


# -- an administrator stays ----------------------------------------------------------------------------------------


def test_the_last_administrator_stays(admin: Client, organisation: Organisation) -> None:
    me = organisation.admin
    assert give(admin, me) == "last_administrator"
    assert admin.patch(f"/staff/{me.pk}", {"active": False}).code == "last_administrator"
    assert admin.patch("/roles/administrator", {"rights": ["ticket.view"]}).code == "last_administrator"
    assert admin.get("/roles").status == 200


def test_one_of_two_administrators_may_go(admin: Client, organisation: Organisation) -> None:
    assert give(admin, organisation.head, {"role": "administrator"}) is None
    assert admin.patch(f"/staff/{organisation.head.pk}", {"active": False}).status == 200
    assert give(admin, organisation.admin) == "last_administrator"


def test_even_the_system_keeps_an_administrator(organisation: Organisation) -> None:
    with pytest.raises(Conflict, match="Nobody would be left"):
        set_roles(organisation.admin.pk, [], actor=system("cli"))
    set_roles(organisation.agent.pk, [HeldRole("administrator")], actor=system("cli"))
    set_roles(organisation.admin.pk, [], actor=system("cli"))
