"""A company with categories and flows, and the live process beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.feed.reading import Feed
from tests.live.process import live_push
from tests.tickets.conftest import World, world

__all__ = ["world"]


@pytest.fixture
def feed(world: World, tmp_path: Path) -> Iterator[Feed]:
    """Readers of a running live process."""
    with live_push(tmp_path) as running:
        reading = Feed(running.port, running.pid)
        yield reading
        reading.close()
