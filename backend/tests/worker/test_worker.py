"""The worker process: listeners and jobs run, and it ends when told to."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongdan.config import rooms, schedule
from gongdan.listeners.notify.models import Notification
from gongdan.outbox import wake
from gongdan.web.live import bell
from tests.live.process import BACKEND, environment
from tests.outbox.happenings import happen
from tests.tickets.conftest import World

SECONDS_TO_END = 5


@pytest.fixture
def worker(tmp_path: Path, transactional_db: None) -> Iterator[subprocess.Popen[str]]:
    """A worker that is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gongdan.config.cli", "worker"],
        env=environment(tmp_path), cwd=BACKEND, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if "worker.ready" in line:
            break
    yield process
    process.kill()
    process.communicate()


def test_it_brings_events_to_the_listeners(world: World, worker: subprocess.Popen[str]) -> None:
    with wake.connect() as listening:
        listening.execute(f"LISTEN {bell.CHANNEL}".encode())
        number = world.verified(world.number())
        world.done(world.o.clerk, number, "accept")
        world.done(world.o.agent, number, "urge", reason="客户着急")
        rung = next(listening.notifies(timeout=20))
    assert bell.heard(rung.payload) == {world.o.clerk.pk}
    assert Notification.objects.filter(staff=world.o.clerk, type="TicketUrged").count() == 1


def test_told_to_end_it_ends_soon_and_anchors_the_trail(
    worker: subprocess.Popen[str], tmp_path: Path
) -> None:
    happen(1, 1)
    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=SECONDS_TO_END)
    assert worker.returncode == 0
    assert "worker.stopped" in said
    assert (tmp_path / "anchors.jsonl").read_text().count("\n") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("one", schedule.SCHEDULE, ids=lambda one: str(one.name))
def test_every_periodic_call_can_be_made(one: schedule.Every, tmp_path: Path, settings: object) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    assert one.call() == 0


def test_the_page_of_rooms_is_current(tmp_path: Path) -> None:
    """Written by a process of its own: here other tests have declared events that the product does not know."""
    write = "import django; django.setup(); from gongdan.config import rooms; print(rooms.page(), end='')"
    made = subprocess.run(
        [sys.executable, "-c", write], env=environment(tmp_path), cwd=BACKEND, capture_output=True, check=True
    )
    assert rooms.PAGE.read_text() == made.stdout.decode(), "run: python -m gongdan.config.rooms"
