"""Writers and readers at once, as processes and sockets: each reader gets each event once, from whatever cursor on."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from gongdan.kernel import clock
from gongdan.outbox import log
from tests.feed.reading import Feed, address, end_of, plain
from tests.live.process import BACKEND, environment
from tests.outbox.happenings import ACTOR, SUBJECT, happen
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 3, 60
LAST = "TestEnded"


@contextmanager
def writers(home: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes that write at once; they are ended with the block."""
    command = [sys.executable, "-m", "tests.feed.writer_process"]
    started = [
        subprocess.Popen([*command, str(seed), str(EACH)], cwd=BACKEND, env=environment(home))
        for seed in range(1, WRITERS + 1)
    ]
    try:
        yield started
    finally:
        for one in started:
            one.kill()
            one.wait()


def check(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    assert [one["id"] for one in found] == [one["id"] for one in expected]
    orders: dict[int, list[int]] = {}
    for one in found:
        orders.setdefault(one["subject_id"], []).append(one["seq"])
    assert all(order == sorted(order) for order in orders.values())


def test_streams_and_polls_get_every_event_once_in_order(world: World, feed: Feed, tmp_path: Path) -> None:
    admin = world.by(world.o.admin)
    begin = after = end_of(admin)
    streams = [(begin, feed.stream(admin, after=begin))]
    polled: list[dict[str, Any]] = []
    ended = False
    with writers(tmp_path) as writing:
        while not polled or polled[-1]["type"] != LAST:
            page = feed.poll(admin, after=after, limit=7, wait=1)
            polled += page["events"]
            after = page["cursor"]
            if len(streams) < 5 and len(polled) > 40 * len(streams):
                middle = polled[len(polled) // 2]["cursor"]
                streams.append((middle, feed.stream(admin, after=middle)))
            if not ended and all(one.poll() is not None for one in writing):
                ended = True
                happen(99, 0, LAST)
        assert [one.returncode for one in writing] == [0] * WRITERS
    expected = plain(admin, begin)
    assert len(expected) > WRITERS * EACH
    assert len(streams) > 2
    check(polled, expected)
    for start, stream in streams:
        check(stream.until(LAST), plain(admin, start))
    check(feed.stream(admin, after=begin).until(LAST), expected)


def flood(count: int, size: int = 0) -> None:
    """Many events of one subject."""
    head = log.Head()
    for begin in range(0, count, 500):
        events = [
            log.NewEvent("TestHappened", {"n": n, "more": "x" * size}) for n in range(begin, begin + 500)
        ]
        head = log.append(SUBJECT, 77, head, events, actor=ACTOR, at=clock.now())


def test_who_is_far_behind_holds_nobody_up(world: World, feed: Feed) -> None:
    admin = world.by(world.o.admin)
    begin = end_of(admin)
    flood(5000)
    behind = [feed.stream(admin, after=begin, limit=50) for _ in range(6)]
    current = feed.stream(admin, after="now")
    happen(1, 1, LAST)
    assert current.event()["type"] == LAST
    for stream in behind:
        assert [one["data"]["n"] for one in stream.until(LAST)] == [*range(5000), 1]


def test_who_does_not_read_costs_no_memory(world: World, feed: Feed) -> None:
    admin = world.by(world.o.admin)
    begin = end_of(admin)
    flood(6000, size=20_000)  # 120 MB
    current = feed.stream(admin, after="now")
    stuck = []
    for _ in range(4):
        one = socket.create_connection(("127.0.0.1", feed.port))
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.sendall(f"GET {address(admin, stream=True, after=begin)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        stuck.append(one)
    slow = feed.stream(admin, after=begin)
    slow.events(6000)
    happen(1, 1, LAST)
    assert current.event()["type"] == LAST
    assert slow.event()["type"] == LAST
    assert memory_of(feed) < 400_000
    for one in stuck:
        one.close()


def memory_of(feed: Feed) -> int:
    """The most that the live process and its workers ever had in memory, in KiB."""
    found = [int(line.split()[1]) for line in status_lines(feed.pid) if line.startswith("VmHWM")]
    return max(found)


def status_lines(pid: int) -> list[str]:
    lines: list[str] = []
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            text = path.read_text().splitlines()
        except OSError:
            continue
        if f"PPid:\t{pid}" in text or f"Pid:\t{pid}" in text:
            lines += text
    return lines


IDLE = 1000


def test_a_thousand_idle_streams_cost_next_to_nothing(world: World, feed: Feed) -> None:
    admin = world.by(world.o.admin)
    target = address(admin, stream=True, after="now", heartbeat=2)
    idle = [feed.raw(target) for _ in range(IDLE)]
    beats = [idle[0].beat(), idle[-1].beat()]
    statements()
    idle[-1].beat()
    before = statements()
    for _ in range(4):  # eight seconds
        idle[-1].beat()
    after = statements()
    assert after["reads"] - before["reads"] < IDLE / 20
    assert after["writes"] == before["writes"]
    assert beats[0] == beats[1]
    happen(1, 1, LAST)
    assert {one.event()["type"] for one in idle} == {LAST}


def statements() -> dict[str, int]:
    """What all others have done in this database so far: transactions, and rows written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT xact_commit, tup_inserted + tup_updated + tup_deleted FROM pg_stat_database"
            " WHERE datname = current_database()"
        )
        reads, writes = cursor.fetchone()
    return {"reads": reads, "writes": writes}
