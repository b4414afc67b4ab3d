"""A job exists exactly when the transaction that enqueued it was committed, in the web process and in a worker."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app as worker_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import AlreadyEnqueued

from gongdan.kernel import clock, jobs

pytestmark = pytest.mark.django_db(transaction=True)
ran: list[object] = []


@jobs.job("tests.note")
def note(word: str) -> None:
    ran.append(word)


@jobs.job("tests.enqueue_and_fail")
def enqueue_and_fail() -> None:
    with transaction.atomic():
        jobs.enqueue("tests.note", word="safe, rolled back")
        transaction.set_rollback(True)
    with transaction.atomic():
        jobs.enqueue("tests.note", word="safe, committed")
    connections.close_all()


@jobs.job("tests.defer_and_fail")
def defer_and_fail() -> None:
    with transaction.atomic():
        worker_app.configure_task("tests.note").defer(word="trap")
        transaction.set_rollback(True)
    connections.close_all()


@pytest.fixture(autouse=True)
def nothing_ran() -> None:
    ran.clear()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def work() -> list[object]:
    """Run a worker until no job waits; what ran."""

    async def walk() -> None:
        connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=3)
        with worker_app.replace_connector(connector) as app:
            async with app.open_async():
                await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    asyncio.run(walk())
    return ran


def waiting() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_a_job_is_run() -> None:
    jobs.enqueue("tests.note", word="一")
    assert work() == ["一"]


def test_a_job_goes_with_its_transaction() -> None:
    with transaction.atomic():
        jobs.enqueue("tests.note", word="never")
        transaction.set_rollback(True)
    assert (waiting(), work()) == ([], [])


def test_in_a_worker_too() -> None:
    jobs.enqueue("tests.enqueue_and_fail")
    assert work() == ["safe, committed"]


def test_the_trap_is_still_there() -> None:
    """When this fails, Procrastinate keeps the promise by itself and the second app may go."""
    jobs.enqueue("tests.defer_and_fail")
    assert work() == ["trap"]


def test_a_job_waits_for_its_time() -> None:
    jobs.enqueue("tests.note", at=clock.now() + timedelta(hours=1), word="later")
    assert work() == []
    assert waiting() == ["tests.note"]


def test_one_of_a_kind_may_wait() -> None:
    jobs.enqueue("tests.note", once="note", word="one")
    with pytest.raises(AlreadyEnqueued), transaction.atomic():
        jobs.enqueue("tests.note", once="note", word="two")
    assert work() == ["one"]
