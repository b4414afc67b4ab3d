"""Ticket numbers: the day and a count, e.g. 20261122-000123.

One database sequence counts for all days; a day's first ticket notes the value it began at. So numbers rise in the
order of opening, two processes never wait for each other, and a rolled-back ticket leaves a gap, nothing worse.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from gongdan.kernel import sql

_NEXT = "SELECT nextval('ticket_number'), nextval('tickets_ticket_id_seq')"
_NOTE = "INSERT INTO tickets_numberday (day, base) VALUES (%s, %s) ON CONFLICT (day) DO NOTHING"
_READ = "SELECT base FROM tickets_numberday WHERE day = %s"
_bases: dict[date, int] = {}


def next_number(at: datetime) -> tuple[int, str]:
    """A new ticket's id and number. One statement, but for a day's first ticket in this process."""
    day = timezone.localdate(at)
    base = _bases.get(day)
    if base is None:
        base = _base(day)
    ((count, ticket_id),) = sql.execute(_NEXT)
    return ticket_id, f"{day:%Y%m%d}-{count - base:06d}"


def _base(day: date) -> int:
    """The day's base, noted before its first count is drawn, and remembered only once it is committed."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [day])
        row = cursor.fetchone()
        if row is None:
            cursor.execute("SELECT nextval('ticket_number')")
            cursor.execute(_NOTE, [day, cursor.fetchone()[0]])
            cursor.execute(_READ, [day])
            row = cursor.fetchone()
    base = int(row[0])
    transaction.on_commit(lambda: _bases.__setitem__(day, base))
    return base
