"""The steps of the calls' benchmark that need the product's code; each is a process: `… calls_stage STEP JSON`.

Says what it has to say as JSON on its last line.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bench import calls_day

CUSTOMERS = 250_000
CONTACTS = 1_000_000
FINDINGS = 400  # of each form
WARM = 40
# Of four contacts of each customer: two mobiles, a landline with area code (every fifth with an extension), and a
# landline as neighbours write it. `i` counts all contacts.
FILL_CUSTOMERS = """INSERT INTO customers_customer ({columns}) SELECT {values} FROM customers_customer one,
generate_series(2, {count}) AS n WHERE one.id = %s"""
FILL_CONTACTS = """INSERT INTO customers_contact (customer_id, kind, value, label, e164, extension, reversed, folded, "primary")
SELECT first + i / 4, 'phone', written, '', CASE WHEN kind < 3 THEN '+' || digits END, extension, reverse(digits), '', false
FROM (SELECT i, i %% 4 AS kind, CASE i %% 4
  WHEN 3 THEN (20000000 + i / 4)::text
  WHEN 2 THEN '8610' || (60000000 + i / 4)::text
  ELSE '86' || (13800000000 + i)::text END AS digits,
  CASE WHEN i %% 20 = 2 THEN '801' ELSE '' END AS extension,
  CASE i %% 4 WHEN 3 THEN (20000000 + i / 4)::text WHEN 2 THEN '010-' || (60000000 + i / 4)::text
  ELSE (13800000000 + i)::text END AS written, %s::bigint AS first
  FROM generate_series(0, {count} - 1) AS i) AS made"""
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
# How a number is asked for, and of which contact (its place among a customer's four).
FORMS: dict[str, tuple[int, Callable[[int], str]]] = {
    "13800000000": (0, lambda i: str(13800000000 + i)),
    "+86 138-0000-0000": (1, lambda i: f"+86 {_grouped(str(13800000000 + i))}"),
    "008613800000000": (0, lambda i: f"0086{13800000000 + i}"),
    "full-width digits": (1, lambda i: str(13800000000 + i).translate(WIDE)),
    "010-60000000": (2, lambda i: f"010-{60000000 + i // 4}"),
    "(010) 60000000 转 801": (2, lambda i: f"(010) {60000000 + i // 4} 转 801"),
    "60000000, no area code": (2, lambda i: str(60000000 + i // 4)),
    "010-20000000, kept without": (3, lambda i: f"010-{20000000 + i // 4}"),
    "nobody's": (0, lambda i: str(18900000000 + i)),
}


def _grouped(number: str) -> str:
    return f"{number[:3]}-{number[3:7]}-{number[7:]}"


def prepare() -> dict[str, Any]:
    """Migrate; a department, agents at their extensions, a telephone system."""
    from django.core.management import call_command

    from gongdan.core.interactions.models import Extension, Presence, TelephoneSystem
    from gongdan.core.staff.models import Department, Staff

    call_command("migrate", interactive=False, verbosity=0)
    department = Department.objects.create(code="bench", name="Hotline")
    system = TelephoneSystem.objects.create(code="bench", name="Bench", dialect="asterisk")
    now = datetime.now(UTC)
    numbers = [str(number) for number in range(8000, 8000 + calls_day.AGENTS)]
    people = Staff.objects.bulk_create(
        Staff(username=f"b{one}", name=f"Agent {one}", department=department) for one in numbers
    )
    places = Extension.objects.bulk_create(Extension(system=system, number=one) for one in numbers)
    Presence.objects.bulk_create(
        Presence(staff=one, state="ready", since=now, extension=place)
        for one, place in zip(people, places, strict=True)
    )
    return {"system": system.pk}


def fill() -> dict[str, Any]:
    """A million contacts of a quarter of a million customers, by SQL: copies of one that was recorded by its verb."""
    from django.db import connection

    from gongdan.core.customers.actions import create_customer
    from gongdan.core.customers.models import Customer
    from gongdan.kernel.actor import system

    first = create_customer({"name": "李明"}, actor=system("bench")).customer_id
    columns = [str(field.column) for field in Customer._meta.concrete_fields]
    values = [
        "one.id + n - 1" if name == "id" else "NULL" if name == "external_id" else f"one.{name}"
        for name in columns
    ]
    begin = time.perf_counter()
    with connection.cursor() as cursor:
        text = FILL_CUSTOMERS.format(columns=", ".join(columns), values=", ".join(values), count=CUSTOMERS)
        cursor.execute(text, [first])
        cursor.execute(FILL_CONTACTS.format(count=CONTACTS), [first])
        cursor.execute("VACUUM ANALYZE customers_contact, customers_customer")
    return {"contacts": CONTACTS, "seconds": time.perf_counter() - begin}


def finding() -> dict[str, Any]:
    """Milliseconds of `customers_by_number`, by form: (median, 95 %), each number asked for once."""
    from gongdan.core.customers.find import customers_by_number

    chance, found = random.Random(7), {}
    for form, (kind, written) in FORMS.items():
        times = []
        for turn in range(WARM + FINDINGS):
            text = written(4 * chance.randrange(CONTACTS // 4) + kind)
            begin = time.perf_counter()
            matches = customers_by_number(text)
            if turn >= WARM:
                times.append(1000 * (time.perf_counter() - begin))
            if (form == "nobody's") == bool(matches):
                raise RuntimeError(f"{text}: {len(matches)} found.")
        found[form] = (statistics.median(times), sorted(times)[int(0.95 * len(times))])
    return found


def taking(
    system: int, seconds: int, run: str, *, profile: bool = False, pace: bool = False
) -> dict[str, Any]:
    """Take in so many seconds of the hotline at its busiest, as fast as can be or at their own pace.

    Before, unmeasured, come the seconds in which it fills, and after them nothing. `late`: by how many seconds a batch
    was done after it had come, at most, with `pace`.
    """
    from gongdan.core.interactions.actions.take_in import take_in

    batches = calls_day.batches(calls_day.LONGEST + seconds, datetime.now(UTC), run)
    busy = calls_day.PER_SECOND * calls_day.LONGEST
    for batch in batches[:busy]:
        take_in(system, batch)
    measured = batches[busy : busy + calls_day.PER_SECOND * seconds]
    profiler = cProfile.Profile() if profile else None
    begin, used, late = time.perf_counter(), _cpu(), 0.0
    if profiler:
        profiler.enable()
    for place, batch in enumerate(measured, 1):
        come = begin + place / calls_day.PER_SECOND
        if pace:
            time.sleep(max(0.0, come - time.perf_counter()))
        take_in(system, batch)
        late = max(late, time.perf_counter() - come)
    took, cpu, count = time.perf_counter() - begin, _cpu() - used, sum(map(len, measured))
    if profiler:
        profiler.disable()
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(40)
    return {"signals": count, "seconds": took, "rate": count / took, "late": late, "cpu": cpu}


def _cpu() -> float:
    """Seconds of processor time so far, of this process and of the one that serves it in the database."""
    from pathlib import Path

    from django.db import connection

    connection.ensure_connection()
    own, served = os.times(), Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    return (
        own.user
        + own.system
        + sum(map(int, served.rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")
    )


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "prepare": prepare,
    "fill": fill,
    "finding": finding,
    "taking": taking,
}


def main() -> None:
    import django

    django.setup()
    said = STEPS[sys.argv[1]](**json.loads(sys.argv[2]))
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
