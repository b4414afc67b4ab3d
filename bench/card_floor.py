"""The floor of firing: pgbench making the same changes in SQL, fifty tickets a transaction as the sweep does.

Per ticket: its row and one clock's are updated, a card and an event are inserted, in the same tables with the same
indexes. Nothing is reckoned, chained or chosen.
"""

from __future__ import annotations

import re
import subprocess
import tempfile

import psycopg

from bench.filling import FLOOR
from bench.floor import pgbench

BATCH = 50
WHICH = f"bench_due d WHERE d.round = {FLOOR} AND d.place / {BATCH} = :turn"
SCRIPT = f"""SELECT nextval('bench_turn') AS turn \\gset
BEGIN;
UPDATE tickets_ticket t SET card = 'yellow', version = version + 1, event_seq = event_seq + 1, updated_at = now()
 FROM {WHICH} AND t.id = d.ticket_id;
UPDATE tickets_clock c SET stage = stage + 1, next_fire_at = next_fire_at + interval '1 hour'
 FROM {WHICH} AND c.ticket_id = d.ticket_id AND c.kind = 'node';
INSERT INTO tickets_card (ticket_id, clock_id, clock_kind, node, colour, step, state, department_id, due_at,
 issued_at, appeal_reason, decision_reason)
 SELECT d.ticket_id, c.id, c.kind, c.node, 'yellow', 1, 'issued', 1, now(), now(), '', ''
 FROM tickets_clock c, {WHICH} AND c.ticket_id = d.ticket_id AND c.kind = 'node';
INSERT INTO outbox_eventrecord (subject, subject_id, seq, type, version, actor, at, data, previous_hash, hash)
 SELECT 'ticket', t.id, t.event_seq, 'CardIssued', 1, '{{"kind": "system"}}', now(),
 '{{"colour": "yellow", "clock": "node", "node": "verify", "step": 1, "department": "客服中心"}}', t.head_hash,
 t.head_hash FROM tickets_ticket t, {WHICH} AND t.id = d.ticket_id;
END;
"""  # noqa: S608  constants only


def cards_per_second(dsn: str, cards: int, *, part: int) -> float:
    """Two clients change `cards` tickets of the floor's, the `part`-th so many (from 0)."""
    turns = cards // BATCH
    with psycopg.connect(dsn, autocommit=True) as db:
        db.execute("CREATE INDEX IF NOT EXISTS bench_due_turn ON bench_due (round, (place / 50))")
        db.execute("ANALYZE bench_due")
        db.execute("CREATE SEQUENCE IF NOT EXISTS bench_turn MINVALUE 0")
        db.execute(f"ALTER SEQUENCE bench_turn RESTART WITH {part * turns}")
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT)
        script.flush()
        clients = ["-c", "2", "-j", "2", "-t", str(turns // 2)]
        command = [str(pgbench()), "-n", "-M", "prepared", *clients, "-f", script.name, dsn]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"tps = ([0-9.]+)", said)
    if found is None:
        raise RuntimeError("pgbench did not say its tps.")
    return float(found[1]) * BATCH
