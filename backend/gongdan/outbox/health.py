"""Every consumer of the log that runs in the worker: how far it is, whether it lives, what it could not handle.

Promise: also those that were renamed or removed are seen (`orphaned`: no release here knows them, nobody runs them)
and can be removed with what they parked, so that it does not stay for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from gongdan.kernel.errors import Conflict, NotFound
from gongdan.outbox import lag
from gongdan.outbox.feed import Cursor
from gongdan.outbox.lag import MOST, Lag
from gongdan.outbox.relay import LOCK_CLASS, lock_key
from gongdan.outbox.subscribe import CONSUMERS


@dataclass(frozen=True, slots=True)
class Health:
    """`alive`: some worker owns it. `moved_at` is None before its first run. `parked` (to be tried again)
    and `dead` stop at MOST."""

    name: str
    alive: bool
    orphaned: bool
    lag: Lag
    moved_at: datetime | None
    parked: int
    dead: int


def consumers() -> list[Health]:
    """All of them by name: those the code knows and those that left a cursor. Two statements."""
    names = sorted(CONSUMERS)
    rows = _rows(_STANDING, [LOCK_CLASS, MOST, MOST, names])
    behind = lag.lags({name: Cursor(xact, id_) for name, xact, id_, *_ in rows})
    owned = {name for name, _xact, _id, _moved, keys, *_ in rows if lock_key(name) % 2**32 in keys}
    return [
        Health(
            name,
            name in owned,
            name not in CONSUMERS and name not in owned,
            behind[name],
            moved,
            parked,
            dead,
        )
        for name, _xact, _id, moved, _keys, parked, dead in rows
    ]


def remove(name: str) -> None:
    """Forget an orphaned consumer: its cursor and its parked events. Raises NotFound("unknown_listener"), and
    Conflict("listener_in_use") while the code knows it or somebody runs it."""
    with transaction.atomic():
        free = (
            name not in CONSUMERS
            and _rows("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK_CLASS, lock_key(name)])[0][0]
        )
        if not free:
            raise Conflict("listener_in_use", f"The listener “{name}” is in use.", name=name)
        parked = _rows("DELETE FROM outbox_parkedevent WHERE consumer = %s RETURNING 1", [name])
        cursor = _rows("DELETE FROM outbox_consumercursor WHERE name = %s RETURNING 1", [name])
        if not parked and not cursor:
            raise NotFound("unknown_listener", f"There is no listener “{name}”.", name=name)


# An advisory lock of two numbers shows in pg_locks as (classid, objid), unsigned.
_STANDING = """
WITH owned AS (
  SELECT coalesce(array_agg(objid::bigint), '{}') AS keys FROM pg_locks
  WHERE locktype = 'advisory' AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND classid::bigint = %s)
SELECT name, coalesce(c.xact, 0), coalesce(c.event_id, 0), c.updated_at, owned.keys,
  (SELECT count(*) FROM (SELECT 1 FROM outbox_parkedevent p WHERE p.consumer = name AND p.state <> 'dead' LIMIT %s) counted),
  (SELECT count(*) FROM (
    SELECT 1 FROM outbox_parkedevent p WHERE p.consumer = name AND p.state = 'dead' LIMIT %s) counted)
FROM (SELECT unnest(%s::text[]) AS name UNION SELECT name FROM outbox_consumercursor) every
LEFT JOIN outbox_consumercursor c USING (name) CROSS JOIN owned ORDER BY name"""


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
