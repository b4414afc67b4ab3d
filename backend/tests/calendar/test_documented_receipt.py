"""The receipt that docs/time.md explains line by line is the one the product reckons."""

from __future__ import annotations

import re
from datetime import timedelta

from gongdan.core.calendar.compiled import Compiled
from gongdan.core.calendar.definition import from_json
from gongdan.core.calendar.holidays import official
from gongdan.core.calendar.standard import DEFINITION
from gongdan.core.sla import clock
from tests.calendar.samples import at
from tests.house.sources import PROJECT

LINE = re.compile(
    r"\| \d+ \| \w+ (\d\d-\d\d \d\d:\d\d) \| \w+ (\d\d-\d\d \d\d:\d\d) \| (yes|no) \| (\w+) \| ([\d,]+) \|"
)
LIMIT = 135_000
YELLOW = LIMIT - 27_000


def standard() -> Compiled:
    return Compiled(from_json(DEFINITION), {year: days for (_, year), days in official().tables.items()})


def documented_clock() -> clock.Segments:
    running = clock.started(at("2025-09-26 16:30"))
    waiting = clock.paused(running, at("2025-09-29 10:00"), "customer")
    return clock.resumed(waiting, at("2025-09-30 14:00"))


def test_every_line_and_every_sum() -> None:
    page = (PROJECT / "docs" / "time.md").read_text()
    written = [
        (at(f"2025-{start}"), at(f"2025-{end}"), counted == "yes", why, int(seconds.replace(",", "")))
        for start, end, counted, why, seconds in LINE.findall(page)
    ]
    spans = clock.receipt(documented_clock(), standard(), at("2025-10-10 11:00"))
    assert written == [(one.start, one.end, one.counted, one.why, one.seconds) for one in spans]
    sums = clock.sums(spans)
    assert sums == {"counted": 84_600, "outside": 1_004_400, "paused": 100_800, "whole": 1_189_800}
    assert all(f"{seconds:,}" in page for seconds in sums.values())


def test_when_it_is_due_and_warned_of() -> None:
    calendar = standard()
    assert 5 * calendar.day_seconds == LIMIT
    assert calendar.day_seconds == timedelta(hours=7.5).total_seconds()
    assert clock.moment_of(documented_clock(), calendar, LIMIT) == at("2025-10-13 10:00")
    assert clock.moment_of(documented_clock(), calendar, YELLOW) == at("2025-10-11 10:00")
