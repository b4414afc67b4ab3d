"""The phone engine: exactly one connection to each active telephone system, whatever number of engines there are.

Promise: a change of settings is noticed within POLL seconds or so and makes a new connection; a system that is
switched off is left alone. Signals go to the database in batches, commands to the systems. It ends within GRACE
seconds of `stop()`, having stored what it had taken if the database lets it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

import structlog

from gongdan.channels.phone import sweeps
from gongdan.channels.phone.contract import Connection, SystemSettings
from gongdan.channels.phone.control import Control
from gongdan.channels.phone.engine_database import TROUBLE, DatabaseThread
from gongdan.channels.phone.engine_line import SystemLine
from gongdan.channels.phone.engine_locks import Locks
from gongdan.channels.phone.intake import Writer
from gongdan.core.interactions.actions.note_health import Standing, note_health, note_off
from gongdan.core.interactions.connections import Wanted, wanted_systems

POLL = 2.0  # seconds
GRACE = 3.0  # seconds
COPIED = tuple(one.name for one in fields(Wanted) if one.name != "extensions")

log = structlog.get_logger(__name__)


class Line:
    """A system's line in this engine, its task, and the extensions it looks up."""

    def __init__(self, line: SystemLine, extensions: dict[str, str]) -> None:
        self.line = line
        self.extensions = extensions
        self.task = asyncio.create_task(line.run())

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])  # not `await self.task`: whoever ends it may be cancelled too


class Engine:
    """Run once. `stop()` ends it."""

    def __init__(self, swept: tuple[sweeps.Sweep, ...] = ()) -> None:
        self.swept = swept
        self.database = DatabaseThread("phone")
        self.writer = Writer(DatabaseThread("intake"))
        self.control = Control(self.database, self.connections)
        self.locks = Locks()
        self.lines: dict[int, Line] = {}
        self.stopping = asyncio.Event()

    def stop(self) -> None:
        self.stopping.set()

    def connections(self) -> Mapping[int, Connection | None]:
        """The systems that are ours, with the connection of those that are connected."""
        return {system_id: one.line.connection for system_id, one in self.lines.items()}

    async def run(self) -> None:
        parts = [self._watch(), self.control.run()]
        parts += [sweeps.run(self.swept)] if self.swept else []
        works = [asyncio.create_task(part) for part in parts]
        writing = asyncio.create_task(self.writer.run())
        told = asyncio.create_task(self.stopping.wait())
        try:
            done, _ = await asyncio.wait([told, writing, *works], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _end_all([told, *works])  # first who might make new connections
            await self._finish(writing)
        for work in done - {told}:
            work.result()

    async def _finish(self, writing: asyncio.Task[None]) -> None:
        """Take leave of the systems, store what they told, then leave the database."""
        for one in list(self.lines.values()):
            await one.end()
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await asyncio.gather(*(door.settled() for door in self.writer.doors.values()))
        await _end_all([writing])
        if self.writer.waiting:
            log.error("phone.messages_not_stored", count=self.writer.waiting)
        with suppress(*TROUBLE):
            await self.database.call(self._note_end)
        await self.locks.close()
        await self.database.close()
        await self.writer.database.close()

    def _note_end(self) -> None:
        for system_id in self.lines:
            note_health(system_id, Standing("connecting", "the phone process was stopped"))

    async def _watch(self) -> None:
        while True:
            try:
                await self._look()
            except TROUBLE as error:
                log.warning("phone.systems_not_seen", error=str(error).strip())
            await asyncio.sleep(POLL)

    async def _look(self) -> None:
        wanted = {one.id: one for one in await self.database.call(wanted_systems)}
        ours = await self.locks.take(set(wanted))
        for system_id in set(self.lines) - ours:
            await self._end(system_id)
        for system_id in ours:
            await self._keep(wanted[system_id])
        await self.database.call(lambda: note_off(set(wanted)))

    async def _keep(self, wanted: Wanted) -> None:
        """Have the line that is wanted, with these settings."""
        settings = settings_of(wanted)
        there = self.lines.get(wanted.id)
        if there is not None:
            there.extensions.clear()
            there.extensions.update(wanted.extensions)
            if replace(there.line.settings, extensions={}) == settings and not there.task.done():
                return
            await there.end()
        extensions = dict(wanted.extensions)
        line = SystemLine(
            replace(settings, extensions=extensions), self.writer.door(wanted.id), self.database
        )
        self.lines[wanted.id] = Line(line, extensions)

    async def _end(self, system_id: int) -> None:
        await self.lines[system_id].end()
        del self.lines[system_id]
        await self.locks.drop(system_id)


async def _end_all(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


def settings_of(wanted: Wanted) -> SystemSettings:
    """What a connection is told, but for its extensions."""
    return SystemSettings(**{name: getattr(wanted, name) for name in COPIED})
