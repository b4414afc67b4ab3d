"""The live process is killed: whoever reads goes on where they were, at the next one."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection

from tests.feed.reading import Feed, end_of, plain
from tests.live.process import live_push
from tests.outbox.happenings import happen
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_lost_and_nothing_comes_twice(world: World, tmp_path: Path) -> None:
    admin = world.by(world.o.admin)
    begin = end_of(admin)
    found = []
    with live_push(tmp_path) as first:
        feed = Feed(first.port, first.pid)
        stream = feed.stream(admin, after=begin)
        for n in range(20):
            happen(n % 3, n)
        found += stream.events(5)
        os.kill(first.pid, signal.SIGKILL)
        with suppress(EOFError, OSError):
            while True:
                found.append(stream.event())
        feed.close()
    for n in range(20, 30):
        happen(n % 3, n)
    with live_push(tmp_path) as second:
        feed = Feed(second.port, second.pid)
        resumed = feed.stream(admin, last_event_id=found[-1]["cursor"])
        found += resumed.events(30 - len(found))
        feed.close()
    assert found == plain(admin, begin)


def test_a_database_that_ends_all_sessions_ends_no_stream(world: World, feed: Feed) -> None:
    admin = world.by(world.o.admin)
    begin = end_of(admin)
    stream, poll = feed.stream(admin, after=begin, heartbeat=1), feed.asking(admin, after=begin, wait=30)
    stream.beat()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
        assert len(cursor.fetchall()) >= 2
    happen(1, 1)
    expected = plain(admin, begin)
    assert stream.event() == expected[0]
    assert feed.answered(poll)["events"] == expected
