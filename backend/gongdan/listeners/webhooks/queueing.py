"""Deliveries come into being: one row per endpoint and event, and the engine is woken by the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from gongdan.kernel import clock
from gongdan.listeners.webhooks.matching import Match
from gongdan.listeners.webhooks.retrying import LASTING

CHANNEL = "gongdan_webhooks"
# The commit does not wait for the disk: if the database falls, what was not written is fanned out, claimed or sent
# again under the same ids, since the cursor that says it is done is written later, and in order. Measured reason: at a
# thousand deliveries a second most of the time went into waiting for the disk.
QUICK = "set_config('synchronous_commit', 'off', true)"

# An endpoint may have been removed since it was found listening; what was meant for it is dropped, the rest is not.
# What waits behind an earlier delivery of its subject that is being retried need not be looked at before that one.
_QUEUE = f"""
WITH made AS (
  INSERT INTO webhooks_delivery (endpoint_id, event_id, type, subject, subject_id, ticket, state, attempts,
    next_try_at, give_up_at, created_at, tries)
  SELECT n.endpoint_id, n.event_id, n.type, n.subject, n.subject_id, n.ticket, 'waiting', 0,
    greatest(%s, (SELECT d.next_try_at FROM webhooks_delivery d WHERE d.endpoint_id = n.endpoint_id
      AND d.subject = n.subject AND d.subject_id = n.subject_id AND d.state = 'waiting'
      ORDER BY d.event_id DESC LIMIT 1)),
    %s, %s, '[]'
  FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::text[])
    AS n(endpoint_id, event_id, type, subject, subject_id, ticket)
  JOIN (SELECT id FROM webhooks_endpoint WHERE id = ANY(%s) FOR KEY SHARE) there ON there.id = n.endpoint_id
  ORDER BY n.event_id
  ON CONFLICT (endpoint_id, event_id) DO NOTHING RETURNING 1)
SELECT count(*), pg_notify('{CHANNEL}', ''), {QUICK} FROM made"""  # noqa: S608  constants only


def queue(found: Sequence[Match]) -> int:
    """Record deliveries to be made; answers how many are new. What is recorded already is left as it is."""
    if not found:
        return 0
    now = clock.now()
    columns = zip(
        *(
            (
                one.endpoint_id,
                one.event.id,
                one.event.type,
                one.event.subject,
                one.event.subject_id,
                one.ticket,
            )
            for one in found
        ),
        strict=True,
    )
    wanted = sorted({one.endpoint_id for one in found})
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE, [now, now + LASTING, now, *map(list, columns), wanted])
        return int(cursor.fetchone()[0])


def wake() -> None:
    """There is something to send. At the commit of the transaction at hand, at once without one."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")
