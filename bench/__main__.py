"""The benchmark: `python -m bench` in the project's environment. Prints a table; docs/benchmarks.md says how to read it.

Each part (`PARTS`) works in a folder of its own: `desk` starts the whole product there, measures PostgreSQL's floor and
the product in turn, and stops it; `clocks` fills databases with running clocks and sweeps them; `webhooks` tells a
receiver of events; `pop` lets calls ring at many open pages; `measures` asks
for a month's figures; `calls` takes in a
busy hotline's signals and finds out who calls.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import calls, client, clocks, floor, measures, pop, webhooks
from bench.product import ROOT, Product, python_memory, running

sys.path.insert(0, str(ROOT / "backend"))
CLIENTS = 8
PROCESS = {"result": "已更换光猫，恢复上网。", "fields": {"answer": "已告知客户。"}}
WORDS = "宽带断了三天，没有人上门。光猫的灯是红的，重启过两次，请尽快派人来看。"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@dataclass
class Bench:
    """What is asked of the product, and what was found."""

    product: Product
    category: str
    seconds: float
    opened: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        say(line)

    def run(self, name: str, step: client.Step, *, clients: int = CLIENTS, count: int = 0) -> client.Measured:
        seconds = 0 if count else self.seconds
        found = client.run(
            name, self.product.port, self.product.token, step, clients=clients, seconds=seconds, count=count
        )
        if found.refused:
            self.say(f"! {name}: {found.refused} of {len(found.times)} were refused")
        return found

    def open_one(self, connection: client.Connection, client_no: int, turn: int) -> int:
        key = f"{os.getpid()}-{client_no}-{turn}-{uuid.uuid4().hex}"
        body = {"category": self.category, "body": WORDS, "requester": {"phone": "010-55501234"}}
        status, answer = connection.post("/tickets", body, key)
        if status == 201:
            self.opened.append(json.loads(answer)["number"])
        return status


def verb_step(numbers: list[str], verb: str, body: dict[str, Any]) -> client.Step:
    """One verb per turn, each on a ticket of its own."""

    def step(connection: client.Connection, client_no: int, turn: int) -> int:
        number = numbers[(turn * CLIENTS + client_no) % len(numbers)]
        return connection.post(f"/tickets/{number}/actions/{verb}", body)[0]

    return step


def get_step(path: Callable[[int], str]) -> client.Step:
    def step(connection: client.Connection, client_no: int, turn: int) -> int:
        return connection.get(path(turn * CLIENTS + client_no))[0]

    return step


def row(name: str, found: client.Measured, base: float | None = None) -> str:
    ratio = f"{100 * found.rate / base:7.1f} %" if base else " " * 9
    return f"{name:<34}{found.rate:9.0f} /s {ratio} {found.median:9.1f} ms {found.percentile(0.95):9.1f} ms"


def verbs(bench: Bench) -> None:
    """Open, accept, append and process beside the floor, which is measured before and after."""
    before = floor.transactions_per_second(bench.product.dsn, seconds=int(bench.seconds))
    opened = bench.run("open", bench.open_one)
    numbers = list(bench.opened)
    count = min(len(numbers), int(opened.rate * bench.seconds))
    accepted = bench.run("accept", verb_step(numbers, "accept", {}), count=count)
    appended = bench.run(
        "append", verb_step(numbers, "append", {"body": "客户补充：今天下午在家。"}), count=count
    )
    processed = bench.run("process", verb_step(numbers, "process", PROCESS), count=count)
    resident, proportional = python_memory(bench.product.pid)
    after = floor.transactions_per_second(bench.product.dsn, seconds=int(bench.seconds))
    base = (before + after) / 2
    bench.say(
        f"{'floor: pgbench, 3 bare inserts':<34}{base:9.0f} /s   ({before:.0f} before, {after:.0f} after)"
    )
    for name, found in (("open", opened), ("accept", accepted), ("append", appended), ("process", processed)):
        bench.say(row(name, found, base))
    bench.say(
        f"memory of all Python processes: {resident:.0f} MiB resident, {proportional:.0f} MiB proportional"
    )


def lists(bench: Bench, size: int) -> None:
    """A page of 50 and a ticket's page: alone for the time in the server, with 8 clients for the rate."""
    recent = bench.opened[-2000:]
    page, ticket = (
        get_step(lambda _: "/tickets?limit=50"),
        get_step(lambda n: f"/tickets/{recent[n % len(recent)]}"),
    )
    alone = bench.run("list", page, clients=1)
    bench.say(row(f"page of 50 from {size}, 1 client", alone))
    bench.say(row(f"page of 50 from {size}, 8 clients", bench.run("list", page)))
    bench.say(row(f"ticket page at {size}, 1 client", bench.run("ticket", ticket, clients=1)))
    bench.say(row(f"ticket page at {size}, 8 clients", bench.run("ticket", ticket)))
    bench.say(
        row(f"to-do list at {size}, 8 clients", bench.run("todo", get_step(lambda _: "/todo/department")))
    )


def grow(bench: Bench, size: int) -> None:
    """Open tickets until there are `size`."""
    missing = size - len(bench.opened)
    if missing > 0:
        found = bench.run("grow", bench.open_one, count=missing)
        bench.say(row(f"open, growing to {size}", found))


def count_statements(bench: Bench) -> None:
    env = {
        **os.environ,
        "GONGDAN_HOME": str(bench.product.home),
        "DJANGO_SETTINGS_MODULE": "gongdan.config.settings",
    }
    env["PYTHONPATH"] = f"{ROOT}:{ROOT / 'backend'}"
    command = [sys.executable, "-m", "bench.statements", bench.product.token, bench.category]
    said = subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout
    counts = json.loads(said.splitlines()[-1])
    bench.say(
        "statements, transaction brackets included: " + ", ".join(f"{n} {c}" for n, c in counts.items())
    )


def desk(home: Path, chosen: argparse.Namespace) -> None:
    """The whole product over HTTP."""
    with running(home, chosen.port) as product:
        bench = Bench(product, chosen.category, chosen.seconds)
        count_statements(bench)
        bench.say(f"{'':<34}{'rate':>12} {'of floor':>9} {'median':>12} {'95 %':>12}")
        grow(bench, 1_000)
        lists(bench, 1_000)
        verbs(bench)
        grow(bench, chosen.tickets)
        lists(bench, chosen.tickets)
        resident, proportional = python_memory(product.pid)
        bench.say(f"memory at the end: {resident:.0f} MiB resident, {proportional:.0f} MiB proportional")


def time_that_counts(home: Path, chosen: argparse.Namespace) -> None:
    """Clocks and cards, without the web."""
    clocks.measure(home, chosen.running, chosen.due, say, profile=chosen.profile)


def listening(home: Path, chosen: argparse.Namespace) -> None:
    """Webhooks: the worker and the deliver process, without the web."""
    webhooks.measure(home, chosen.seconds, say)


def popping(home: Path, chosen: argparse.Namespace) -> None:
    """The screen pop, from the exchange's signal to the agent's page."""
    pop.measure(home, chosen.port, chosen.agents, chosen.calls, chosen.rate, say)


def taking_calls(home: Path, chosen: argparse.Namespace) -> None:
    """Signals taken in, and finding out who calls, without the web."""
    calls.measure(home, say, profile=chosen.profile)


def measuring(home: Path, chosen: argparse.Namespace) -> None:
    """The measures of the line, without the web."""
    measures.measure(home, say)


PARTS = {
    "desk": desk,
    "clocks": time_that_counts,
    "webhooks": listening,
    "pop": popping,
    "measures": measuring,
    "calls": taking_calls,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", help=f"what is measured: {', '.join(PARTS)}; everything if left out"
    )
    parser.add_argument(
        "--tickets", type=int, default=100_000, help="how many tickets the lists are measured with"
    )
    parser.add_argument(
        "--seconds", type=float, default=10, help="how long each measurement of the desk takes"
    )
    parser.add_argument("--port", type=int, default=8690)
    parser.add_argument("--category", default="fee_query", help="a category whose flow is one task")
    parser.add_argument("--running", type=int, default=1_000_000, help="how many clocks run")
    parser.add_argument("--due", type=int, default=1_000, help="how many of them are due at once")
    parser.add_argument("--agents", type=int, default=500, help="how many pages are open for calls to pop up")
    parser.add_argument("--calls", type=int, default=200, help="how many calls pop up")
    parser.add_argument("--rate", type=float, default=2.0, help="how many of them a second")
    parser.add_argument("--profile", action="store_true", help="say where the time of firing goes")
    chosen = parser.parse_args()
    for part in chosen.parts or PARTS:
        if part not in PARTS:
            parser.error(f"there is no part {part}; there are {', '.join(PARTS)}")
        with tempfile.TemporaryDirectory(prefix="gongdan-bench-") as folder:
            PARTS[part](Path(folder), chosen)


if __name__ == "__main__":
    main()
