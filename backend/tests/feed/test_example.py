"""The listener of docs/feed.md: it does what it says, again changes nothing, and the page shows it as it is."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from gongdan.outbox import subscribe
from gongdan.outbox.feed import Cursor, read
from gongdan.outbox.relay import Relay
from gongdan.outbox.subscribe import Consumer
from tests.feed.reading import plain
from tests.house.sources import PROJECT
from tests.outbox.happenings import elsewhere
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLE = PROJECT / "examples" / "listener" / "consumers.py"


@pytest.fixture
def consumer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Consumer]:
    """What the example registers; afterwards nobody knows it."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    spec = importlib.util.spec_from_file_location("example_listener", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    yield subscribe._consumers["handing_over"]
    del subscribe._consumers["handing_over"]


def test_closed_tickets_are_handed_over_once(world: World, consumer: Consumer, tmp_path: Path) -> None:
    number = world.approved(world.number())
    world.done(world.o.reviewer, number, "accept")
    world.done(world.o.reviewer, number, "call_back", result="satisfied", score=5)
    (closed,) = plain(world.by(world.o.admin), type="TicketClosed")
    with elsewhere() as worker:
        relay = Relay(consumer)
        assert worker(relay.acquire)
        while worker(relay.work):
            pass
    (file,) = (tmp_path / "handed_over").iterdir()
    assert file.name == f"{closed['id']}.json"
    assert json.loads(file.read_text())["ticket_id"] == closed["subject_id"]
    before = file.read_bytes()
    event = next(one for one in read(Cursor(), 200).events if one.id == closed["id"])
    for handler in consumer.handlers["TicketClosed"]:
        handler(event)
    assert [one.read_bytes() for one in (tmp_path / "handed_over").iterdir()] == [before]


def test_the_page_shows_it_as_it_is() -> None:
    code = EXAMPLE.read_text()
    assert code[code.index("@on(") :].strip() in (PROJECT / "docs" / "feed.md").read_text()
