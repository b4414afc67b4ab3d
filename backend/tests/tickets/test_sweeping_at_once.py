"""Two workers sweep at the same moment, on connections of their own: what one holds the other passes over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connections, transaction

from gongdan.core.tickets import firing
from gongdan.core.tickets.models import Card, Clock, Ticket
from tests.tickets import scenes
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def closed_connections() -> Iterator[None]:
    yield
    connections.close_all()


def elsewhere(call: Callable[[], int]) -> int:
    """Its answer, from a thread with a connection of its own."""

    def run() -> int:
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(timeout=20)


def test_a_worker_passes_over_what_another_holds_and_takes_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firing, "BATCH", 1)
    with time_machine.travel(datetime.now(UTC) - timedelta(days=1), tick=False):
        tickets = {Ticket.objects.get(number=scenes.accepted(world)) for _ in range(3)}
    first = Clock.objects.filter(next_fire_at__isnull=False).earliest("next_fire_at").ticket
    with transaction.atomic():
        Ticket.objects.select_for_update(no_key=True).get(pk=first.pk)
        other = firing.Sweeper()
        assert elsewhere(other.sweep) > 0
        assert elsewhere(other.sweep) > 0
        assert elsewhere(other.sweep) == 0
        assert set(Ticket.objects.filter(cards__isnull=False)) == tickets - {first}
    scenes.sweep_all()
    assert Card.objects.filter(ticket=first).exists()
