"""Keeps a handful of processes running, and ends them in order.

Promise: a child that dies is started again, at once the first time and then ever more slowly, and this is said.
Each child leads a process group of its own, so that nothing of it stays behind; on Linux it is told to end when this
process dies, however that happens. Who runs stands in ``home/processes.json``.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gongdan.kernel import launch
from gongdan.kernel.embedded_postgres import EmbeddedPostgresError, Server, ensure_running

STEADY_SECONDS = 60.0  # who lived this long may start again at once
SLOWEST_RESTART = 30.0  # seconds
LOG_LIMIT = 20 * 1024 * 1024  # bytes; one older file is kept
TICK = 0.1  # seconds between two looks at the children


@dataclass
class Child:
    """A process to keep running. ``grace`` is how many seconds it has between SIGTERM and SIGKILL."""

    name: str
    command: list[str]
    log: Path
    env: Mapping[str, str]
    grace: float = 10.0
    process: "subprocess.Popen[bytes] | None" = None
    born: float = 0.0
    deaths: int = 0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start it; its words go to its log."""
        command = [sys.executable, "-I", "-S", launch.__file__]
        command += ["--die-with", str(os.getpid()), str(int(signal.SIGTERM)), "--", *self.command]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.env,
                start_new_session=True,
            )
        self.born = time.monotonic()

    def has_died(self) -> bool:
        """Whether it was started and is no more; what it left behind is then removed."""
        if self.process is None or self.process.poll() is None:
            return False
        self._signal(signal.SIGKILL)
        return True

    def plan_restart(self) -> float:
        """Decide when to start again; returns the delay in seconds."""
        self.deaths = 0 if time.monotonic() - self.born > STEADY_SECONDS else self.deaths + 1
        delay = 0.0 if self.deaths <= 1 else min(0.5 * 2 ** (self.deaths - 2), SLOWEST_RESTART)
        self.due, self.process = time.monotonic() + delay, None
        return delay

    def stop(self) -> None:
        """Ask it to end, wait, and remove what remains."""
        if self.process is None:
            return
        self._signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.grace)
        self._signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def last_words(self, lines: int = 5) -> str:
        """The end of its log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def _signal(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS says the latter of zombies
            os.killpg(self.process.pid, number)


@dataclass
class Supervisor:
    """The children in the order they start; they stop in the same order, the database last."""

    home: Path
    children: list[Child]
    database: Server | None
    say: Callable[[str], None]
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Start everyone."""
        for child in self.children:
            _rotate(child.log)
            child.start()
        self._note()

    def look_after(self, until: Callable[[], bool], seconds: float = float("inf")) -> bool:
        """Keep everyone running until ``until()`` holds (True), or ``seconds`` pass or we are to stop (False)."""
        end = time.monotonic() + seconds
        next_rotation = time.monotonic() + STEADY_SECONDS
        while not self.stopping.wait(TICK):
            self._revive_database()
            for child in self.children:
                self._revive(child)
            if until():
                return True
            if time.monotonic() > end:
                return False
            if time.monotonic() > next_rotation:
                next_rotation += STEADY_SECONDS
                for log in (self.home / "logs").glob("*.log"):
                    _rotate(log)
        return False

    def stop(self) -> None:
        """End everyone in order, then the database."""
        for child in self.children:
            child.stop()
        if self.database is not None:
            self.database.stop()
        (self.home / "processes.json").unlink(missing_ok=True)

    def _revive(self, child: Child) -> None:
        if child.has_died():
            assert child.process is not None
            how = _how_it_ended(child.process.returncode)
            delay = child.plan_restart()
            self.say(
                f"{child.name} {how}; starting again"
                + (f" in {delay:g} s" if delay else "")
                + f" ({child.log})"
            )
        if child.process is None and time.monotonic() >= child.due:
            child.start()
            self._note()

    def _revive_database(self) -> None:
        if self.database is None or self.database.is_running():
            return
        self.say("postgres ended; starting again")
        before = self.database.dsn
        try:
            self.database = ensure_running(self.home)
        except EmbeddedPostgresError as error:
            self.say(str(error))
            self.stopping.wait(1.0)
            return
        if self.database.dsn != before:  # another program took its port meanwhile
            self.say("postgres has another address; starting everyone again")
            for child in self.children:
                child.stop()
        self._note()

    def _note(self) -> None:
        pids = {child.name: child.process.pid for child in self.children if child.process}
        if self.database is not None:
            pids["postgres"] = self.database.pid
        fresh = self.home / "processes.json.new"
        fresh.write_text(json.dumps({"up": os.getpid(), **pids}))
        fresh.replace(self.home / "processes.json")


def _how_it_ended(code: int) -> str:
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


def _rotate(log: Path) -> None:
    """Copy and cut, because the child keeps its file open (in append mode)."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.with_suffix(".log.1").write_bytes(log.read_bytes())
        os.truncate(log, 0)
