"""A log that was dumped and restored into another PostgreSQL, whose transaction ids begin anew.

Promise: after `adopt()` the feed's order holds again. The restored records carry ids the new server has not reached:
they would not be shown, and new events would sort before them, behind every reader's cursor. So the server's ids are
moved on beyond them, by empty transactions (a few microseconds each). Nothing in the log changes.
"""

from __future__ import annotations

from django.db import connection


def adopt() -> int:
    """Move the transaction ids on if need be; returns by how many. Call before anything is appended, outside
    any transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(xact), 0) FROM outbox_eventrecord")
        highest = int(cursor.fetchone()[0])
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        missing = highest - int(cursor.fetchone()[0])
        if missing > 0:
            cursor.execute(_MOVE_ON, [highest])
    return max(0, missing)


_MOVE_ON = """
DO $$ BEGIN
  WHILE pg_current_xact_id()::text::bigint <= %s LOOP
    COMMIT;
  END LOOP;
END $$"""
