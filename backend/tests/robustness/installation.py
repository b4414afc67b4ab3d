"""The whole product as it runs: `gongdan up` in a folder of its own, its processes, and ending one of them."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

BACKEND = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds for anything to come about; the machine may be busy
GLANCE = 0.05  # seconds between two looks
_nothing = threading.Event()


def eventually(holds: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """What `holds()` gives, as soon as it is true."""
    looks = int(seconds / GLANCE)
    for _ in range(looks):
        found = holds()
        if found:
            return found
        _nothing.wait(GLANCE)
    raise AssertionError(f"After {seconds:.0f} s still not: {what}")


def free_ports() -> tuple[int, int]:
    """Two ports nobody listens on."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


@dataclass
class Installation:
    """`port` serves the API, `live_port` the live push. `start` may be called again after `kill("up")`."""

    home: Path
    port: int = 0
    live_port: int = 0
    up: subprocess.Popen[bytes] | None = None
    company: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.port, self.live_port = free_ports()

    @property
    def env(self) -> dict[str, str]:
        """Of every process of this installation."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGDAN_")}
        kept.pop("DATABASE_URL", None)
        return kept | {
            "GONGDAN_HOME": str(self.home),
            "GONGDAN_PORT": str(self.port),
            "GONGDAN_LIVE_PORT": str(self.live_port),
            "DJANGO_SETTINGS_MODULE": "gongdan.config.settings",
            "PYTHONPATH": str(BACKEND),
        }

    def start(self) -> None:
        """`gongdan up`, until it answers."""
        command = [sys.executable, "-m", "gongdan.config.cli", "up", "--no-demo"]
        with (self.home / "up.log").open("ab") as log:
            self.up = subprocess.Popen(
                command, env=self.env, cwd=BACKEND, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        eventually(self.answers, "the API answers")

    def run(self, module: str, *arguments: str) -> Any:
        """What a program of the tests, run beside the product, prints as JSON."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=self.env, cwd=BACKEND, stdout=subprocess.PIPE, check=True, timeout=PATIENCE,
        )  # fmt: skip
        return json.loads(done.stdout)

    def answers(self) -> bool:
        """Whether the API answers a request that needs the database."""
        assert self.up is not None
        assert self.up.poll() is None, (self.home / "up.log").read_text()
        try:
            return self.ask("GET", "/api/v1/session")[0] == 401
        except OSError:
            return False

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and body of one request on a connection of its own. Raises OSError, http.client.HTTPException."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def pid(self, name: str) -> int | None:
        """The process that plays this part now, as home/processes.json says: up, web, live, worker, postgres."""
        try:
            found = json.loads((self.home / "processes.json").read_text()).get(name)
        except (OSError, ValueError):
            return None
        return int(found) if found else None

    def kill(self, name: str) -> int:
        """SIGKILL; returns who it was."""
        pid = eventually(lambda: self.pid(name), f"{name} is known")
        os.kill(pid, signal.SIGKILL)
        return int(pid)

    def kill_web_worker(self) -> int:
        """SIGKILL one of the processes that answer for `web`."""
        (main,) = [psutil.Process(self.pid("web"))]
        worker = eventually(lambda: _workers(main), "web has its workers")[0]
        os.kill(worker.pid, signal.SIGKILL)
        return int(worker.pid)

    def replaced(self, name: str, before: int) -> None:
        """Wait until another process plays the part."""
        eventually(lambda: self.pid(name) not in (None, before), f"{name} is another process than {before}")

    def stop(self) -> None:
        """End it kindly."""
        if self.up is not None and self.up.poll() is None:
            self.up.terminate()
            self.up.wait(PATIENCE)


def _workers(main: psutil.Process) -> list[psutil.Process]:
    return [one for one in main.children() if one.status() != psutil.STATUS_ZOMBIE]
