"""The rule as SQL and the rule on one call agree, whoever asks and whatever the call was."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongdan.core.catalogue.models import Category
from gongdan.core.customers.models import Customer
from gongdan.core.interactions import access, call_list
from gongdan.core.interactions.access import VIEW
from gongdan.core.interactions.models import Call, CallPart, QueueEntry, TelephoneSystem
from gongdan.core.staff.grants import grants_of
from gongdan.core.staff.models import RoleGrant, Scope, Staff
from gongdan.kernel import clock, reference
from tests.company import Organisation, role
from tests.desk_phone.conftest import Hotline, grant

RIGHTS = ["call.take", "call.view", "call.listen", "call.download", "call.supervise"]
PEOPLE = ("agent", "technician", "clerk", "biller", "head")
roles = st.fixed_dictionaries(
    {
        "rights": st.lists(st.sampled_from(RIGHTS), unique=True),
        "scope": st.sampled_from(Scope.values),
        "categories": st.lists(st.integers(0, 2), max_size=2, unique=True),
        "levels": st.lists(st.sampled_from(["vip", "ordinary"]), max_size=1),
        "where": st.none() | st.sampled_from(["service", "network", "field", "billing"]),
    }
)
calls = st.fixed_dictionaries(
    {
        "people": st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True),
        "disposition": st.none() | st.integers(0, 2),
        "level": st.none() | st.sampled_from(["vip", "ordinary"]),
    }
)


@pytest.mark.django_db
@settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    held=st.lists(st.tuples(st.sampled_from(PEOPLE), roles), max_size=4),
    made=st.lists(calls, min_size=1, max_size=8),
)
def test_list_and_object_agree(
    organisation: Organisation, held: list[tuple[str, dict[str, Any]]], made: list[dict[str, Any]]
) -> None:
    with transaction.atomic():
        categories = _categories()
        _give(organisation, held, categories)
        _make(organisation, made, categories)
        ids = set(Call.objects.values_list("pk", flat=True))
        facts = access.facts_of(ids)
        for name in PEOPLE:
            grants = grants_of(_person(organisation, name).pk)
            if access.compiled(grants, VIEW):
                page = call_list.call_list(grants, call_list.CallFilter(), after=None, limit=100)
                shown = [row["id"] for row in page]
                assert shown == sorted(
                    (pk for pk in ids if access.may(grants, VIEW, facts[pk])), reverse=True
                )
            for right in RIGHTS:
                by_object = {pk for pk in ids if access.may(grants, right, facts[pk])}
                listed = Call.objects.filter(access.visible_q(grants, right)).values_list("pk", flat=True)
                assert set(listed) == by_object
                joined = QueueEntry.objects.filter(access.visible_q(grants, right, "call__"))
                assert set(joined.values_list("call_id", flat=True)) == by_object
        transaction.set_rollback(True)
    reference.forget()


def _person(o: Organisation, name: str) -> Staff:
    found = getattr(o, name)
    assert isinstance(found, Staff)
    return found


def _categories() -> list[Category]:
    """Two roots, the second with one below it."""
    found: list[Category] = []
    for place, parent in enumerate((None, None, 1)):
        above = None if parent is None else found[parent]
        made = Category.objects.create(code=f"c{place}", name="c", parent=above)
        made.path = f"{above.path if above else ''}{made.pk}."
        made.save(update_fields=["path"])
        found.append(made)
    return found


def _give(o: Organisation, held: list[tuple[str, dict[str, Any]]], categories: list[Category]) -> None:
    for place, (name, plan) in enumerate(held):
        made = role(f"calls{place}", plan["rights"], plan["scope"])
        made.category_ids = [categories[one].pk for one in plan["categories"]]
        made.customer_levels = plan["levels"]
        made.save()
        where = getattr(o, plan["where"]) if plan["where"] else None
        RoleGrant.objects.create(staff=_person(o, name), role=made, department=where)
    reference.forget()


def _make(o: Organisation, made: list[dict[str, Any]], categories: list[Category]) -> None:
    now, count = clock.now(), itertools.count(1)
    system = TelephoneSystem.objects.create(code="s", name="s", dialect="http")
    customers = {level: Customer.objects.create(name=level, level_id=level) for level in ("vip", "ordinary")}
    for plan in made:
        disposition = "" if plan["disposition"] is None else categories[plan["disposition"]].code
        call = Call.objects.create(
            system=system,
            key=f"c{next(count)}",
            direction="inbound",
            phase="ended",
            began_at=now,
            disposition=disposition,
            customer=customers.get(plan["level"]),
        )
        QueueEntry.objects.create(call=call, seq=1, system=system, queue="q", entered_at=now)
        for seq, name in enumerate(plan["people"], 1):
            staff = _person(o, name)
            CallPart.objects.create(
                call=call,
                seq=seq,
                system=system,
                staff=staff,
                department_id=staff.department_id,
                direction="inbound",
                rang_at=now,
                outcome="answered",
            )


@pytest.mark.django_db(transaction=True)
def test_events_of_calls_are_shown_by_the_same_rule(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    grant(o.biller, "billing_head", ["call.view"], Scope.DEPARTMENT)
    begin = {
        who.pk: hotline.by(who).get("/events")["cursor"] for who in (o.agent, o.agent_two, o.head, o.biller)
    }
    call_id = hotline.talk(o.agent)
    hotline.end(hotline.ring(), after=30)

    def seen(who: Staff) -> set[tuple[str, int]]:
        found = hotline.by(who).get("/events", after=begin[who.pk])["events"]
        return {(one["subject"], one["subject_id"]) for one in found if one["subject"].startswith("call")}

    assert seen(o.agent) == {("call", call_id)}
    assert seen(o.agent_two) == seen(o.biller) == set()
    assert {subject for subject, _ in seen(o.head)} == {"call", "callback_task"}


@pytest.mark.django_db(transaction=True)
def test_how_somebody_stands_to_the_line_is_told_to_whose_supervision_reaches_them(hotline: Hotline) -> None:
    o = hotline.w.o
    grant(o.biller, "billing_supervisor", ["call.supervise"], Scope.DEPARTMENT)
    grant(o.reviewer, "service_supervisor", ["call.supervise"], Scope.DEPARTMENT)
    begin = {who.pk: hotline.by(who).get("/events")["cursor"] for who in (o.biller, o.reviewer, o.head)}
    hotline.sign_in(o.agent)

    def seen(who: Staff) -> set[int]:
        found = hotline.by(who).get("/events", after=begin[who.pk])["events"]
        return {one["subject_id"] for one in found if one["type"] == "PresenceChanged"}

    assert (seen(o.biller), seen(o.reviewer), seen(o.head)) == (set(), {o.agent.pk}, {o.agent.pk})
