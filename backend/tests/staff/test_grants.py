"""Roles worked out into tokens, and never older than the organisation."""

from __future__ import annotations

import pytest

from gongdan.core.staff.grants import Grant, grants_of
from gongdan.core.staff.models import RoleGrant, Scope
from gongdan.kernel import reference
from gongdan.kernel.errors import Forbidden, NotFound
from tests.company import Organisation, role


def grant_with(scope: Scope, organisation: Organisation, department_id: int | None = None) -> Grant:
    given = role(f"x-{scope}", ["ticket.view"], scope)
    RoleGrant.objects.filter(staff=organisation.technician).delete()
    RoleGrant.objects.create(staff=organisation.technician, role=given, department_id=department_id)
    reference.forget()
    (grant,) = grants_of(organisation.technician.pk).grants
    return grant


def test_each_scope_reaches_what_it_says(organisation: Organisation) -> None:
    me, crew = f"p:{organisation.technician.pk}", f"t:{organisation.crew.pk}"
    field, network = f"d:{organisation.field.pk}", f"d:{organisation.network.pk}"
    assert grant_with(Scope.OWN, organisation).tokens == {me, "r:x-own"}
    assert grant_with(Scope.TEAM, organisation).tokens == {me, "r:x-team", crew}
    assert grant_with(Scope.DEPARTMENT, organisation).tokens == {me, "r:x-department", crew, field}
    below = grant_with(Scope.DEPARTMENT_BELOW, organisation, organisation.network.pk)
    assert below.tokens == {me, "r:x-department_below", crew, field, network}
    every = grant_with(Scope.ALL, organisation)
    assert (every.everything, every.tokens) == (True, frozenset())


def test_a_role_counts_in_the_department_it_was_given_for(organisation: Organisation) -> None:
    tokens = grant_with(Scope.DEPARTMENT, organisation, organisation.billing.pk).tokens
    assert f"d:{organisation.billing.pk}" in tokens
    assert f"d:{organisation.field.pk}" not in tokens


def test_whoever_is_inactive_has_no_grants(organisation: Organisation) -> None:
    assert grants_of(organisation.agent.pk).rights
    organisation.agent.is_active = False
    organisation.agent.save()
    reference.refresh()
    grants = grants_of(organisation.agent.pk)
    assert (grants.grants, grants.rights) == ((), frozenset())
    with pytest.raises(Forbidden):
        grants.require("ticket.view")


def test_nobody_unknown_has_grants(db: None) -> None:
    with pytest.raises(NotFound):
        grants_of(999_999)


def test_grants_are_kept_until_the_organisation_changes(
    organisation: Organisation, django_assert_num_queries: object
) -> None:
    reference.refresh()
    grants_of(organisation.head.pk)
    with django_assert_num_queries(1):  # type: ignore[operator]
        reference.refresh()
        grants_of(organisation.head.pk)
    organisation.roles["head"].rights = ["ticket.view"]
    organisation.roles["head"].save()
    reference.refresh()
    assert grants_of(organisation.head.pk).rights == {"ticket.view"}
