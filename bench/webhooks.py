"""The webhooks' benchmark: how soon an event is at its receiver, how many a second, and whether the dead slow the living.

The product's own worker and deliver process work on a database of their own; a receiver beside them answers at once.
The floor is a bare HTTP client loop with as many connections to the same receiver, before and after.
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
from pathlib import Path
from typing import Any

from bench.product import ROOT

Say = Callable[[str], None]
RATE = 200  # events a second, for latency
BACKLOG = 10_000  # deliveries, for throughput
DEAD_EVENTS = 10_000
DEAD_RECEIVERS = 10  # half of them refuse, half never answer
ROUNDS = 3
GONGDAN = [sys.executable, "-m", "gongdan.config.cli"]


def measure(home: Path, seconds: float, say: Say) -> None:
    """Everything about webhooks, in a database of its own under `home`."""
    from gongdan.kernel import embedded_postgres

    with embedded_postgres.ensure_running(home) as server, ExitStack() as stack:
        env = _environment(home, server.dsn)
        stage = Stage(env, stack)
        stage.ask("company")
        stage.ask("living", port=stage.port)
        _throughput(stage, say)
        _latency(stage, seconds, say)


class Stage:
    """The receiver, which answers at once, and the processes around it."""

    def __init__(self, env: dict[str, str], stack: ExitStack) -> None:
        self.env = env
        self.receiver = stack.enter_context(_talking("bench.webhook_receiver", env))
        ports = self.answer()
        self.port, self.hanging = int(ports["port"]), int(ports["hanging"])

    def answer(self) -> dict[str, Any]:
        assert self.receiver.stdout is not None
        return dict(json.loads(self.receiver.stdout.readline()))

    def arrived(self) -> dict[int, float]:
        """When which number came first since the last call, in seconds of the machine's clock."""
        assert self.receiver.stdin is not None
        self.receiver.stdin.write("report\n")
        self.receiver.stdin.flush()
        return {int(number): at for number, at in self.answer()["arrived"].items()}

    def arrivals(self, count: int, seconds: float = 300) -> dict[int, float]:
        found: dict[int, float] = {}
        deadline = time.monotonic() + seconds
        while len(found) < count:
            if time.monotonic() > deadline:
                raise RuntimeError(f"Only {len(found)} of {count} arrived.")
            time.sleep(0.5)
            found = self.arrived() | found
        return found

    def ask(self, what: str, **arguments: Any) -> dict[str, Any]:
        """What bench.webhook_stage says when it is done."""
        command = [sys.executable, "-m", "bench.webhook_stage", what, json.dumps(arguments)]
        done = subprocess.run(command, env=self.env, check=True, stdout=subprocess.PIPE, text=True)
        return dict(json.loads(done.stdout.splitlines()[-1]))

    def bare(self) -> float:
        """Requests a second of a client that does nothing else."""
        return float(self.ask("bare", port=self.port)["rate"])


def _throughput(stage: Stage, say: Say) -> None:
    """In turn, so that a machine whose speed drifts drifts for all."""
    bare, backlog, whole = [stage.bare()], [], []
    for turn in range(ROUNDS):
        stage.arrived()
        stage.ask("backlog", count=BACKLOG, begin=2 * turn * BACKLOG, type="CustomerChanged")
        with _running(stage.env, "deliver"):
            backlog.append(_rate(stage.arrivals(BACKLOG)))
        with _running(stage.env, "worker"), _running(stage.env, "deliver"):
            stage.ask("events", count=BACKLOG, begin=(2 * turn + 1) * BACKLOG, type="CustomerChanged")
            whole.append(_rate(stage.arrivals(BACKLOG)))
        bare.append(stage.bare())
    base = statistics.median(bare)
    say(f"{'floor: a bare client, 8 connections':<44}{base:8.0f} /s ({_all(bare)})")
    for name, found in (("delivered from a backlog", backlog), ("written, fanned out, delivered", whole)):
        rate = statistics.median(found)
        say(f"{name:<44}{rate:8.0f} /s {rate / base:6.2f} of floor ({_all(found)})")


def _all(rates: Sequence[float]) -> str:
    return ", ".join(f"{one:.0f}" for one in rates)


def _rate(arrived: dict[int, float]) -> float:
    times = sorted(arrived.values())
    return (len(times) - 1) / (times[-1] - times[0])


def _latency(stage: Stage, seconds: float, say: Say) -> None:
    stage.ask(
        "dead",
        receivers=DEAD_RECEIVERS,
        events=DEAD_EVENTS,
        begin=2 * ROUNDS * BACKLOG,
        hanging=stage.hanging,
    )
    alone, beside = [], []
    with _running(stage.env, "worker"), _running(stage.env, "deliver"):
        _one(stage, min(seconds, 5.0))  # warms
        for _ in range(ROUNDS):
            stage.ask("switch", on=False)
            alone.append(_one(stage, seconds))
            stage.ask("switch", on=True)
            beside.append(_one(stage, seconds))
    _tell(f"commit to receiver at {RATE} events/s", alone, say)
    _tell(f"the same beside {DEAD_EVENTS} events of the dead", beside, say)
    ratio = statistics.median(map(_p95, beside)) / statistics.median(map(_p95, alone))
    say(f"{'95 % beside the dead / alone':<44}{ratio:8.2f}")


def _one(stage: Stage, seconds: float) -> list[float]:
    """Milliseconds from commit to receiver of every event of a stretch."""
    stage.arrived()
    committed = stage.ask("verbs", rate=RATE, seconds=seconds)["committed"]
    arrived = stage.arrivals(len(committed))
    return [1000 * (arrived[int(number)] - at) for number, at in committed.items()]


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _tell(name: str, rounds: Sequence[Sequence[float]], say: Say) -> None:
    median = statistics.median(time for one in rounds for time in one)
    each = ", ".join(f"{_p95(one):.0f}" for one in rounds)
    say(f"{name:<44}{median:8.0f} ms median, 95 %: {each} ms ({len(rounds[0])} events each)")


def _environment(home: Path, dsn: str) -> dict[str, str]:
    return {
        **os.environ,
        "GONGDAN_HOME": str(home),
        "DATABASE_URL": dsn,
        "DJANGO_SETTINGS_MODULE": "gongdan.config.settings",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'backend'}",
    }


@contextmanager
def _talking(module: str, env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process that is asked by lines; it ends when its input does."""
    process = subprocess.Popen(
        [sys.executable, "-m", module], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)


@contextmanager
def _running(env: dict[str, str], name: str) -> Iterator[None]:
    """One of the product's processes."""
    process = subprocess.Popen([*GONGDAN, name], env=env, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)
