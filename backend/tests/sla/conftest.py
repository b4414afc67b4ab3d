"""Policies made over HTTP, in the company of tests/company.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.client import Answer, Client
from tests.company import Organisation
from tests.tickets.conftest import World, world

__all__ = ["World", "world"]

Make = Callable[..., Answer]


def limited(hours: int = 4, when: str = "", **more: Any) -> dict[str, Any]:
    """Terms that limit the whole to so many plain hours."""
    return {"when": when, "process": {"amount": hours, "unit": "hours", "working": False}, **more}


@pytest.fixture
def admin(organisation: Organisation, client_of: Callable[..., Client]) -> Client:
    return client_of(organisation.admin)


@pytest.fixture
def agent(organisation: Organisation, client_of: Callable[..., Client]) -> Client:
    return client_of(organisation.agent)


@pytest.fixture
def make(admin: Client) -> Make:
    """`make(code, terms)` creates a policy."""

    def create(code: str, terms: dict[str, Any] | None = None) -> Answer:
        sent = {"code": code, "names": {"zh-Hans": "策略", "en": code}, "terms": terms or limited()}
        return admin.post("/policies", sent)

    return create
