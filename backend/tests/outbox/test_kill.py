"""Relays as real processes, ended by SIGKILL at the worst moment: events come again, none is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from gongdan.outbox.models import ConsumerCursor
from tests.outbox.happenings import happen

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = Path(__file__).parents[2]
Start = Callable[[int], "subprocess.Popen[str]"]


def database_url() -> str:
    at = connection.settings_dict
    host = quote(str(at["HOST"]), safe="")
    who = f"{at['USER']}:{quote(at['PASSWORD'], safe='')}" if at.get("PASSWORD") else at["USER"]
    return f"postgresql://{who}@/{at['NAME']}?host={host}&port={at['PORT'] or 5432}"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a relay process that stands still at a number."""
    started: list[subprocess.Popen[str]] = []
    env = {**os.environ, "DATABASE_URL": database_url(), "GONGDAN_HOME": str(tmp_path)}
    env |= {"DJANGO_SETTINGS_MODULE": "gongdan.config.settings", "PYTHONPATH": str(BACKEND)}

    def begin(still_at: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.outbox.relay_process", str(still_at)]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env, cwd=BACKEND
        )
        started.append(process)
        assert said(process) == "ready"
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str]) -> str:
    """Its next line."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_killed_between_handling_and_marking_it_is_told_again(start: Start) -> None:
    for n in (1, 2, 3):
        happen(n, n)
    first = start(2)
    assert [said(first), said(first)] == ["told 1", "told 2"]
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = start(0)
    assert [said(second) for _ in range(3)] == ["told 1", "told 2", "told 3"]


def test_the_standby_takes_over_from_a_killed_owner(start: Start) -> None:
    happen(1, 1)
    owner = start(2)
    assert said(owner) == "told 1"
    standby = start(0)
    happen(2, 2)
    assert said(owner) == "told 2"
    owner.send_signal(signal.SIGKILL)
    heard = [said(standby)]
    while heard[-1] != "told 2":
        heard.append(said(standby))
    happen(3, 3)
    assert said(standby) == "told 3"


def test_stopped_kindly_it_leaves_nothing_to_repeat(start: Start) -> None:
    happen(1, 1)
    first = start(0)
    assert said(first) == "told 1"
    first.communicate("", timeout=10)
    assert ConsumerCursor.objects.get(name="processes").xact > 0
    happen(2, 2)
    assert said(start(0)) == "told 2"
