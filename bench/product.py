"""The whole product, started the way `./run` starts it, in a folder of its own, with the demo company."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Product:
    """A running installation. `pid` is the supervisor's."""

    home: Path
    port: int
    pid: int
    dsn: str
    token: str


@contextmanager
def running(home: Path, port: int, patience: float = 120) -> Iterator[Product]:
    """`gongdan up` until the body is done; stopped by its process id. `patience`: seconds until it answers."""
    env = {**os.environ, "GONGDAN_HOME": str(home), "GONGDAN_PORT": str(port)}
    env.pop("DATABASE_URL", None)
    gongdan = [sys.executable, "-m", "gongdan.config.cli"]
    process = subprocess.Popen(
        [*gongdan, "up"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port, patience)
        said = subprocess.run(
            [*gongdan, "token", "create", "admin", "--name", "bench"],
            env=env,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        token = next(word for word in said.split() if word.startswith("gdt_"))
        yield Product(home, port, process.pid, _dsn(home), token)
    finally:
        process.terminate()
        process.wait(60)


def _wait(port: int, patience: float) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/health", timeout=2):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    raise RuntimeError(f"The product did not answer within {patience:.0f} s; see logs/ in its home folder.")


def _dsn(home: Path) -> str:
    from gongdan.kernel import embedded_postgres

    return embedded_postgres.database_url(home)


def python_memory(pid: int) -> tuple[float, float]:
    """(resident, proportional) MiB of all Python processes from `pid` down. Proportional counts shared pages once."""
    resident = proportional = 0.0
    for child in _tree(pid):
        folder = Path(f"/proc/{child}")
        try:
            if "python" not in (folder / "exe").readlink().name:
                continue
            sizes = dict(
                line.split(":", 1) for line in (folder / "smaps_rollup").read_text().splitlines()[1:]
            )
        except OSError:
            continue
        resident += int(sizes["Rss"].split()[0]) / 1024
        proportional += int(sizes["Pss"].split()[0]) / 1024
    return resident, proportional


def _tree(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(folder.name))
    found, due = [], [pid]
    while due:
        one = due.pop()
        found.append(one)
        due += children.get(one, [])
    return found
