"""The API and the live process as real processes beside the test's database, found as others find them."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.live.process import BACKEND, environment, wait_for

GRANIAN = [sys.executable, "-m", "granian", "--factory", "--workers", "1", "--http", "1"]
WEB = ["--interface", "wsgi", "--blocking-threads", "2", "--no-ws", "tests.feed.api_process:web"]
LIVE = ["--interface", "asgi", "--loop", "asyncio", "gongdan.config.serving:live"]
PATIENCE = 20.0  # seconds


class Served:
    """`address` is what a client is told. The live process can be killed and started again at its port."""

    def __init__(self, home: Path) -> None:
        self.port, self.live_port = free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **environment(home),
            "GONGDAN_PORT": str(self.port),
            "GONGDAN_LIVE_PORT": str(self.live_port),
        }
        self.stack = ExitStack()
        self.stack.enter_context(self._running(self.port, WEB))
        self.live = self.stack.enter_context(self._running(self.live_port, LIVE))

    def restart_live(self) -> None:
        """Kill it with all it has open, and start the next."""
        self.live.kill()
        self.live.communicate(timeout=PATIENCE)
        self.live = self.stack.enter_context(self._running(self.live_port, LIVE))

    @contextmanager
    def _running(self, port: int, what: list[str]) -> Iterator[subprocess.Popen[str]]:
        process = subprocess.Popen(
            [*GRANIAN, "--port", str(port), "--workers-kill-timeout", "2", *what],
            env=self.environment,
            cwd=BACKEND,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            wait_for(port, process)
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Path) -> Iterator[Served]:
    """Both processes for the length of a test."""
    running = Served(home)
    try:
        yield running
    finally:
        running.stack.close()
