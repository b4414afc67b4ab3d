"""How far readers of the feed are behind, counted with an end: for the page that shows every consumer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from gongdan.kernel import clock
from gongdan.outbox.feed import Cursor

MOST = 1000  # events counted


@dataclass(frozen=True, slots=True)
class Lag:
    """`events` not read yet, MOST at most (`more`: there are more); `seconds` since the oldest of them happened."""

    events: int
    more: bool
    seconds: float


def lags(places: Mapping[str, Cursor]) -> dict[str, Lag]:
    """The lag of everyone, by name. One statement, none for nobody."""
    if not places:
        return {}
    cursors = list(places.values())
    parameters: list[Any] = [
        list(places),
        [one.xact for one in cursors],
        [one.id for one in cursors],
        MOST + 1,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND, parameters)
        rows = cursor.fetchall()
    return {name: _lag(count, oldest) for name, count, oldest in rows}


def _lag(count: int, oldest: datetime | None) -> Lag:
    seconds = (clock.now() - oldest).total_seconds() if oldest else 0.0
    return Lag(min(count, MOST), count > MOST, max(0.0, round(seconds, 3)))


_BEHIND = """
SELECT place.name, behind.count, behind.oldest
FROM unnest(%s::text[], %s::bigint[], %s::bigint[]) AS place(name, xact, id)
CROSS JOIN LATERAL (
  SELECT count(*), min(at) AS oldest FROM (
    SELECT at FROM outbox_eventrecord e
    WHERE e.xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint AND (e.xact, e.id) > (place.xact, place.id)
    ORDER BY e.xact, e.id LIMIT %s) counted) behind"""
