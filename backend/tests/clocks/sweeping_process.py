"""A process that sweeps: says "ready", waits for a line, lets clocks fire until nothing is due, says how many."""

from __future__ import annotations

import sys

import django

django.setup()

from gongdan.config import rooms  # noqa: E402
from gongdan.core.tickets.firing import Sweeper  # noqa: E402

rooms.load()
sweeper = Sweeper()
sweeper.sweep()  # nothing is due yet; what a process reads once is read
print("ready", flush=True)  # noqa: T201
sys.stdin.readline()
print(sum(iter(sweeper.sweep, 0)), flush=True)  # noqa: T201
