"""The measures of the line over a month of a large centre: how long each question takes.

A database with 300,000 calls, parts and stays of 200 people and 600,000 stretches of presence within a month, copied in
by SQL; then every question a page may ask, several times.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.product import ROOT

Say = Callable[[str], None]


def measure(home: Path, say: Say) -> None:
    """In a process of its own, for it needs the product's code."""
    from gongdan.kernel import embedded_postgres

    with embedded_postgres.ensure_running(home) as server:
        env = {
            **os.environ,
            "GONGDAN_HOME": str(home),
            "DATABASE_URL": server.dsn,
            "DJANGO_SETTINGS_MODULE": "gongdan.config.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'backend'}",
        }
        command = [sys.executable, "-m", "bench.measures_stage"]
        done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    for name, seconds in json.loads(done.stdout.splitlines()[-1]).items():
        ordered = sorted(seconds)
        say(
            f"{name:<44}{1000 * ordered[len(ordered) // 2]:8.0f} ms median {1000 * ordered[-1]:8.0f} ms longest"
        )
