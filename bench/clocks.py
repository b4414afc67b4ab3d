"""The clocks' benchmark: does firing depend on how many clocks run, how fast is it, what does reckoning cost.

Two databases on one server differ only in how many clocks run. They are swept in turn, so that a machine whose speed
drifts drifts for both; processor time (the worker's and its database process's) says what neighbours cannot disturb.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bench import card_floor, moment
from bench.filling import FLOOR, fill
from bench.product import ROOT

Say = Callable[[str], None]
ROUNDS = 4  # measured ones; a smaller one before them warms
FEW = 10_000


@dataclass
class Sweeping:
    """A process of bench.sweeping at one database."""

    process: subprocess.Popen[str]

    def begin(self, at: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(at + "\n")
        self.process.stdin.flush()

    def found(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The sweeping process ended; what it said is above.")
        return dict(json.loads(line))

    def sweep(self, number: int) -> dict[str, Any]:
        """Fire what is due in a round, alone."""
        self.begin(moment.look(number).isoformat())
        return self.found()


def measure(home: Path, running: int, due: int, say: Say, *, profile: bool = False) -> None:
    """Everything about clocks, in databases of its own under `home`."""
    with databases(home, running, due, say) as (few, many):
        for name, median in _run("bench.reckoning", few).items():
            say(f"{name + ' over up to a year, warm':<44}{median:8.1f} µs median")
        said = _run("bench.opening", few)
        say(f"statements of opening a ticket: {said['with']} with policies, {said['without']} without")
        _compare(few, many, say)
        _throughput(many, 10 * due, say, profile=profile)


@contextmanager
def databases(home: Path, running: int, due: int, say: Say) -> Iterator[tuple[str, str]]:
    """Two filled databases: FEW running clocks, and `running`."""
    from gongdan.kernel import embedded_postgres

    rounds = {0: due // 2} | dict.fromkeys(range(1, ROUNDS + 1), due)
    with embedded_postgres.ensure_running(home) as server:
        with psycopg.connect(server.dsn, autocommit=True) as db:
            db.execute("CREATE DATABASE bench_few")
            few, many = _named(server.dsn, "bench_few"), _named(server.dsn, "bench_many")
            templates = _run("bench.templates", few)
            db.execute("CREATE DATABASE bench_many TEMPLATE bench_few")
        small = fill(few, templates, FEW, rounds)
        begin = time.monotonic()
        more = {ROUNDS + 1: 2 * due, ROUNDS + 2: 10 * due, FLOOR: 20 * due}
        large = fill(many, templates, running, rounds | more)
        with psycopg.connect(server.dsn, autocommit=True) as db:
            db.execute("CHECKPOINT")  # what the filling left to be written is not the sweep's to write
        say(f"filled: {small} and {large} running clocks, the latter in {time.monotonic() - begin:.0f} s")
        yield few, many


def _named(dsn: str, name: str) -> str:
    parts = conninfo_to_dict(dsn)
    return f"postgresql://{parts['user']}@/{name}?host={quote(str(parts['host']), safe='/')}&port={parts['port']}"


def _environment(dsn: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": dsn,
        "DJANGO_SETTINGS_MODULE": "gongdan.config.settings",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'backend'}",
    }


def _run(module: str, dsn: str) -> Any:
    """What a module of the benchmark prints last, which is JSON."""
    command = [sys.executable, "-m", module]
    done = subprocess.run(command, env=_environment(dsn), check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def _sweeping(dsn: str, *, profile: bool = False) -> Iterator[Sweeping]:
    command = [sys.executable, "-m", "bench.sweeping", *(["profile"] if profile else [])]
    process = subprocess.Popen(
        command, env=_environment(dsn), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Sweeping(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(60)


def _compare(few: str, many: str, say: Say) -> None:
    """The same number due among few and among many, in turn."""
    with ExitStack() as stack:
        both = [stack.enter_context(_sweeping(dsn)) for dsn in (few, many)]
        for one in both:
            one.sweep(0)
        found: list[list[dict[str, Any]]] = [[], []]
        for number in range(1, ROUNDS + 1):
            for place, one in enumerate(both):
                found[place].append(one.sweep(number))
    medians = [
        {
            what: statistics.median(one[what] / one["fired"] * 1000 for one in rounds)
            for what in ("seconds", "cpu")
        }
        for rounds in found
    ]
    for name, rounds, median in zip(("few", "many"), found, medians, strict=True):
        took = ", ".join(f"{one['seconds']:.2f}" for one in rounds)
        per = f"{median['seconds']:.2f} s per 1,000 (median of {took}), {median['cpu']:.2f} s of processor"
        say(f"sweep of {rounds[0]['fired']} due among {name}: {per}")
    wall, cpu = (medians[1][what] / medians[0][what] for what in ("seconds", "cpu"))
    say(f"{'many / few':<44}{wall:8.2f}, of processor time {cpu:.2f}")


def _throughput(dsn: str, cards: int, say: Say, *, profile: bool) -> None:
    """Two processes sweep at once, between two measurements of the floor."""
    before = card_floor.cards_per_second(dsn, cards, part=0)
    with ExitStack() as stack:
        two = [stack.enter_context(_sweeping(dsn, profile=profile)) for _ in range(2)]
        _at_once(two, ROUNDS + 1)  # warms
        begin = time.perf_counter()
        fired = _at_once(two, ROUNDS + 2)
        seconds = time.perf_counter() - begin
    after = card_floor.cards_per_second(dsn, cards, part=1)
    rate, base = sum(fired) / seconds, (before + after) / 2
    say(f"{'floor: the same rows by pgbench, 2 clients':<44}{base:8.0f} /s ({before:.0f}, {after:.0f})")
    share = f"{100 * rate / base:.1f} % of floor"
    say(f"{'cards, two sweeping processes':<44}{rate:8.0f} /s {share}, {fired[0]} and {fired[1]}")


def _at_once(two: Sequence[Sweeping], number: int) -> list[int]:
    """What each fired in a round that all begin together."""
    for one in two:
        one.begin(moment.look(number).isoformat())
    return [one.found()["fired"] for one in two]
