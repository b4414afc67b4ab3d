"""Fills a database with copies of the template tickets by SQL, until so many clocks run.

Copied are tickets, work items, clocks and events, with every index a real one has. What runs would fire one after the
other while the benchmark lasts, so copies fire some time in the next month; only those chosen at random for a round are
due then. The copies' events keep the templates' hashes: the trail of such a database proves nothing.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

import psycopg

from bench import moment

TABLES = ("tickets_ticket", "tickets_workitem", "tickets_clock", "outbox_eventrecord")
FLOOR = -1  # the round of those that pgbench changes


def fill(dsn: str, templates: Sequence[int], clocks: int, rounds: Mapping[int, int]) -> int:
    """Make copies until about `clocks` run; `rounds` says how many are due in each round. Answers how many run."""
    with psycopg.connect(dsn, autocommit=True) as db:
        db.execute("SET session_replication_role = replica")  # copies refer to what the templates refer to
        db.execute("SET synchronous_commit = off")
        ids = list(templates)
        running = _count(db)
        copies = max(1, -(-clocks // running))
        base = max(ids)
        _choose(db, base, copies * len(ids), rounds)
        _originals(db, ids)
        step = 500
        for first in range(0, copies, step):
            _copy(db, base, first, min(copies, first + step), len(ids))
        for table in TABLES:
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            db.execute(f"SELECT setval({sequence}, max(id)) FROM {table}")  # noqa: S608  constants only
        db.execute("UPDATE tickets_clock SET next_fire_at = NULL WHERE ticket_id = ANY(%s)", [ids])
        db.execute("VACUUM (ANALYZE)")
        return _count(db)


def _count(db: psycopg.Connection) -> int:
    row = db.execute("SELECT count(*) FROM tickets_clock WHERE next_fire_at IS NOT NULL").fetchone()
    assert row is not None
    return int(row[0])


def _choose(db: psycopg.Connection, base: int, tickets: int, rounds: Mapping[int, int]) -> None:
    """Who is due when: tickets at random, each in one round."""
    chosen = random.Random(7).sample(range(base + 1, base + 1 + tickets), sum(rounds.values()))
    db.execute("CREATE TABLE bench_due (ticket_id bigint PRIMARY KEY, round int, place int, at timestamptz)")
    with db.cursor() as cursor, cursor.copy("COPY bench_due FROM STDIN") as copy:
        for number, count in rounds.items():
            for place in range(count):
                copy.write_row((chosen.pop(), number, place, _due(number)))


def _due(number: int) -> datetime | None:
    return None if number == FLOOR else moment.look(number) - moment.BETWEEN_LOOKS / 2


def _originals(db: psycopg.Connection, ids: list[int]) -> None:
    db.execute(
        "CREATE TABLE bench_rank AS SELECT id, row_number() OVER (ORDER BY id) AS rank"
        " FROM unnest(%s::bigint[]) AS id",
        [ids],
    )


def _copy(db: psycopg.Connection, base: int, first: int, beyond: int, width: int) -> None:
    """Copies number `first` to before `beyond` of every template, in the order they might have been opened in."""
    every = f"generate_series({first}, {beyond - 1}) AS turn CROSS JOIN bench_rank r"
    new = f"({base} + turn * {width} + r.rank)"
    moved = {
        "tickets_ticket": {"id": new, "number": f"'B' || {new}", "external_id": "NULL"},
        "tickets_workitem": {"ticket_id": new},
        "tickets_clock": {"ticket_id": new, "next_fire_at": _FIRE},
        "outbox_eventrecord": {"subject_id": new},
    }
    joins = {
        "tickets_ticket": "JOIN tickets_ticket t ON t.id = r.id",
        "tickets_workitem": "JOIN tickets_workitem t ON t.ticket_id = r.id",
        "tickets_clock": f"JOIN tickets_clock t ON t.ticket_id = r.id LEFT JOIN bench_due d ON d.ticket_id = {new}",
        "outbox_eventrecord": "JOIN outbox_eventrecord t ON t.subject = 'ticket' AND t.subject_id = r.id",
    }
    for table in TABLES:
        columns = [name for name in _columns(db, table) if name != "id" or table == "tickets_ticket"]
        values = ", ".join(moved[table].get(name, f't."{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        chosen = f"SELECT {values} FROM {every} {joins[table]} ORDER BY turn, r.rank, t.id"  # noqa: S608
        db.execute(f"INSERT INTO {table} ({names}) {chosen}")


_FIRE = f"""CASE WHEN t.next_fire_at IS NULL THEN NULL WHEN t.kind = 'node' AND d.at IS NOT NULL THEN d.at
ELSE '{moment.OPENED.isoformat()}'::timestamptz + interval '1 day' + random() * interval '30 days' END"""


def _columns(db: psycopg.Connection, table: str) -> list[str]:
    rows = db.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in rows]
