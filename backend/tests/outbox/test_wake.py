"""Waking readers: after the commit, once for many, and heard by who listens."""

from __future__ import annotations

import queue

import pytest
from django.db import transaction

from gongdan.outbox import wake
from gongdan.outbox.listen import Listener
from tests.outbox.happenings import happen

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_commit_is_heard_and_many_are_heard_together() -> None:
    with wake.connect() as listening:
        listening.execute(f"LISTEN {wake.CHANNEL}".encode())
        for n in range(30):
            happen(n, n)
        first = next(listening.notifies(timeout=20))
        more = list(listening.notifies(timeout=1))
    assert first.channel == wake.CHANNEL
    assert len(more) < 29


def test_what_is_rolled_back_wakes_nobody() -> None:
    with wake.connect() as listening:
        listening.execute(f"LISTEN {wake.CHANNEL}".encode())
        with transaction.atomic():
            happen(1, 1)
            transaction.set_rollback(True)
        assert list(listening.notifies(timeout=0.2)) == []


def test_it_starts_again_after_a_broken_line() -> None:
    happen(1, 1)
    with wake.connect() as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'gongdan wake' AND pid <> pg_backend_pid() AND datname = current_database()"
        )
        other.execute(f"LISTEN {wake.CHANNEL}".encode())
        happen(1, 2)
        assert next(other.notifies(timeout=20)).channel == wake.CHANNEL


def test_a_listener_hears_and_looks_at_once_when_it_begins() -> None:
    heard: queue.Queue[str | None] = queue.Queue()
    listener = Listener(lambda channel, _: heard.put(channel))
    listener.start()
    assert heard.get(timeout=20) is None
    happen(1, 1)
    assert heard.get(timeout=20) == wake.CHANNEL
    listener.stop()
    assert not listener.is_alive()
