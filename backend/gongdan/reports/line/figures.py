"""The line's measures as an answer: totals and rows. Reads what was counted in SQL, asks no rights."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gongdan.reports.line import presence, statements
from gongdan.reports.line.contracts import Asked, Rules, Sums, measures


def counted(asked: Asked, rules: Rules) -> tuple[Sums, dict[str, Sums]]:
    """What was counted in all, and by key. Whatever cannot be split so is counted for the whole only."""
    whole = replace(asked, by="none")
    ways = [(statements.of_parts, asked)]
    if whole.of_line:
        ways.append((statements.of_offers, asked if asked.of_line else whole))
    if whole.of_presence:
        ways.append((presence.staffed, asked if asked.of_presence else whole))
        ways.append((presence.person_days, asked if asked.of_presence and asked.by != "hour" else whole))
    total, found = Sums(), dict[str, Sums]()
    for count, way in ways:
        for key, sums in count(way, rules).items():
            total.add(sums)
            if way.by == asked.by:
                found.setdefault(key, Sums()).add(sums)
    return total, found


def answer(asked: Asked, rules: Rules) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The measures of everything asked for, and those by key, in the keys' order; none when nothing is split."""
    total, found = counted(asked, rules)
    whole = replace(asked, by="none")
    rows = [
        {"key": key, **measures(found[key], rules, asked, service_seconds(asked, rules, key))}
        for key in sorted(found)
    ]
    return measures(total, rules, whole, service_seconds(whole, rules)), [] if asked.by == "none" else rows


def service_seconds(asked: Asked, rules: Rules, key: str = "") -> int | None:
    """The X of the service level, if all queues counted have the same."""
    queue = key if asked.by == "queue" else asked.queue
    if queue is None:
        seconds = set(rules.service.values()) or {rules.service_seconds}
    else:
        seconds = {limit for (_, name), limit in rules.service.items() if name == queue}
    return seconds.pop() if len(seconds) == 1 else rules.service_seconds if not seconds else None
