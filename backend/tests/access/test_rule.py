"""The rule as SQL and the rule on an object agree, whatever the organisation, the roles and the tickets."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongdan.core.catalogue.models import Category
from gongdan.core.staff.grants import grants_of
from gongdan.core.staff.models import Department, Role, RoleGrant, Scope, Staff, Team
from gongdan.core.tickets.access import TicketFacts, allowing, may, visible_q
from gongdan.core.tickets.models import Message, MessageKind, Ticket
from gongdan.kernel import clock, reference
from tests.access.rows import category, flow_version, insert
from tests.company import department

DEPARTMENTS, TEAMS, PEOPLE, CATEGORIES, ROLES = 5, 3, 4, 6, 3
RIGHTS = ["ticket.view", "ticket.accept", "ticket.note"]
LEVELS = ["", "ordinary", "gold", "vip"]


@dataclass(frozen=True)
class RolePlan:
    """Indexes into the lists that are made; `narrow` and `levels` empty narrow nothing."""

    rights: list[str]
    scope: str
    narrow: list[int]
    levels: list[str]


@dataclass(frozen=True)
class Plan:
    """A whole organisation with its tickets, as indexes. A parent is an earlier index or None."""

    department_parents: list[int | None]
    team_departments: list[int]
    person_departments: list[int]
    memberships: list[tuple[int, int]]
    active: list[bool]
    category_parents: list[int | None]
    roles: list[RolePlan]
    held: list[tuple[int, int, int | None]]
    tickets: list[tuple[list[tuple[str, int]], int, str]]


def parents(count: int) -> st.SearchStrategy[list[int | None]]:
    return st.tuples(*(st.sampled_from([None, *range(index)]) for index in range(count))).map(list)


def index(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


role_plans = st.builds(
    RolePlan,
    rights=st.lists(st.sampled_from(RIGHTS), unique=True),
    scope=st.sampled_from(Scope.values),
    narrow=st.lists(index(CATEGORIES), max_size=2, unique=True),
    levels=st.lists(st.sampled_from(LEVELS[1:]), max_size=2, unique=True),
)
party = st.one_of(
    st.tuples(st.just("p"), index(PEOPLE)),
    st.tuples(st.just("t"), index(TEAMS)),
    st.tuples(st.just("d"), index(DEPARTMENTS)),
    st.tuples(st.just("r"), index(ROLES)),
)
plans = st.builds(
    Plan,
    department_parents=parents(DEPARTMENTS),
    team_departments=st.lists(index(DEPARTMENTS), min_size=TEAMS, max_size=TEAMS),
    person_departments=st.lists(index(DEPARTMENTS), min_size=PEOPLE, max_size=PEOPLE),
    memberships=st.lists(st.tuples(index(PEOPLE), index(TEAMS)), max_size=5, unique=True),
    active=st.lists(st.sampled_from([True, True, True, False]), min_size=PEOPLE, max_size=PEOPLE),
    category_parents=parents(CATEGORIES),
    roles=st.lists(role_plans, min_size=ROLES, max_size=ROLES),
    held=st.lists(
        st.tuples(index(PEOPLE), index(ROLES), st.none() | index(DEPARTMENTS)), max_size=8, unique=True
    ),
    tickets=st.lists(
        st.tuples(st.lists(party, max_size=4, unique=True), index(CATEGORIES), st.sampled_from(LEVELS)),
        min_size=1,
        max_size=12,
    ),
)


@dataclass(frozen=True)
class Made:
    people: list[Staff]
    facts: list[TicketFacts]
    tickets: list[Ticket]


def make(plan: Plan) -> Made:
    departments: list[Department] = []
    for number, parent in enumerate(plan.department_parents):
        above = None if parent is None else departments[parent]
        departments.append(department(f"d{number}", "d", above))
    teams = [
        Team.objects.create(code=f"t{number}", name="t", department=departments[where])
        for number, where in enumerate(plan.team_departments)
    ]
    people = [
        Staff.objects.create(username=f"p{number}", name="p", department=departments[where], is_active=active)
        for number, (where, active) in enumerate(zip(plan.person_departments, plan.active, strict=True))
    ]
    for person, team in plan.memberships:
        people[person].teams.add(teams[team])
    categories: list[Category] = []
    for number, parent in enumerate(plan.category_parents):
        categories.append(category(f"c{number}", None if parent is None else categories[parent]))
    category_ids = [made.pk for made in categories]
    roles = [
        Role.objects.create(
            code=f"r{number}",
            name="r",
            rights=role.rights,
            scope=role.scope,
            category_ids=[category_ids[narrow] for narrow in role.narrow],
            customer_levels=role.levels,
        )
        for number, role in enumerate(plan.roles)
    ]
    for person, which, where in plan.held:
        counts_in = None if where is None else departments[where]
        RoleGrant.objects.create(staff=people[person], role=roles[which], department=counts_in)
    names: dict[str, list[int] | list[str]] = {
        "p": [person.pk for person in people],
        "t": [team.pk for team in teams],
        "d": [made.pk for made in departments],
        "r": [role.code for role in roles],
    }
    facts = [
        TicketFacts(
            frozenset(f"{kind}:{names[kind][which]}" for kind, which in parties), category_ids[where], level
        )
        for parties, where, level in plan.tickets
    ]
    return Made(people, facts, insert(facts, flow_version()))


@pytest.mark.django_db
# Shrinking takes minutes with a database in the loop; the example as found says enough.
@settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plan=plans)
def test_list_and_object_agree(plan: Plan) -> None:
    with transaction.atomic():
        reference.forget()
        made = make(plan)
        for person in made.people:
            grants = grants_of(person.pk)
            for right in RIGHTS:
                by_object = {
                    ticket.pk
                    for ticket, facts in zip(made.tickets, made.facts, strict=True)
                    if may(grants, right, facts)
                }
                assert (
                    set(Ticket.objects.filter(visible_q(grants, right)).values_list("pk", flat=True))
                    == by_object
                )
                explained = {
                    ticket.pk
                    for ticket, facts in zip(made.tickets, made.facts, strict=True)
                    if allowing(grants, right, facts)
                }
                assert explained == by_object
        _joined_rows_agree(made)
        transaction.set_rollback(True)


def _joined_rows_agree(made: Made) -> None:
    now = clock.now()
    Message.objects.bulk_create(
        Message(ticket=ticket, kind=MessageKind.NOTE, body="-", author_name="-", at=now)
        for ticket in made.tickets
    )
    for person in made.people:
        grants = grants_of(person.pk)
        direct = Ticket.objects.filter(visible_q(grants)).values_list("pk", flat=True)
        joined = Message.objects.filter(visible_q(grants, prefix="ticket__")).values_list(
            "ticket_id", flat=True
        )
        assert sorted(direct) == sorted(joined)
