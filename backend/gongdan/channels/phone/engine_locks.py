"""Who of several phone processes has which telephone system: advisory locks of one database connection.

Promise: a system is had by at most one process, except for the moments after a lost database connection, when the old
owner goes on until it knows better: signals that come twice change nothing, signals that come to nobody would be lost.
"""

from __future__ import annotations

import psycopg

from gongdan.outbox import wake

KEY = 0x70686F6E  # "phon": the first of the two numbers of our advisory locks


class Locks:
    """`take` and `drop` for one event loop."""

    def __init__(self) -> None:
        self.connection: psycopg.AsyncConnection[tuple[object, ...]] | None = None
        self.held: set[int] = set()

    async def take(self, system_ids: set[int]) -> set[int]:
        """Which of these systems are ours from now on or were. Raises psycopg.Error: then nothing is known."""
        connection = await self._connected()
        for system_id in sorted(system_ids - self.held):
            cursor = await connection.execute("SELECT pg_try_advisory_lock(%s, %s)", [KEY, system_id])
            if (await cursor.fetchone() or (False,))[0]:
                self.held.add(system_id)
        return self.held & system_ids

    async def drop(self, system_id: int) -> None:
        """Leave the system to others. A broken connection has left it already."""
        if system_id not in self.held:
            return
        self.held.discard(system_id)
        try:
            if self.connection is not None:
                await self.connection.execute("SELECT pg_advisory_unlock(%s, %s)", [KEY, system_id])
        except psycopg.Error:
            await self.close()

    async def close(self) -> None:
        """Leave all."""
        self.held.clear()
        if self.connection is not None:
            await self.connection.close()
        self.connection = None

    async def _connected(self) -> psycopg.AsyncConnection[tuple[object, ...]]:
        if self.connection is not None:
            try:
                await self.connection.execute("SELECT 1")
            except psycopg.Error:
                await self.close()
        if self.connection is None:
            self.connection = await wake.connect_async()
        return self.connection
