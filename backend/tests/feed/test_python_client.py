"""The Python client against the real server: operations, refusals, and a feed reader that no break stops."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongdan.web import tokens
from tests.feed.reading import end_of, plain
from tests.feed.serving import Served, served
from tests.house.sources import PROJECT
from tests.outbox.happenings import happen
from tests.tickets.conftest import World

CLIENT = PROJECT / "clients" / "python"
sys.path.insert(0, str(CLIENT))

from gongdan_client import Client, FeedReader, Problem  # noqa: E402

pytestmark = pytest.mark.django_db(transaction=True)
LAST = "TestEnded"


@pytest.fixture
def server(world: World, tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as running:
        yield running


def client_of(world: World, server: Served) -> Client:
    _token, secret = tokens.issue(world.o.admin.pk, "client")
    return Client(server.address, secret)


@pytest.mark.django_db(transaction=False)
def test_the_generated_halves_are_current() -> None:
    """If not: python scripts/clients/make.py."""
    command = [sys.executable, str(PROJECT / "scripts" / "clients" / "make.py"), "--check"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")


@pytest.mark.django_db(transaction=False)
def test_it_is_typed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "--cache-dir", str(tmp_path)]
    found = subprocess.run(
        [*command, "gongdan_client"], cwd=CLIENT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


def test_operations_and_refusals(world: World, server: Served) -> None:
    client = client_of(world, server)
    opened: Any = client.tickets_post_ticket(
        {"category": "complaint", "body": "宽带断了三天。没有人上门。"}, key="call-1"
    )
    again: Any = client.tickets_post_ticket(
        {"category": "complaint", "body": "宽带断了三天。没有人上门。"}, key="call-1"
    )
    assert opened["number"] == again["number"]
    page: Any = client.tickets_get_ticket(opened["number"])
    assert page["number"] == opened["number"]
    with pytest.raises(Problem) as refused:
        client.tickets_get_ticket("19990101-1")
    assert refused.value.status == 404
    with pytest.raises(Problem) as unknown:
        next(iter(FeedReader(client, types=["Nonsense"])))
    assert unknown.value.code == "unknown_event_type"
    with pytest.raises(Problem) as stranger:
        next(iter(FeedReader(Client(server.address, "gdt_wrong"))))
    assert stranger.value.code == "invalid_token"


class Reading(threading.Thread):
    """A reader at work; `seen` grows until the last event."""

    def __init__(self, reader: FeedReader) -> None:
        super().__init__(daemon=True)
        self.reader = reader
        self.seen: list[Any] = []
        self.some = threading.Event()
        self.start()

    def run(self) -> None:
        for event in self.reader:
            self.seen.append(event)
            if len(self.seen) >= 3:
                self.some.set()
            if event["type"] == LAST:
                self.reader.stop.set()


@pytest.mark.parametrize("stream", [True, False])
def test_no_break_stops_the_reader(world: World, server: Served, stream: bool) -> None:
    admin = world.by(world.o.admin)
    begin = end_of(admin)
    kept: list[str] = []
    reader = FeedReader(
        client_of(world, server), after=begin, save=kept.append, subject="test", stream=stream, heartbeat=1
    )
    reading = Reading(reader)
    for n in range(3):
        happen(n, n)
    assert reading.some.wait(20)
    server.restart_live()
    for n in range(3, 6):
        happen(n % 3, n)
    happen(1, 6, LAST)
    reading.join(30)
    assert not reading.is_alive()
    assert [one["id"] for one in reading.seen] == [one["id"] for one in plain(admin, begin, subject="test")]
    assert kept[-1] >= reading.seen[-1]["cursor"]


def test_a_group_keeps_the_place(world: World, server: Served) -> None:
    client = client_of(world, server)
    client.call("PUT", "/events/groups/erp", body={"types": ["TestHappened", LAST]})
    for n in range(3):
        happen(1, n)
    first = FeedReader(client, group="erp", heartbeat=1)
    for event in first:
        if event["data"]["n"] == 1:
            break  # 1 itself was not dealt with
    happen(1, 3, LAST)
    second = FeedReader(client, group="erp", heartbeat=1)
    seen = []
    for event in second:
        seen.append(event["data"]["n"])
        if event["type"] == LAST:
            second.stop.set()
    assert seen == [1, 2, 3]
    group: Any = client.call("GET", "/events/groups/erp")
    assert group["lag"]["events"] == 0
