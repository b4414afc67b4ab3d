"""The supervisor: who dies is started again, nobody outlives it, everybody ends in order."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from gongdan.config.supervisor import Child, Supervisor
from gongdan.kernel.embedded_postgres import ensure_running

SLEEPER = "import time; print('up', flush=True); time.sleep(600)"
# Starts a grandchild in the same group, as granian does with its workers.
PARENT = (
    "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']); "
    "print('up', flush=True); time.sleep(600)"
)
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"


def child(home: Path, name: str, script: str, grace: float = 10.0) -> Child:
    return Child(name, [sys.executable, "-c", script], home / f"{name}.log", dict(os.environ), grace)


def eventually(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "did not happen in time"
        threading.Event().wait(0.02)


class Stage:
    """A supervisor over given children, with what it said."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.said: list[str] = []
        self.supervisor = Supervisor(home, [], None, self.said.append)

    def start(self, *children: Child) -> None:
        self.supervisor.children = list(children)
        self.supervisor.start()
        for one in children:
            self.wait(lambda one=one: "up" in one.last_words())  # type: ignore[misc]

    def wait(self, holds: Callable[[], bool]) -> None:
        assert self.supervisor.look_after(holds, 20.0), "did not happen in time"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.supervisor.stop()


def _pid(one: Child) -> int:
    assert one.process is not None
    return one.process.pid


def _ended(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_killed_child_starts_again_and_this_is_said(stage: Stage) -> None:
    web = child(stage.home, "web", SLEEPER)
    stage.start(web)
    before = _pid(web)
    os.kill(before, signal.SIGKILL)
    stage.wait(lambda: web.process is not None and web.process.pid != before)
    assert "web was ended by SIGKILL; starting again" in stage.said[0]


def test_a_database_that_moved_takes_its_users_along(stage: Stage) -> None:
    server = ensure_running(stage.home)
    web = child(stage.home, "web", SLEEPER)
    stage.start(web)
    before = _pid(web)
    stage.supervisor.database = server
    server.stop()
    with socket.create_server(("127.0.0.1", server.port)):  # somebody else takes its port meanwhile
        stage.wait(lambda: stage.supervisor.database is not server)
    stage.wait(lambda: web.process is not None and web.process.pid != before)
    assert "postgres has another address" in stage.said[-1]


def test_nothing_of_a_killed_child_stays_behind(stage: Stage) -> None:
    web = child(stage.home, "web", PARENT)
    stage.start(web)
    (grandchild,) = psutil.Process(_pid(web)).children()
    os.kill(_pid(web), signal.SIGKILL)
    stage.wait(lambda: _ended(grandchild))


def test_who_keeps_dying_is_started_ever_more_slowly(tmp_path: Path) -> None:
    web = child(tmp_path, "web", SLEEPER)
    web.born = time.monotonic()
    assert [web.plan_restart() for _ in range(9)] == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


def test_who_lived_long_is_started_again_at_once(tmp_path: Path) -> None:
    web = child(tmp_path, "web", SLEEPER)
    for _ in range(5):
        web.born = time.monotonic()
        web.plan_restart()
    web.born = time.monotonic() - 61
    assert web.plan_restart() == 0.0


def test_who_does_not_listen_is_ended_after_its_grace(stage: Stage) -> None:
    deaf = child(stage.home, "deaf", DEAF, grace=0.2)
    stage.start(deaf)
    process = psutil.Process(_pid(deaf))
    stage.supervisor.stop()
    assert _ended(process)


def test_the_list_of_processes_is_right_and_goes_at_the_end(stage: Stage) -> None:
    web, worker = child(stage.home, "web", SLEEPER), child(stage.home, "worker", SLEEPER)
    stage.start(web, worker)
    listed = json.loads((stage.home / "processes.json").read_text())
    assert listed == {"up": os.getpid(), "web": _pid(web), "worker": _pid(worker)}
    stage.supervisor.stop()
    assert not (stage.home / "processes.json").exists()


def test_a_long_log_is_cut_and_one_older_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongdan.config.supervisor.LOG_LIMIT", 10)
    (stage.home / "web.log").write_text("a line of more than ten bytes\n")
    stage.start(child(stage.home, "web", SLEEPER))
    assert (stage.home / "web.log.1").read_text() == "a line of more than ten bytes\n"
    assert (stage.home / "web.log").read_text() == "up\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_children_do_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    script = (
        "import os, sys, time; from pathlib import Path; from gongdan.config.supervisor import Child\n"
        "home = Path(sys.argv[1]); command = [sys.executable, '-c', sys.argv[2]]\n"
        "one = Child('web', command, home / 'web.log', dict(os.environ)); one.start()\n"
        "print(one.process.pid, flush=True); time.sleep(600)"
    )
    arguments = [sys.executable, "-c", script, str(tmp_path), SLEEPER]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        left = psutil.Process(int(supervisor.stdout.readline()))
        eventually(lambda: (tmp_path / "web.log").read_text() == "up\n")
        supervisor.kill()
    eventually(lambda: _ended(left))
