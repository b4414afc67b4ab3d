"""`gongdan phone` as a real process: small while there is nothing to do, connected soon after, gone when told."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from gongdan.config.cli import doctor
from gongdan.core.interactions.models import TelephoneSystem
from tests.live.process import environment
from tests.phone.asterisk_peer import Peer
from tests.phone.engine_stage import asterisk, eventually, health, is_connected, made_system

__all__ = ["asterisk"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def process(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    made = subprocess.Popen(
        [sys.executable, "-m", "gongdan.config.cli", "phone"],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield made
    made.kill()
    made.wait()


def test_it_waits_without_django_connects_and_ends_when_told(
    asterisk: Peer, process: subprocess.Popen[bytes]
) -> None:
    look = doctor._IN_DATABASE["telephone"]
    assert look() == (True, "0 connected")
    running = psutil.Process(process.pid)
    eventually(lambda: any("psycopg" in one.path for one in running.memory_maps()))
    one = made_system(asterisk)
    assert look() == (False, "nobody has main; is the phone process running? see its log")
    eventually(lambda: is_connected(one), 30)
    assert look() == (True, "1 connected")
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert (health(one), TelephoneSystem.objects.get().health_words) == (
        "connecting",
        "the phone process was stopped",
    )


def test_told_to_end_while_it_waits_it_ends(process: subprocess.Popen[bytes]) -> None:
    running = psutil.Process(process.pid)
    eventually(lambda: any("psycopg" in one.path for one in running.memory_maps()))
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
