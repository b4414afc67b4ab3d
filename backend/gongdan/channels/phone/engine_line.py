"""One telephone system's connection: made, lost, made again, for as long as the system is wanted.

Promise: a lost connection is tried again after a growing, uneven pause of at most LONGEST seconds; one that was
refused, after REFUSED seconds. Nothing that a dialect raises ends this.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import structlog

from gongdan.channels.phone.contract import Connection, KnownCall, Refused, SystemSettings
from gongdan.channels.phone.engine_database import TROUBLE, DatabaseThread
from gongdan.channels.phone.intake import Door
from gongdan.channels.phone.providers import maker
from gongdan.core.interactions.actions.note_health import Standing, note_health
from gongdan.core.interactions.connections import calls_under_way
from gongdan.kernel import clock

SHORTEST, LONGEST, REFUSED = 0.5, 30.0, 60.0  # seconds
STEADY = 10.0  # seconds after which a connection counts as good, and pauses begin small again
CLOSING = 2.0  # seconds a connection has to close
HEARD_EVERY = 5.0  # seconds between two notes of when the last signal came

log = structlog.get_logger(__name__)


class SystemLine:
    """The life of one system's connection. `run` until cancelled; `connection` while there is one that works."""

    def __init__(self, settings: SystemSettings, door: Door, database: DatabaseThread) -> None:
        self.settings = settings
        self.door = door
        self.database = database
        self.connection: Connection | None = None
        self.making: Connection | None = None
        self.standing = Standing("connecting")
        self.changed = asyncio.Event()
        self.ready_at = 0.0
        self.noted_at = 0.0

    async def run(self) -> None:
        noting = asyncio.create_task(self._note_all())
        failed = 0
        try:
            while True:
                pause = await self._once()
                loop = asyncio.get_running_loop()
                steady = self.ready_at and loop.time() - self.ready_at > STEADY
                self.ready_at = 0.0
                failed = 0 if steady else failed + 1
                await asyncio.sleep(pause or pause_after(failed))
        finally:
            noting.cancel()
            await asyncio.wait([noting])

    async def _once(self) -> float:
        """One connection from its making to its end; answers how long to pause, 0 for the usual."""
        try:
            self.making = maker(self.settings.dialect)(
                self.settings, self.door, self._ready, self._live_calls
            )
            await self.making.run()
            self._say("connecting", "the connection was closed")
        except Refused as error:
            self._say("refused", str(error))
            return REFUSED * random.uniform(0.7, 1)  # noqa: S311  no secret
        except (OSError, EOFError) as error:
            self._say("connecting", str(error) or type(error).__name__)
        except Exception as error:
            log.exception("phone.connection_failed", system=self.settings.code)
            self._say("connecting", f"a fault of ours ({type(error).__name__}); see the log")
        finally:
            await self._close()
        return 0.0

    async def _close(self) -> None:
        connection, self.connection, self.making = self.making, None, None
        if connection is None:
            return
        with suppress(Exception):
            async with asyncio.timeout(CLOSING):
                await connection.close()

    def _ready(self) -> None:
        self.connection = self.making
        self.ready_at = asyncio.get_running_loop().time()
        assert self.connection is not None
        self.standing = Standing(
            "connected", connected_at=clock.now(), capabilities=frozenset(self.connection.capabilities)
        )
        self.changed.set()
        log.info("phone.connected", system=self.settings.code)

    async def _live_calls(self) -> Mapping[str, KnownCall]:
        await self.door.settled()
        found = await self.database.call(lambda: calls_under_way(self.settings.id))
        return {key: KnownCall(one.began_at, one.legs) for key, one in found.items()}

    def _say(self, health: str, words: str) -> None:
        log.info("phone.disconnected", system=self.settings.code, health=health, words=words)
        self.standing = Standing(health, words)
        self.changed.set()

    async def _note_all(self) -> None:
        """Write down how it stands when that changes, and now and then when the last signal came."""
        self.changed.set()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARD_EVERY):
                    await self.changed.wait()
            heard_at = self.door.heard_at
            if not self.changed.is_set() and heard_at is None:
                continue
            self.changed.clear()
            self.door.heard_at = None
            await self._note(replace(self.standing, heard_at=heard_at))

    async def _note(self, standing: Standing) -> None:
        try:
            await self.database.call(_noting(self.settings.id, standing))
        except TROUBLE as error:
            log.warning("phone.health_not_noted", system=self.settings.code, error=str(error).strip())
            self.changed.set()
            await asyncio.sleep(HEARD_EVERY)


def _noting(system_id: int, standing: Standing) -> Callable[[], Any]:
    return lambda: note_health(system_id, standing)


def pause_after(failed: int) -> float:
    """Seconds to wait after so many failures in a row: doubling, uneven, so that many do not come back at once."""
    most = min(LONGEST, SHORTEST * 2.0 ** min(failed, 10))
    return most * random.uniform(0.5, 1)  # noqa: S311  no secret
