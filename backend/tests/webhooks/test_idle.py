"""An engine with nothing to do hardly asks the database and writes nothing."""

from __future__ import annotations

import asyncio
import threading

import pytest
from django.db import connection

from gongdan.listeners.webhooks import engine as engines
from gongdan.listeners.webhooks.engine import Engine
from gongdan.listeners.webhooks.models import Endpoint
from gongdan.listeners.webhooks.sending import Sender
from tests.webhooks.conftest import Hook
from tests.webhooks.receiver import eventually

pytestmark = pytest.mark.django_db(transaction=True)
LOOKED_AT = 11.0  # seconds


def test_idle_it_asks_every_few_seconds_and_writes_no_row(hook: Hook) -> None:
    hook("https://hooks.example.com/in")
    before = Endpoint.objects.values().get()
    asked: list[str] = []
    ready = threading.Event()

    async def watched() -> None:
        engine = Engine(Sender(1.0))
        engine.database.submit(lambda: connection.execute_wrappers.append(note)).result()
        running = asyncio.create_task(engine.run())
        ready.set()
        _, waiting = await asyncio.wait([running], timeout=LOOKED_AT)
        assert waiting == {running}
        engine.stop()
        await running

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        asked.append(sql)
        return execute(sql, params, many, context)

    working = threading.Thread(target=lambda: asyncio.run(watched()))
    working.start()
    eventually(ready.is_set)
    working.join()
    looks = LOOKED_AT / engines.POLL + 2  # at the start, and when it begins to hear
    assert 2 <= len(asked) <= 2 * (looks + 1)
    assert Endpoint.objects.values().get() == before
