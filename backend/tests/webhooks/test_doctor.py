"""The doctor says which webhooks are paused, and when nobody delivers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from gongdan.config.cli import doctor
from gongdan.kernel import clock
from gongdan.listeners.webhooks import health
from gongdan.listeners.webhooks.models import Delivery
from tests.outbox.happenings import happen
from tests.webhooks.conftest import Hook

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_names_the_paused_and_the_late(hook: Hook, fan_out: Callable[[], None]) -> None:
    look = doctor._IN_DATABASE["webhooks"]
    assert look() == (True, "0 in use")
    made = hook("https://hooks.example.com/in", types=["TestHappened"])
    happen(1, 1)
    fan_out()
    assert look() == (True, "1 in use")
    Delivery.objects.update(next_try_at=clock.now() - timedelta(hours=1))
    assert look()[0] is False
    assert "is the deliver process running" in look()[1]
    health.pause(made.pk, "gone")
    assert look() == (False, "paused: other system; look at their receivers and resume")
