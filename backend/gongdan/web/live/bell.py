"""Telling people's open desks that their notifications or their calls changed, past the feed.

Lost at worst: then it shows with the next event or when the page looks anew. A ringing phone goes this way because the
feed waits for the oldest transaction to end.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

CHANNEL = "gongdan_bell"
PHONE = "gongdan_phone"  # the same for calls and presence
MOST = 500  # ids in one notification; PostgreSQL takes 8000 bytes


def ring(staff_ids: Collection[int], channel: str = CHANNEL) -> None:
    """Ring for these people, when the transaction at hand commits (at once without one)."""
    for begin in range(0, len(staff_ids), MOST):
        some = sorted(staff_ids)[begin : begin + MOST]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [channel, ",".join(map(str, some))])


def heard(payload: str) -> set[int]:
    """The staff ids of a notification."""
    return {int(part) for part in payload.split(",") if part.isdecimal()}
