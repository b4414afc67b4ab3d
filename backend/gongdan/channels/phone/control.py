"""What pages ask of the telephone systems, carried out: claimed when it is heard of, done within LIMIT seconds, told.

Promise: a command is begun at most once, in the order of each person's asking; what cannot be done ends with a fault.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from weakref import WeakValueDictionary

import psycopg
import structlog

from gongdan.channels.phone.contract import CommandFailed, Connection
from gongdan.channels.phone.engine_database import TROUBLE, DatabaseThread
from gongdan.core.interactions.actions.carry_out import (
    NO_ANSWER,
    NOT_ABLE,
    NOT_CONNECTED,
    Asked,
    claim_commands,
    finish_command,
    give_up_commands,
)
from gongdan.kernel import clock
from gongdan.outbox import wake
from gongdan.web.live import bell

CHANNEL = "gongdan_phone_command"
LIMIT = 5.0  # seconds
POLL = 2.0  # seconds between two looks when nothing is heard
DEAF = 1.0  # seconds

log = structlog.get_logger(__name__)


class Control:
    """`run` until cancelled. `connections`: the systems that are ours; None while one is not connected."""

    def __init__(
        self, database: DatabaseThread, connections: Callable[[], Mapping[int, Connection | None]]
    ) -> None:
        self.database = database
        self.connections = connections
        self.woken = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()
        self.turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def run(self) -> None:
        hearing = asyncio.create_task(self._hear())
        try:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL):
                        await self.woken.wait()
                self.woken.clear()
                await self._look()
        finally:
            ending = [hearing, *self.tasks]
            for task in ending:
                task.cancel()
            await asyncio.wait(ending)

    async def _hear(self) -> None:
        while True:
            try:
                async with await wake.connect_async() as connection:
                    await connection.execute(f"LISTEN {CHANNEL}".encode())
                    self.woken.set()
                    async for _ in connection.notifies():
                        self.woken.set()
            except psycopg.Error as error:
                log.warning("phone.deaf", error=str(error).strip())
            await asyncio.sleep(DEAF)

    async def _look(self) -> None:
        ours = list(self.connections())
        try:
            claimed = await self.database.call(lambda: claim_commands(ours, clock.now())) if ours else []
            await self.database.call(_give_up)
        except TROUBLE as error:
            log.warning("phone.commands_wait", error=str(error).strip())
            return
        for asked in claimed:
            task = asyncio.create_task(self._carry_out(asked))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _carry_out(self, asked: Asked) -> None:
        turn = self.turns.setdefault(asked.staff_id or 0, asyncio.Lock())
        async with turn:
            fault = await self._try(asked)
        log.info("phone.command", verb=asked.verb, system=asked.system_id, fault=fault)
        try:
            await self.database.call(lambda: _finish(asked, fault))
        except TROUBLE as error:
            log.warning("phone.command_not_noted", error=str(error).strip())  # it is given up by the clock

    async def _try(self, asked: Asked) -> str:
        """What went wrong, "" if nothing did."""
        connection = self.connections().get(asked.system_id)
        if connection is None:
            return NOT_CONNECTED
        if asked.verb not in connection.capabilities:
            return NOT_ABLE
        try:
            async with asyncio.timeout(LIMIT):
                await connection.command(asked.verb, asked.args)
        except CommandFailed as error:
            return str(error) or NO_ANSWER
        except TimeoutError:
            return NO_ANSWER
        except OSError:
            return NOT_CONNECTED
        except Exception:
            log.exception("phone.command_broke", verb=asked.verb)
            return NO_ANSWER
        return ""


def _finish(asked: Asked, fault: str) -> None:
    finish_command(asked.id, fault, clock.now())
    if asked.staff_id:
        bell.ring([asked.staff_id], bell.PHONE)


def _give_up() -> None:
    told = give_up_commands(clock.now())
    if told:
        bell.ring(told, bell.PHONE)
