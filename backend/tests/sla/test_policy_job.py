"""The worker brings a version to the open tickets, each told on its own track."""

from __future__ import annotations

import asyncio

import pytest
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app as worker_app
from procrastinate.contrib.django.utils import connector_params

from gongdan.config.job_list import NAMES
from gongdan.core.tickets.models import Ticket
from tests.client import Client
from tests.sla.conftest import Make, World, limited

pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    """Run a worker until no job waits."""

    async def walk() -> None:
        connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=3)
        with worker_app.replace_connector(connector) as app:
            async with app.open_async():
                await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    asyncio.run(walk())


def test_the_worker_applies_a_version(admin: Client, make: Make, world: World) -> None:
    assert "policies.apply" in NAMES
    numbers = [world.number() for _ in range(3)]
    make("rest", limited(6))
    assert admin.post("/policies/rest/apply", {"number": 1}).status == 202
    work()
    pinned = Ticket.objects.order_by("id").values_list("number", "policy_version__policy__code")
    assert list(pinned) == [(number, "rest") for number in numbers]
    assert all(world.events(number)[-1] == "PolicyApplied" for number in numbers)
