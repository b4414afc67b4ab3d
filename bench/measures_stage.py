"""The step of the measures' benchmark that needs the product's code: `python -m bench.measures_stage`.

Fills an empty database, asks, and says the seconds of each question as JSON on its last line.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

PEOPLE, CALLS, TURNS = 200, 300_000, 5
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
# A call every 4.3 s from eight o'clock, each on one of thirty days; every tenth is outbound.
_BEGAN = "(timestamptz '2026-10-01 08:00+08' + (i %% 30) * interval '1 day' + (i / 30) * interval '4.3 s')"
_CALLS = f"""INSERT INTO interactions_call (system_id, key, direction, caller_id, dialled, line, customer_number, chosen,
  queue, menu, stays, talks, phase, outcome, began_at, answered_at, ended_at, ended_by, closed_by_us, waiting_seconds,
  talk_seconds, hold_seconds, agent_id, department_id, disposition, disposition_note, version, event_seq, head_hash)
SELECT %s, 'k' || i, CASE WHEN i %% 10 = 0 THEN 'outbound' ELSE 'inbound' END, '13800000000', '95000', '95000',
  '+8613800000000', false, CASE WHEN i %% 10 = 0 THEN '' ELSE 'q' || i %% 5 END, '[]', '[]', '[]', 'ended', 'answered',
  {_BEGAN}, {_BEGAN} + interval '20 s', {_BEGAN} + interval '200 s', 'customer', false, 20, 170, 10,
  (%s::bigint[])[1 + i %% {PEOPLE}], %s, '', '', 1, 0, '' FROM generate_series(0, {CALLS - 1}) i"""  # noqa: S608  constants only
_REST = (
    """INSERT INTO interactions_queueentry (call_id, seq, system_id, queue, entered_at, left_at, waited_seconds, outcome)
SELECT id, 1, system_id, queue, began_at, began_at + interval '20 s', (id % 60)::int,
  CASE WHEN id % 12 = 0 THEN 'abandoned' ELSE 'answered' END FROM interactions_call WHERE direction = 'inbound'""",
    """INSERT INTO interactions_callpart (call_id, seq, system_id, extension, leg, staff_id, department_id, direction,
  queue, rang_at, answered_at, ended_at, outcome, ring_seconds, talk_seconds, hold_seconds, wrap_up_seconds,
  transferred_to, transfer_mode)
SELECT id, 1, system_id, '801', 'l', agent_id, department_id, direction, queue, began_at + interval '10 s',
  answered_at, ended_at, 'answered', 10, 170, 10, 30, '', '' FROM interactions_call""",
    """INSERT INTO interactions_presencespan (staff_id, state, reason, began_at, ended_at)
SELECT staff_id, 'wrap_up', '', ended_at, ended_at + interval '1 s' FROM interactions_callpart
UNION ALL SELECT staff_id, 'ready', '', ended_at + interval '1 s', coalesce(lead(ended_at) OVER (
  PARTITION BY staff_id ORDER BY ended_at), ended_at + interval '2 s') FROM interactions_callpart""",
    "ANALYZE",
)


def fill() -> None:
    """Far more than signals could tell in a short time."""
    from django.core.management import call_command
    from django.db import connection

    from gongdan.core.interactions.models import TelephoneSystem
    from gongdan.core.staff.models import Department, Staff

    call_command("migrate", interactive=False, verbosity=0)
    here = Department.objects.create(code="line", name="热线")
    Department.objects.filter(pk=here.pk).update(path=f"{here.pk}.")
    people = Staff.objects.bulk_create(
        Staff(username=f"p{place}", name=f"坐席{place}", department=here) for place in range(PEOPLE)
    )
    system = TelephoneSystem.objects.create(code="pbx", name="PBX", dialect="http")
    with connection.cursor() as cursor:
        cursor.execute(_CALLS, [system.pk, [one.pk for one in people], here.pk])
        for statement in _REST:
            cursor.execute(statement)


def questions() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every question a page asks: the measures split each way, and the newest calls behind a number."""
    from gongdan.reports.line import drill, figures
    from gongdan.reports.line.contracts import Asked, By, Rules

    rules = Rules(5, 300, 70, {(1, f"q{place}"): 20 for place in range(5)})
    now = datetime(2026, 11, 2, tzinfo=UTC)
    splits: tuple[By, ...] = ("none", "queue", "person", "hour", "day")
    for by in splits:
        asked = Asked(since=FIRST, until=LAST, now=now, zone="Asia/Shanghai", by=by)
        yield f"a month, by {by}", partial(figures.answer, asked, rules)
        day = Asked(since=LAST, until=LAST, now=now, zone="Asia/Shanghai", by=by)
        yield f"a day, by {by}", partial(figures.answer, day, rules)
    month = Asked(since=FIRST, until=LAST, now=now, zone="Asia/Shanghai")
    for measure in ("abandoned", "handled"):
        yield (
            f"a month's {measure}, the newest 50",
            partial(drill.counted, measure, month, rules, hour=None, before=None, limit=51),
        )


def main() -> None:
    import django

    django.setup()
    fill()
    found: dict[str, list[float]] = {}
    for name, ask in questions():
        for _ in range(TURNS):
            begun = time.perf_counter()
            ask()
            found.setdefault(name, []).append(time.perf_counter() - begun)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
