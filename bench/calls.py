"""The calls' benchmark: whether signals are taken in faster than they come, and how long it takes to find out who calls.

Beside the signals stand the rows that PostgreSQL inserts in the same run with nothing around it (pgbench, three bare
inserts per transaction, as for the desk), measured before, between and after, so that a machine whose speed drifts
drifts for both.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import calls_day, floor
from bench.product import ROOT

Say = Callable[[str], None]
ROUNDS = 3
SECONDS = 15  # of the busy hotline, in each round
ROWS = 3  # that the floor inserts in a transaction
FLOOR_SECONDS = 5


@dataclass(frozen=True)
class Stage:
    """A database, and the processes of bench.calls_stage at it."""

    dsn: str

    def ask(self, step: str, **arguments: Any) -> dict[str, Any]:
        """What the step says when it is done; what it says besides goes to stderr."""
        command = [sys.executable, "-m", "bench.calls_stage", step, json.dumps(arguments)]
        env = {
            **os.environ,
            "DATABASE_URL": self.dsn,
            "DJANGO_SETTINGS_MODULE": "gongdan.config.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'backend'}",
        }
        done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
        return dict(json.loads(done.stdout.splitlines()[-1]))

    def rows_per_second(self) -> float:
        return ROWS * floor.transactions_per_second(self.dsn, seconds=FLOOR_SECONDS)


def measure(home: Path, say: Say, *, profile: bool = False) -> None:
    """Both, in a database of its own under `home`."""
    from gongdan.kernel import embedded_postgres

    with embedded_postgres.ensure_running(home) as server:
        stage = Stage(server.dsn)
        system = stage.ask("prepare")["system"]
        filled = stage.ask("fill")
        say(f"filled: {filled['contacts']} contacts in {filled['seconds']:.0f} s; load {_load()}")
        _finding(stage, say)
        _taking(stage, system, say)
        if profile:
            stage.ask("taking", system=system, seconds=SECONDS, run="profile", profile=True)


def _finding(stage: Stage, say: Say) -> None:
    """The slowest form is what is promised."""
    found = stage.ask("finding")
    for form, (median, late) in found.items():
        say(f"who calls: {form:<32}{median:8.2f} ms median {late:8.2f} ms 95 %")
    say(
        f"{'who calls, the slowest form':<43}{max(one[0] for one in found.values()):8.2f} ms median (asked: under 5)"
    )


def _taking(stage: Stage, system: int, say: Say) -> None:
    stage.ask("taking", system=system, seconds=1, run="warm")
    rows, taken = [stage.rows_per_second()], []
    for turn in range(ROUNDS):
        taken.append(stage.ask("taking", system=system, seconds=SECONDS, run=f"r{turn}"))
        rows.append(stage.rows_per_second())
    base, rate = statistics.median(rows), statistics.median(one["rate"] for one in taken)
    per_call = taken[0]["signals"] / (SECONDS * calls_day.CALLS_PER_SECOND)
    asked = calls_day.CALLS_PER_SECOND * per_call
    busy = statistics.median(one["cpu"] / one["signals"] for one in taken)
    say(f"{'floor: rows, pgbench, bare inserts':<43}{base:8.0f} /s ({_all(rows)})")
    say(
        f"{'signals taken in, one process':<43}{rate:8.0f} /s {100 * rate / base:5.1f} % of floor "
        f"({_all([one['rate'] for one in taken])})"
    )
    say(
        f"{calls_day.CALLS_PER_SECOND} calls a second of {per_call:.1f} signals are {asked:.0f} /s: {rate / asked:.1f} times that"
    )
    say(
        f"processor time, with the database's process: {1000 * busy:.2f} ms a signal, {100 * busy * asked:.0f} % of a core at that"
    )
    paced = stage.ask("taking", system=system, seconds=SECONDS, run="pace", pace=True)
    say(f"at their own pace for {SECONDS} s: at most {1000 * paced['late']:.0f} ms behind; load {_load()}")


def _all(rates: list[float]) -> str:
    return ", ".join(f"{one:.0f}" for one in rates)


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"
