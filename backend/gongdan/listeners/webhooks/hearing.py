"""Hears that deliveries were recorded, on a connection of its own, without any pause between a word and the call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import psycopg
import structlog

from gongdan.listeners.webhooks.queueing import CHANNEL
from gongdan.outbox import wake

RECONNECT = 1.0  # seconds

log = structlog.get_logger(__name__)


async def hear(heard: Callable[[], None]) -> None:
    """Call `heard` at every notification, and after every new connection; until cancelled."""
    while True:
        try:
            async with await wake.connect_async() as connection:
                await connection.execute(f"LISTEN {CHANNEL}".encode())
                heard()
                async for _ in connection.notifies():
                    heard()
        except psycopg.Error as error:
            log.warning("webhooks.deaf", error=str(error).strip())
        await asyncio.sleep(RECONNECT)
