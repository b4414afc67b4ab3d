"""Which policy a ticket falls under: the first active one whose condition holds, without a statement when warm."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from gongdan.core.sla.choose import choose, terms_of
from gongdan.core.sla.models import PolicyVersion
from gongdan.kernel import reference
from tests.client import Client
from tests.sla.conftest import Make, limited

COMPLAINT: dict[str, Any] = {
    "kind": "complaint",
    "category": ["broadband", "network"],
    "customer_level": "vip",
    "department": ["field", "network", "company"],
    "contract": "",
    "priority": 3,
    "subject": "昨天起断网",
}


def chosen(**facts: Any) -> str | None:
    reference.forget()
    found = choose(COMPLAINT | facts)
    return found.code if found else None


def order(admin: Client, *codes: str) -> None:
    assert admin.send("PUT", "/policies/order", {"codes": codes}).status == 200


def test_the_first_that_holds_is_chosen(admin: Client, make: Make) -> None:
    make("vip", limited(1, "customer_level is vip"))
    make("complaints", limited(2, "kind is complaint"))
    make("rest", limited(3))
    assert chosen() == "vip"
    assert chosen(customer_level="gold") == "complaints"
    assert chosen(customer_level="gold", kind="repair") == "rest"
    order(admin, "complaints", "rest", "vip")
    assert chosen() == "complaints"
    assert chosen(kind="repair") == "rest"


def test_nothing_holds_and_nothing_is_chosen(make: Make) -> None:
    assert chosen() is None
    make("vip", limited(1, "customer_level is silver"))
    assert chosen() is None


def test_one_that_is_switched_off_is_passed_by(admin: Client, make: Make) -> None:
    make("vip", limited(1, "customer_level is vip"))
    make("rest")
    assert admin.patch("/policies/vip", {"active": False}).status == 200
    assert chosen() == "rest"
    assert admin.patch("/policies/vip", {"active": True}).status == 200
    assert chosen() == "vip"


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("category is network", True),
        ("category is broadband", True),
        ("category is billing", False),
        ("department in (network, billing)", True),
        ("contract is not empty", False),
        ("priority at least 3", True),
        ("subject contains 断网", True),
    ],
)
def test_what_conditions_ask(make: Make, when: str, holds: bool) -> None:
    assert make("asked", limited(1, when)).status == 201
    assert (chosen() == "asked") is holds


def test_a_new_one_with_a_condition_goes_before_those_that_always_hold(admin: Client, make: Make) -> None:
    make("first", limited(1, "kind is repair"))
    make("always")
    make("vip", limited(2, "customer_level is vip"))
    make("last")
    assert [one["code"] for one in admin.get("/policies")["items"]] == ["first", "vip", "always", "last"]
    assert chosen() == "vip"


def test_the_current_version_is_chosen_and_old_ones_are_kept(admin: Client, make: Make) -> None:
    make("rest", limited(3))
    first = choose(COMPLAINT)
    assert first is not None
    assert admin.post("/policies/rest/versions", {"terms": limited(5)}).status == 201
    reference.forget()
    second = choose(COMPLAINT)
    assert second is not None
    assert (first.number, second.number) == (1, 2)
    assert second.terms.process is not None
    assert second.terms.process.amount == 5
    assert terms_of(first.version_id) == first


def test_no_statement_when_warm(make: Make, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make("vip", limited(1, "customer_level is vip"))
    make("rest")
    reference.refresh()
    kept = choose(COMPLAINT)
    assert kept is not None
    with django_assert_num_queries(0):
        assert choose(COMPLAINT) is kept
        assert choose({}) is not None
        assert terms_of(kept.version_id) == kept


@pytest.mark.parametrize(
    "change",
    ["UPDATE sla_policyversion SET terms = '{}'", "DELETE FROM sla_policyversion"],
)
def test_a_version_cannot_be_changed_by_anybody(make: Make, change: str) -> None:
    make("rest", limited(3))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert PolicyVersion.objects.get().terms["process"]["amount"] == 3
