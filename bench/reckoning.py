"""What `add` and `elapsed` cost over up to a year with a warm calendar.

`python -m bench.reckoning` prints {"add": µs, "elapsed": µs} as JSON; no database is asked.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench import moment

CALLS = 20_000


def medians() -> dict[str, float]:
    """The median of single calls, with the standard calendar and its official tables."""
    import django

    django.setup()
    from gongdan.core.calendar.compiled import Compiled
    from gongdan.core.calendar.definition import from_json
    from gongdan.core.calendar.holidays import official
    from gongdan.core.calendar.standard import DEFINITION

    tables = {year: days for (_, year), days in official().tables.items()}
    calendar = Compiled(from_json(DEFINITION), tables)
    year = calendar.elapsed(moment.OPENED, moment.OPENED + timedelta(days=365))
    dice = random.Random(7)
    starts = [moment.OPENED + timedelta(seconds=dice.randrange(86_400 * 30)) for _ in range(CALLS)]
    amounts = [dice.randrange(year) for _ in range(CALLS)]
    ends = [start + timedelta(seconds=dice.randrange(86_400 * 365)) for start in starts]
    pairs: dict[str, tuple[Callable[..., Any], list[Any]]] = {
        "add": (calendar.add, amounts),
        "elapsed": (calendar.elapsed, ends),
    }
    return {name: _median(call, starts, others) for name, (call, others) in pairs.items()}


def _median(call: Callable[..., Any], starts: list[Any], others: list[Any]) -> float:
    for start, other in zip(starts, others, strict=True):  # warm
        call(start, other)
    times = []
    for start, other in zip(starts, others, strict=True):
        begin = time.perf_counter_ns()
        call(start, other)
        times.append(time.perf_counter_ns() - begin)
    return statistics.median(times) / 1000


if __name__ == "__main__":
    sys.stdout.write(json.dumps(medians()) + "\n")
