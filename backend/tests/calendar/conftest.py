"""The tables as the library has them, the standard calendar, and who may change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine

from gongdan.core.calendar import holidays
from gongdan.core.calendar.standard import ensure_standard_calendar
from gongdan.kernel.actor import system
from tests.calendar.samples import NOW, recent
from tests.client import Client
from tests.company import Organisation


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    """What is "the coming year" does not depend on when the tests are run."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def standard(db: None) -> None:
    """The calendar an installation begins with, and the tables of the last two years."""
    holidays.refresh(actor=system("test"), source=recent)
    ensure_standard_calendar(actor=system("test"))


@pytest.fixture
def admin(standard: None, organisation: Organisation, client_of: Callable[..., Client]) -> Client:
    return client_of(organisation.admin)


@pytest.fixture
def clerk(standard: None, organisation: Organisation, client_of: Callable[..., Client]) -> Client:
    """Signed in, without admin.calendars."""
    return client_of(organisation.clerk)
