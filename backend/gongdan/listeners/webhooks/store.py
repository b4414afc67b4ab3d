"""The engine's statements: claim what is due, mark what came of it. Several engines may work at once.

Promise: a delivery is claimed by one engine at a time, for LEASE seconds; who dies in between leaves it to be claimed
again. Only the first waiting delivery of a subject is claimed, so a subject's events arrive in order. An endpoint that
fails is not claimed from while it rests, and one at a time otherwise: what waits for it costs the others nothing.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from gongdan.kernel import clock, signing
from gongdan.listeners.webhooks import payload, retrying
from gongdan.listeners.webhooks.attempt import Attempt, Target
from gongdan.listeners.webhooks.models import Endpoint
from gongdan.listeners.webhooks.queueing import QUICK
from gongdan.outbox import feed

MOST = 500  # deliveries claimed by one statement


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed delivery, ready to be sent. `proven`: its endpoint's last answer was a success."""

    delivery_id: int
    endpoint_id: int
    proven: bool
    attempts: int
    give_up_at: datetime
    until: datetime
    message_id: str
    body: bytes
    target: Target


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a parcel."""

    parcel: Parcel
    attempt: Attempt


_DUE = """d.state = 'waiting' AND d.next_try_at <= %(now)s
      AND (d.claimed_until IS NULL OR d.claimed_until <= %(now)s)
      AND d.event_id = (SELECT o.event_id FROM webhooks_delivery o WHERE o.endpoint_id = d.endpoint_id
        AND o.subject = d.subject AND o.subject_id = d.subject_id AND o.state = 'waiting'
        ORDER BY o.event_id LIMIT 1)"""
# Of a failing endpoint the newest is tried: one that cannot be accepted does not hide that others would be.
_CLAIM = f"""
WITH busy AS (
  SELECT * FROM unnest(%(busy)s::bigint[], %(counts)s::int[]) AS b(endpoint_id, count)
), awake AS (
  SELECT e.id, e.failures, e.failures = 0 AND e.last_success_at IS NOT NULL AS proven, coalesce(b.count, 0) AS count
  FROM webhooks_endpoint e LEFT JOIN busy b ON b.endpoint_id = e.id
  WHERE e.active AND e.paused_at IS NULL AND (e.rest_until IS NULL OR e.rest_until <= %(now)s)
), doubtful AS (
  SELECT a.id FROM awake a WHERE NOT a.proven AND a.count = 0
    AND EXISTS (SELECT 1 FROM webhooks_delivery d WHERE d.endpoint_id = a.id AND {_DUE})
  ORDER BY a.failures LIMIT %(probes)s
), picked AS (
  SELECT p.id, true AS proven FROM awake a CROSS JOIN LATERAL (
    SELECT d.id FROM webhooks_delivery d WHERE d.endpoint_id = a.id AND {_DUE}
    ORDER BY d.next_try_at LIMIT greatest(%(quota)s - a.count, 0) FOR UPDATE SKIP LOCKED) p
  WHERE a.proven
  UNION ALL
  SELECT p.id, false FROM doubtful a CROSS JOIN LATERAL (
    SELECT d.id FROM webhooks_delivery d WHERE d.endpoint_id = a.id AND {_DUE}
    ORDER BY d.next_try_at DESC LIMIT 1 FOR UPDATE SKIP LOCKED) p
  LIMIT {MOST}
)
UPDATE webhooks_delivery d SET claimed_until = %(until)s FROM picked p WHERE d.id = p.id
RETURNING d.id, d.endpoint_id, d.event_id, d.ticket, d.attempts, d.give_up_at, p.proven, {QUICK}"""  # noqa: S608
_NEXT = """
SELECT min(greatest(n.next_try_at, e.rest_until)) FROM webhooks_endpoint e CROSS JOIN LATERAL (
  SELECT d.next_try_at FROM webhooks_delivery d WHERE d.endpoint_id = e.id AND d.state = 'waiting'
  ORDER BY d.next_try_at LIMIT 1) n
WHERE e.active AND e.paused_at IS NULL"""
_MARK = f"""
UPDATE webhooks_delivery d SET state = r.state, attempts = d.attempts + 1, claimed_until = NULL,
  next_try_at = coalesce(r.next_try_at, d.next_try_at), tries = d.tries || r.try::jsonb,
  done_at = CASE WHEN r.state <> 'waiting' THEN %s END
FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::text[]) AS r(id, state, next_try_at, try)
WHERE d.id = r.id AND d.state = 'waiting' RETURNING {QUICK}"""  # noqa: S608  constants only
_BEHIND = """
UPDATE webhooks_delivery d SET next_try_at = h.next_try_at FROM webhooks_delivery h
WHERE h.id = ANY(%s) AND h.state = 'waiting' AND d.endpoint_id = h.endpoint_id AND d.subject = h.subject
  AND d.subject_id = h.subject_id AND d.state = 'waiting' AND d.event_id > h.event_id
  AND d.next_try_at < h.next_try_at"""
_RELEASE = """
UPDATE webhooks_delivery d SET claimed_until = NULL FROM unnest(%s::bigint[], %s::timestamptz[]) AS r(id, until)
WHERE d.id = r.id AND d.claimed_until = r.until"""


def claim(in_flight: Mapping[int, int], quota: int, probes: int, lease: timedelta) -> list[Parcel]:
    """Take what is due: up to `quota` in flight per endpoint that works, one each of up to `probes` doubtful ones.

    `in_flight`: how many of which endpoint this engine already has.
    """
    now = clock.now()
    until = now + lease
    values: dict[str, Any] = {"now": now, "until": until, "quota": quota, "probes": max(probes, 0)}
    values |= {"busy": list(in_flight), "counts": list(in_flight.values())}
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        rows = cursor.fetchall()
    if not rows:
        return []
    events = feed.by_ids({row[2] for row in rows})
    endpoints = Endpoint.objects.in_bulk({row[1] for row in rows})
    targets = {pk: target_of(endpoint, now) for pk, endpoint in endpoints.items()}
    return [
        Parcel(
            delivery_id,
            endpoint_id,
            proven,
            attempts,
            give_up_at,
            until,
            payload.message_id(endpoint_id, event_id),
            payload.render(events[event_id], ticket),
            targets[endpoint_id],
        )
        for delivery_id, endpoint_id, event_id, ticket, attempts, give_up_at, proven, _ in sorted(rows)
        if endpoint_id in targets
    ]


def target_of(endpoint: Endpoint, now: datetime) -> Target:
    """An endpoint as sending needs it."""
    networks = tuple(endpoint.allowed_networks)
    return Target(endpoint.address, signing.valid(endpoint.keys, now), endpoint.headers, networks)


def next_due() -> datetime | None:
    """When the next delivery is to be tried; None when nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT)
        found: datetime | None = cursor.fetchone()[0]
        return found


def mark(results: Sequence[Result]) -> list[Result]:
    """Write down what came of these, in one statement (a second one when some failed). Answers those now given up."""
    now = clock.now()
    ids, states, nexts, tries, again, dead = [], [], [], [], [], []
    for one in sorted(results, key=lambda result: result.parcel.delivery_id):
        state, following = _outcome(one, now)
        if state == "dead":
            dead.append(one)
        if following is not None:
            again.append(one.parcel.delivery_id)
        ids.append(one.parcel.delivery_id)
        states.append(state)
        nexts.append(following)
        tries.append(json.dumps(one.attempt.to_json()))
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [now, ids, states, nexts, tries])
        if again:
            cursor.execute(_BEHIND, [again])
    return dead


def _outcome(result: Result, now: datetime) -> tuple[str, datetime | None]:
    """The delivery's new state, and when it is tried again."""
    attempt, parcel = result.attempt, result.parcel
    if attempt.succeeded:
        return "delivered", None
    chance = random.random()  # noqa: S311  jitter
    following = retrying.next_try(parcel.attempts + 1, now, parcel.give_up_at, chance, attempt.retry_after)
    return ("waiting", following) if following is not None else ("dead", None)


def release(parcels: Sequence[Parcel]) -> None:
    """Give back what was claimed and not sent, unless another engine has it by now."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, [[one.delivery_id for one in parcels], [one.until for one in parcels]])
