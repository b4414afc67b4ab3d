"""Telling people's open desks that their notifications changed.

Lost at worst: then the bell shows it with the next event or when the page is loaded.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

CHANNEL = "gongdan_bell"
MOST = 500  # ids in one notification; PostgreSQL takes 8000 bytes


def ring(staff_ids: Collection[int]) -> None:
    """Ring for these people, when the transaction at hand commits (at once without one)."""
    for begin in range(0, len(staff_ids), MOST):
        some = sorted(staff_ids)[begin : begin + MOST]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, ",".join(map(str, some))])


def heard(payload: str) -> set[int]:
    """The staff ids of a notification."""
    return {int(part) for part in payload.split(",") if part.isdecimal()}
