"""The rule by example, with the sentence that says why."""

from __future__ import annotations

import pytest

from gongdan.core.staff.grants import grants_of
from gongdan.core.staff.models import RoleGrant, Scope, Staff
from gongdan.core.tickets.access import Because, TicketFacts, allowing, may, visible_q
from gongdan.core.tickets.models import Ticket
from gongdan.kernel import reference
from tests.access.rows import category, flow_version, insert
from tests.company import Organisation, role


def facts(*parties: str, category_id: int = 1, level: str = "") -> TicketFacts:
    return TicketFacts(parties, category_id, level)


def sees(staff: Staff, ticket: TicketFacts, right: str = "ticket.view") -> bool:
    return may(grants_of(staff.pk), right, ticket)


def test_own_scope_sees_only_what_one_took_part_in(organisation: Organisation) -> None:
    mine = facts(f"p:{organisation.agent.pk}", f"d:{organisation.service.pk}")
    assert sees(organisation.agent, mine)
    assert not sees(organisation.agent_two, mine)


def test_a_department_sees_its_own_and_a_head_what_is_below(organisation: Organisation) -> None:
    ticket = facts(f"d:{organisation.field.pk}")
    assert sees(organisation.technician, ticket)
    assert sees(organisation.head, ticket)
    assert not sees(organisation.clerk, ticket)
    assert not sees(organisation.biller, ticket)


def test_what_is_addressed_to_a_role_is_seen_by_who_holds_it(organisation: Organisation) -> None:
    ticket = facts("r:callback")
    assert sees(organisation.reviewer, ticket)
    assert not sees(organisation.agent, ticket)


def test_each_right_has_a_reach_of_its_own(organisation: Organisation) -> None:
    RoleGrant.objects.create(staff=organisation.agent, role=role("watcher", ["ticket.view"], Scope.ALL))
    reference.forget()
    foreign = facts(f"d:{organisation.billing.pk}")
    assert sees(organisation.agent, foreign)
    assert not sees(organisation.agent, foreign, "ticket.append")


def test_narrowing_reaches_down_the_category_tree_and_by_level(organisation: Organisation) -> None:
    broadband = category("broadband")
    slow = category("slow", broadband)
    mobile = category("mobile")
    narrow = role("vip-broadband", ["ticket.view"], Scope.ALL)
    narrow.category_ids, narrow.customer_levels = [broadband.pk], ["vip"]
    narrow.save()
    RoleGrant.objects.create(staff=organisation.stranger, role=narrow)
    reference.forget()
    assert sees(organisation.stranger, facts(category_id=slow.pk, level="vip"))
    assert not sees(organisation.stranger, facts(category_id=slow.pk, level="gold"))
    assert not sees(organisation.stranger, facts(category_id=slow.pk))
    assert not sees(organisation.stranger, facts(category_id=mobile.pk, level="vip"))


def test_why_names_every_role_that_let_them(organisation: Organisation) -> None:
    RoleGrant.objects.create(staff=organisation.clerk, role=organisation.roles["administrator"])
    reference.forget()
    department, me = f"d:{organisation.network.pk}", f"p:{organisation.clerk.pk}"
    because = allowing(grants_of(organisation.clerk.pk), "ticket.view", facts(department, me))
    assert because == (
        Because("clerk", "department", (department, me)),
        Because("administrator", "all", ("all",)),
    )
    assert allowing(grants_of(organisation.stranger.pk), "ticket.view", facts(department)) == ()


@pytest.mark.parametrize("who", ["stranger", "agent", "admin"])
def test_the_list_says_the_same(organisation: Organisation, who: str) -> None:
    tickets = [facts(f"p:{organisation.agent.pk}"), facts("d:0"), facts()]
    where = category("any").pk
    insert([TicketFacts(ticket.parties, where, "") for ticket in tickets], flow_version())
    staff = getattr(organisation, who)
    expected = {"stranger": 0, "agent": 1, "admin": 3}[who]
    assert Ticket.objects.filter(visible_q(grants_of(staff.pk))).count() == expected
