"""The role that may everything is given the rights that came with calendars, policies and cards."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from gongdan.core.staff.models import Role, Scope
from gongdan.core.staff.rights import CODES
from tests.company import role

MIGRATION = import_module("gongdan.core.staff.migrations.0003_rights_of_time")


@pytest.mark.django_db
def test_an_administrator_from_before_may_go_on_with_everything() -> None:
    old = sorted(CODES - set(MIGRATION.NEW))
    role("administrator", old, Scope.ALL)
    role("clerk", ["ticket.view"], Scope.OWN)
    MIGRATION.give(apps, None)
    assert set(Role.objects.get(code="administrator").rights) == CODES
    assert Role.objects.get(code="clerk").rights == ["ticket.view"]
    MIGRATION.take(apps, None)
    assert Role.objects.get(code="administrator").rights == old
