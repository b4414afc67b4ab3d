"""Staffed time and person-days: what people's presence says beside their talks.

Staffed (在岗) is time in the states ready, busy and wrap_up, cut at the range's ends, at now, and at the hours or days
asked for. Measured reason for the shape of these statements: a span is written for every call and every after-call
work, so most spans are short; only those that go over an edge are cut, and days are looked for, not unrolled.
"""

from __future__ import annotations

from datetime import timedelta

from gongdan.reports.line.contracts import Asked, Rules, Sums
from gongdan.reports.line.statements import keyed, parameters, rows_of

MICROSECOND = timedelta(microseconds=1)

# Spans that reach into the range: those that begin in it, and of each person the one under way at its beginning.
_STAFFED = """WITH spans AS (
  SELECT s.staff_id, greatest(s.began_at, %(begin)s) AS began_at,
    least(coalesce(s.ended_at, %(now)s), %(now)s, %(end)s) AS ended_at
  FROM (
    SELECT staff_id, state, began_at, ended_at FROM interactions_presencespan
    WHERE began_at >= %(begin)s AND began_at < %(end)s
    UNION ALL
    SELECT l.* FROM staff_staff p CROSS JOIN LATERAL (
      SELECT staff_id, state, began_at, ended_at FROM interactions_presencespan
      WHERE staff_id = p.id AND began_at < %(begin)s ORDER BY began_at DESC LIMIT 1) l
  ) s
  WHERE s.state IN ('ready', 'busy', 'wrap_up') AND (%(staff)s::bigint[] IS NULL OR s.staff_id = ANY(%(staff)s))
)"""
_LENGTHS = {
    "none": "SELECT '' AS key, ended_at - began_at AS length FROM spans WHERE ended_at > began_at",
    "person": "SELECT staff_id AS key, ended_at - began_at AS length FROM spans WHERE ended_at > began_at",
}
# By hour or day: most spans lie between two edges; those that do not are cut.
_PLACES = """, placed AS (
  SELECT began_at, ended_at, width_bucket(began_at, %(edges)s::timestamptz[]) AS first,
    width_bucket(ended_at, %(edges)s::timestamptz[]) AS last
  FROM spans WHERE ended_at > began_at
)"""
_CUT = """SELECT first AS key, ended_at - began_at AS length FROM placed WHERE first = last
  UNION ALL
  SELECT g, least(ended_at, (%(edges)s::timestamptz[])[g + 1]) - greatest(began_at, (%(edges)s::timestamptz[])[g])
  FROM placed CROSS JOIN LATERAL generate_series(first, least(last, %(places)s)) g WHERE first < last"""

# Everybody who ever was on the line or took a call, hopping through the indexes from one person to the next.
_PEOPLE = """WITH RECURSIVE by_spans AS (
  (SELECT staff_id FROM interactions_presencespan ORDER BY staff_id LIMIT 1)
  UNION ALL SELECT (SELECT s.staff_id FROM interactions_presencespan s WHERE s.staff_id > by_spans.staff_id
    ORDER BY s.staff_id LIMIT 1) FROM by_spans WHERE by_spans.staff_id IS NOT NULL
), by_parts AS (
  (SELECT staff_id FROM interactions_callpart WHERE staff_id IS NOT NULL ORDER BY staff_id LIMIT 1)
  UNION ALL SELECT (SELECT p.staff_id FROM interactions_callpart p WHERE p.staff_id > by_parts.staff_id
    ORDER BY p.staff_id LIMIT 1) FROM by_parts WHERE by_parts.staff_id IS NOT NULL
), people AS (SELECT staff_id FROM by_spans WHERE staff_id IS NOT NULL
  UNION SELECT staff_id FROM by_parts WHERE staff_id IS NOT NULL
), days AS (
  SELECT g::date AS day, g AT TIME ZONE %(zone)s AS begins, (g + interval '1 day') AT TIME ZONE %(zone)s AS ends
  FROM generate_series(%(since)s::date::timestamp, %(until)s::date::timestamp, interval '1 day') g
  WHERE g AT TIME ZONE %(zone)s < %(now)s
)"""
_THERE = """SELECT p.staff_id, d.day FROM people p CROSS JOIN days d
WHERE (%(staff)s::bigint[] IS NULL OR p.staff_id = ANY(%(staff)s)) AND (
  EXISTS (SELECT 1 FROM interactions_presencespan s WHERE s.staff_id = p.staff_id AND s.state <> 'offline'
    AND s.began_at >= d.begins AND s.began_at < least(d.ends, %(now)s) AND coalesce(s.ended_at, %(now)s) > s.began_at)
  OR EXISTS (SELECT 1 FROM (SELECT state, ended_at FROM interactions_presencespan s
      WHERE s.staff_id = p.staff_id AND s.began_at < d.begins ORDER BY s.began_at DESC LIMIT 1) l
    WHERE l.state <> 'offline' AND coalesce(l.ended_at, %(now)s) > d.begins)
  OR EXISTS (SELECT 1 FROM interactions_callpart c WHERE c.staff_id = p.staff_id AND c.rang_at >= d.begins
    AND c.rang_at < d.ends AND c.direction = 'inbound' AND c.answered_at IS NOT NULL))"""
_DAY_KEYS = {"none": "''", "person": "staff_id", "day": "day"}


def staffed(asked: Asked, rules: Rules) -> dict[str, Sums]:
    """Staffed time, in microseconds."""
    whole = _LENGTHS.get(asked.by)
    head, lengths = (_STAFFED, whole) if whole else (_STAFFED + _PLACES, _CUT)
    text = f"{head} SELECT key, sum(length) AS length FROM ({lengths}) l GROUP BY 1"  # noqa: S608  constants only
    values = parameters(asked, rules)
    rows = rows_of(text, values | {"places": len(values["edges"]) - 1})
    return keyed(
        asked, ((row["key"], Sums(staffed=row["length"] // MICROSECOND)) for row in rows if row["length"])
    )


def person_days(asked: Asked, rules: Rules) -> dict[str, Sums]:
    """Days on which somebody was there or took a call, each person's counted; not by hour or queue."""
    text = f"{_PEOPLE} SELECT {_DAY_KEYS[asked.by]} AS key, count(*) AS days FROM ({_THERE}) t GROUP BY 1"  # noqa: S608
    return {str(row["key"]): Sums(person_days=row["days"]) for row in rows_of(text, parameters(asked, rules))}
