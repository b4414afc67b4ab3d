"""People who may do different things with customers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongdan.core.staff.models import Scope
from tests.client import Client
from tests.company import AGENT, Organisation, person, role


@pytest.fixture
def admin(organisation: Organisation, client_of: Callable[..., Client]) -> Client:
    return client_of(organisation.admin)


@pytest.fixture
def agent(organisation: Organisation, client_of: Callable[..., Client]) -> Client:
    """May see and change, not reveal."""
    return client_of(organisation.agent)


@pytest.fixture
def reader(organisation: Organisation, client_of: Callable[..., Client]) -> Client:
    """May only see."""
    return client_of(organisation.clerk)


@pytest.fixture
def narrow(organisation: Organisation, client_of: Callable[..., Client]) -> Client:
    """An agent for ordinary and silver customers only."""
    made = role("narrow", AGENT, Scope.ALL)
    made.customer_levels = ["ordinary", "silver"]
    made.save()
    return client_of(person("narrow", "何静", organisation.service, made))
