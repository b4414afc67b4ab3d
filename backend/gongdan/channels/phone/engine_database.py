"""The database for an event loop: one thread with a connection of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import psycopg
from django.db import DataError, IntegrityError, connection
from django.db import Error as DatabaseError

T = TypeVar("T")
TROUBLE = (DatabaseError, psycopg.Error)


class DatabaseThread:
    """Calls one after the other, in a thread. After trouble with the database the next call connects anew."""

    def __init__(self, name: str) -> None:
        self.pool = ThreadPoolExecutor(1, thread_name_prefix=name)

    async def call(self, work: Callable[[], T]) -> T:
        """What `work` answers or raises."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, partial(_kept_fresh, work))

    async def close(self) -> None:
        """After what is under way."""
        await asyncio.get_running_loop().run_in_executor(self.pool, _disconnect)
        self.pool.shutdown(wait=False)

    def abandon(self) -> None:
        """The same without waiting."""
        self.pool.submit(_disconnect)
        self.pool.shutdown(wait=False)


def _disconnect() -> None:
    connection.close()  # each thread has its own; this one's


def _kept_fresh(work: Callable[[], T]) -> T:
    try:
        return work()
    except TROUBLE:
        connection.close()
        raise


def is_outage(error: Exception) -> bool:
    """Whether the same statement may succeed later: the database is away, not the data bad."""
    return isinstance(error, TROUBLE) and not isinstance(error, DataError | IntegrityError)
