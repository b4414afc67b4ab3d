"""The screen pop through the real push path: from the exchange's signal to the pop on an agent's page.

The whole product runs as `./run` starts it. So many agents are signed in, each with a page whose stream is open; calls
ring at one after the other, and each page asks for what a page asks for. The exchange and the pages share the machine's
cores with the product.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.product import ROOT, Product, running

USER, SECRET = "gongdan", "gongdan-demo"  # of the demo's systems
GOAL = 300.0  # ms, 95 %
Say = Callable[[str], None]


def measure(home: Path, port: int, agents: int, calls: int, rate: float, say: Say) -> None:
    """`calls` at `rate` a second, at `agents` people in turn."""
    with running(home, port, patience=600) as product:
        exchange = _free_port()
        made = _stage(product, agents=agents, port=exchange, secret=SECRET)
        wish = {
            "base": f"http://127.0.0.1:{port}/api/v1", "port": exchange, "username": USER, "secret": SECRET,
            "calls": calls, "rate": rate, **made,
        }  # fmt: skip
        told = home / "pop.json"
        told.write_text(json.dumps(wish))
        said = _python(product, "bench.pop_clients", str(told))
    times: list[list[float]] = said["times"]
    say(f"{len(times)} of {calls} calls popped up at {said['pages']} open pages, {rate:g} calls a second")
    for name, place in (("signal to bell", 0), ("signal to /phone/me", 1), ("signal to pop", 2)):
        say(_row(name, [1000 * one[place] for one in times]))
    for why in said["failed"][:3]:
        say(f"! a page failed: {why}")
    if times:
        missed = _at([1000 * one[2] for one in times], 0.95) > GOAL
        say(f"goal: 95 % within {GOAL:g} ms: {'missed' if missed else 'reached'}")


def _row(name: str, times: Sequence[float]) -> str:
    if not times:
        return f"{name:<28} nothing"
    figures = (statistics.median(times), _at(times, 0.95), _at(times, 0.99), max(times))
    return f"{name:<28}" + "".join(
        f"{value:9.0f} ms {words}"
        for value, words in zip(figures, ("median", "95 %", "99 %", "longest"), strict=True)
    )


def _at(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _stage(product: Product, **arguments: Any) -> dict[str, Any]:
    return _python(product, "bench.pop_stage", json.dumps(arguments))


def _python(product: Product, module: str, argument: str) -> dict[str, Any]:
    """What a process of ours says on its last line."""
    env = {
        **os.environ,
        "GONGDAN_HOME": str(product.home),
        "DJANGO_SETTINGS_MODULE": "gongdan.config.settings",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'backend'}",
    }
    env.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", module, argument]
    done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
