"""The whole product with the demo company, started once for all walks, in a folder of its own and on free ports.

GONGDAN_WALK_AT may name one that runs already (its demo company gets used up a little), so that one walk is soon repeated.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.robustness.installation import BACKEND, Installation, eventually

PASSWORD = "gongdan-demo"  # as printed at every start
BUILT = BACKEND.parent / "frontend" / "dist" / "index.html"
STARTING = 240.0  # seconds for migrations and the demo company on a busy machine


class DemoInstallation(Installation):
    """`gongdan up` as a newcomer runs it."""

    def start(self) -> None:
        """Until the first page can be asked for."""
        command = [sys.executable, "-m", "gongdan.config.cli", "up"]
        with (self.home / "up.log").open("ab") as log:
            self.up = subprocess.Popen(
                command, env=self.env, cwd=BACKEND, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        eventually(self.answers, "the product answers", STARTING)


@contextmanager
def running(home: Path) -> Iterator[str]:
    """Its address, without a slash at the end. Raises FileNotFoundError when the front end is not built."""
    elsewhere = os.environ.get("GONGDAN_WALK_AT")
    if elsewhere:
        yield elsewhere.rstrip("/")
        return
    if not BUILT.is_file():
        raise FileNotFoundError(
            "The front end is not built: run ./test walks, or npm run build in frontend/."
        )
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    installation = DemoInstallation(home)
    try:
        installation.start()
        yield f"http://127.0.0.1:{installation.port}"
    finally:
        installation.stop()
