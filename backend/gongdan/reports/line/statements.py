"""The line's figures as PostgreSQL counts them: a handful of statements over ranges of indexed time.

Each answers rows of (key, sums…). The same conditions, one measure at a time, are the drill-down (`drill`), so that a
number and what is behind it cannot part. `recompute` says the same in Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from gongdan.reports.line.contracts import NO_QUEUE, Asked, Rules, Sums

# An offer (进线): a stay in a queue; or an inbound call that rang somebody and stood in no queue.
# What became of a stay in a call that its system forgot nobody knows; nobody was answered.
OFFERS = """
  SELECT e.id AS row_id, e.call_id, e.system_id, e.queue, e.entered_at AS at, e.waited_seconds AS waited,
    CASE WHEN e.outcome = '' AND e.left_at IS NOT NULL THEN 'abandoned' ELSE e.outcome END AS outcome
  FROM interactions_queueentry e WHERE e.entered_at >= %(begin)s AND e.entered_at < %(end)s
  UNION ALL
  SELECT -c.id, c.id, c.system_id, '', c.began_at, c.waiting_seconds,
    CASE WHEN c.answered_at IS NOT NULL THEN 'answered' WHEN c.ended_at IS NOT NULL THEN 'abandoned' ELSE '' END
  FROM interactions_call c
  WHERE c.began_at >= %(begin)s AND c.began_at < %(end)s AND c.direction = 'inbound' AND c.queue = ''
    AND NOT EXISTS (SELECT 1 FROM interactions_queueentry e WHERE e.call_id = c.id)
    AND EXISTS (SELECT 1 FROM interactions_callpart p WHERE p.call_id = c.id)"""
# What each measure counts among offers `o`, with `o.limit_seconds` the X of its queue.
OF_OFFERS = {
    "offered": "true",
    "answered": "o.outcome = 'answered'",
    "abandoned": "o.outcome = 'abandoned' AND o.waited >= %(short)s",
    "short_abandoned": "o.outcome = 'abandoned' AND o.waited < %(short)s",
    "overflowed": "o.outcome = 'overflowed'",
    "waiting": "o.outcome = ''",
    "within": "o.outcome = 'answered' AND o.waited <= o.limit_seconds",
}
OFFERS_SEEN = f"""offers AS ({OFFERS}), limits AS (
  SELECT * FROM unnest(%(systems)s::bigint[], %(queues)s::text[], %(limits)s::int[]) AS l(system_id, queue, seconds)
), seen AS (
  SELECT offers.*, coalesce(limits.seconds, %(limit)s) AS limit_seconds
  FROM offers LEFT JOIN limits USING (system_id, queue)
  WHERE %(queue)s::text IS NULL OR offers.queue = %(queue)s
)"""  # noqa: S608  constants only

# A person's part. `handled` are inbound talks, `handled_over` those of them that ended.
# `placed`: who called, not whom the call was given on to.
PARTS = """
  SELECT p.*, CASE WHEN p.direction = 'outbound' THEN NOT EXISTS (
    SELECT 1 FROM interactions_callpart e WHERE e.call_id = p.call_id AND e.rang_at < p.rang_at) END AS placed
  FROM interactions_callpart p
  WHERE p.rang_at >= %(begin)s AND p.rang_at < %(end)s AND p.staff_id IS NOT NULL
    AND (%(staff)s::bigint[] IS NULL OR p.staff_id = ANY(%(staff)s))
    AND (%(queue)s::text IS NULL OR p.queue = %(queue)s)"""
_TALK = "o.direction = 'inbound' AND o.answered_at IS NOT NULL"
OF_PARTS = {
    "handled": _TALK,
    "handled_over": f"{_TALK} AND o.ended_at IS NOT NULL",
    "missed": "o.direction = 'inbound' AND o.outcome IN ('missed', 'refused')",
    "over_long": f"{_TALK} AND o.ended_at IS NOT NULL AND o.talk_seconds + o.hold_seconds > %(long)s",
    "outbound": "o.placed",
    "outbound_answered": "o.placed AND o.answered_at IS NOT NULL",
}
_OVER = OF_PARTS["handled_over"]
_WORK = "o.talk_seconds + o.hold_seconds + o.wrap_up_seconds"

# How rows `o` whose moment is {at} are grouped: hours and days by the number of the edge they follow. Measured reason:
# PostgreSQL finds a place among edges much faster than it works out local times.
KEYS = {
    "none": "''",
    "queue": "o.queue",
    "person": "o.staff_id",
    "hour": "width_bucket(o.{at}, %(edges)s::timestamptz[])",
    "day": "width_bucket(o.{at}, %(edges)s::timestamptz[])",
}


def parameters(asked: Asked, rules: Rules) -> dict[str, Any]:
    """What the conditions here need."""
    service = sorted(rules.service.items())
    edges = asked.edges(asked.by) if asked.by in ("hour", "day") else []
    return {
        "since": asked.since,
        "until": asked.until,
        "begin": asked.begin,
        "end": asked.end,
        "now": asked.now,
        "edges": edges,
        "zone": asked.zone,
        "queue": asked.queue,
        "staff": None if asked.staff_ids is None else sorted(asked.staff_ids),
        "short": rules.short_abandon_seconds,
        "long": rules.long_call_seconds,
        "limit": rules.service_seconds,
        "systems": [system_id for (system_id, _), _ in service],
        "queues": [queue for (_, queue), _ in service],
        "limits": [seconds for _, seconds in service],
    }


def of_offers(asked: Asked, rules: Rules) -> dict[str, Sums]:
    """What became of those who came to the line."""
    counts = ", ".join(f"count(*) FILTER (WHERE {rule}) AS {name}" for name, rule in OF_OFFERS.items())
    text = f"""WITH {OFFERS_SEEN} SELECT {KEYS[asked.by].format(at="at")} AS key, {counts},
      coalesce(sum(o.waited) FILTER (WHERE o.outcome = 'answered'), 0) AS waited,
      coalesce(max(o.waited) FILTER (WHERE o.outcome <> ''), 0) AS longest
    FROM seen o GROUP BY 1"""  # noqa: S608  constants only
    return _sums(text, asked, rules)


def of_parts(asked: Asked, rules: Rules) -> dict[str, Sums]:
    """What people did."""
    counts = ", ".join(f"count(*) FILTER (WHERE {rule}) AS {name}" for name, rule in OF_PARTS.items())
    added = ", ".join(
        f"coalesce(sum(o.{name}_seconds) FILTER (WHERE {_OVER}), 0) AS {name}"
        for name in ("talk", "hold", "wrap_up")
    )
    added += f", coalesce(sum({_WORK}) FILTER (WHERE o.ended_at IS NOT NULL), 0) AS worked"
    text = f"""SELECT {KEYS[asked.by].format(at="rang_at")} AS key, {counts}, {added}
    FROM ({PARTS} OFFSET 0) o GROUP BY 1"""  # noqa: S608  constants only; OFFSET, so that `placed` is worked out once
    return _sums(text, asked, rules)


def _sums(text: str, asked: Asked, rules: Rules) -> dict[str, Sums]:
    found = ((row.pop("key"), row) for row in rows_of(text, parameters(asked, rules)))
    return keyed(
        asked, ((key, Sums(**{name: int(value) for name, value in row.items()})) for key, row in found)
    )


def keyed(asked: Asked, rows: Iterable[tuple[Any, Sums]]) -> dict[str, Sums]:
    """Sums by the key a person knows; an hour of the day is many hours."""
    edges = asked.edges(asked.by) if asked.by in ("hour", "day") else []
    found: dict[str, Sums] = {}
    for raw, sums in rows:
        key = asked.key_of(edges[raw - 1]) if edges else str(raw)
        found.setdefault(key or (NO_QUEUE if asked.by == "queue" else ""), Sums()).add(sums)
    return found


def rows_of(text: str, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The statement's rows by column name."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        names = [column[0] for column in cursor.description or ()]
        for row in cursor.fetchall():
            yield dict(zip(names, row, strict=True))
