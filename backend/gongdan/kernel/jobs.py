"""The one safe way to enqueue a job: it exists exactly when the transaction that enqueued it was committed.

Procrastinate's own `defer()` promises that in the web process only. Inside one of its workers the app's connector is
swapped for the worker's, so a job deferred in `atomic()` survives the rollback. So jobs are deferred here through a
second app pinned to Django's connection, in web and worker alike, and nowhere else. A test pins this.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app as worker_app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params

Job = TypeVar("Job", bound=Callable[..., Any])


@cache
def _pinned() -> App:
    return App(connector=DjangoConnector(alias="default"))


def job(name: str, *, queue: str = "default") -> Callable[[Job], Job]:
    """Make a function a job that workers know by `name`. Arguments must be JSON; it may run more than once."""

    def register(function: Job) -> Job:
        worker_app.task(name=name, queue=queue)(function)
        return function

    return register


def enqueue(
    name: str,
    *,
    queue: str = "default",
    at: datetime | None = None,
    once: str | None = None,
    **arguments: Any,
) -> int:
    """Enqueue a job in the transaction at hand; returns its id.

    `at` is not before when; `once` is a key of which only one job may be waiting (AlreadyEnqueued is raised).
    """
    deferrer = _pinned().configure_task(
        name, queue=queue, schedule_at=at, queueing_lock=once, allow_unknown=True
    )
    return deferrer.defer(**arguments)


def pinned_connector() -> DjangoConnector:
    """The connector jobs are enqueued through (for the test that pins this)."""
    connector = _pinned().connector
    assert isinstance(connector, DjangoConnector)
    return connector


def periodic(name: str, cron: str, call: Callable[[], None]) -> None:
    """Let the worker call this at these times (UTC); a second one does not queue up behind one that waits."""

    def at(timestamp: int) -> None:
        call()

    task = worker_app.task(name=name, queue="default", queueing_lock=name)(at)
    worker_app.periodic(cron=cron)(task)


@asynccontextmanager
async def worker(*, concurrency: int, grace: float) -> AsyncIterator[Awaitable[None]]:
    """Run jobs for the length of the block; what it gives ends only if the worker fails.

    At the end of the block jobs get `grace` seconds to finish; who does not is started again later.
    """
    connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=concurrency + 2)
    with worker_app.replace_connector(connector) as app:
        async with app.open_async():
            running = asyncio.create_task(
                app.run_worker_async(
                    concurrency=concurrency,
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=grace,
                    delete_jobs="successful",
                )
            )
            try:
                yield running
            finally:
                running.cancel()
                await asyncio.wait([running])
