"""How endpoints fare: failures in a row, rest, automatic pause, and telling people of it.

An endpoint whose last answer was no success is tried one delivery at a time; from FAILING failures in a row it rests
between two tries, and after PAUSE_AFTER of nothing but failures it is paused and its keepers are told. A retry that
the receiver itself refuses counts only while the endpoint is doubtful, or one event nobody can accept would stop all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from gongdan.core.staff.selectors import holders_of
from gongdan.kernel import clock
from gongdan.kernel.actor import system
from gongdan.listeners.webhooks.models import Delivery, Endpoint
from gongdan.listeners.webhooks.retrying import FAILING, LASTING, LONGEST_REST, PAUSE_AFTER, REST
from gongdan.listeners.webhooks.store import Result
from gongdan.outbox import log

RIGHT = "admin.integrations"
ACTOR = system("webhooks")
TELL_DEAD = timedelta(hours=1)  # an alarm an hour per endpoint says as much as one per delivery
SEEN_EVERY = timedelta(seconds=10)  # between two notes that an endpoint works
RETIRED = 500  # deliveries given up by one statement

_WELL = """
UPDATE webhooks_endpoint SET failures = 0, failing_since = NULL, rest_until = NULL, last_success_at = %s
WHERE id = ANY(%s) AND (failures > 0 OR failing_since IS NOT NULL OR last_success_at IS NULL OR last_success_at < %s)"""
_ILL = f"""
UPDATE webhooks_endpoint e SET failures = e.failures + r.count, last_failure_at = %s, last_failure = r.words,
  failing_since = CASE WHEN r.count > 0 THEN coalesce(e.failing_since, %s) ELSE e.failing_since END,
  rest_until = CASE WHEN e.failures + r.count >= {FAILING} THEN
    %s + make_interval(secs => least({LONGEST_REST}, {REST} * 2 ^ least(e.failures + r.count - {FAILING}, 10))) END
FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS r(id, count, words) WHERE e.id = r.id
RETURNING e.id, e.failing_since"""  # noqa: S608  constants only
_RETIRE = """
UPDATE webhooks_delivery SET state = 'dead', done_at = %s, claimed_until = NULL, tries = tries || %s::jsonb
WHERE id IN (SELECT id FROM webhooks_delivery WHERE endpoint_id = %s AND state = 'waiting' AND give_up_at <= %s
  AND (claimed_until IS NULL OR claimed_until <= %s) LIMIT %s FOR UPDATE SKIP LOCKED)"""


def note(results: Sequence[Result], dead: Sequence[Result]) -> None:
    """Write down how the endpoints of these results fare, in the order the results came in."""
    now = clock.now()
    well = {one.parcel.endpoint_id for one in results if one.attempt.succeeded}
    if well:
        with connection.cursor() as cursor:
            cursor.execute(_WELL, [now, sorted(well), now - SEEN_EVERY])
    ill = _failures(results)
    if ill:
        _note_failures(ill, now)
    for endpoint_id in sorted({one.parcel.endpoint_id for one in results if one.attempt.error == "gone"}):
        pause(endpoint_id, "gone")
    for endpoint_id in sorted({one.parcel.endpoint_id for one in dead}):
        tell_dead(endpoint_id)


def counts(result: Result) -> bool:
    """Whether a failure says something about the endpoint, not only about this delivery."""
    return not result.attempt.reached or result.parcel.attempts == 0 or not result.parcel.proven


def _failures(results: Iterable[Result]) -> dict[int, tuple[int, str]]:
    """Endpoint id to (failures since its last success among these, the last one's words)."""
    found: dict[int, tuple[int, str]] = {}
    for one in results:
        endpoint_id = one.parcel.endpoint_id
        if one.attempt.succeeded:
            found.pop(endpoint_id, None)
        else:
            count = found.get(endpoint_id, (0, ""))[0] + int(counts(one))
            found[endpoint_id] = (count, one.attempt.words)
    return found


def _note_failures(ill: dict[int, tuple[int, str]], now: datetime) -> None:
    ids = sorted(ill)
    numbers, words = [ill[one][0] for one in ids], [ill[one][1] for one in ids]
    with connection.cursor() as cursor:
        cursor.execute(_ILL, [now, now, now, ids, numbers, words])
        rows = cursor.fetchall()
    for endpoint_id, since in rows:
        if since is not None and since <= now - LASTING:
            retire(endpoint_id, now)
        if since is not None and since <= now - PAUSE_AFTER:
            pause(endpoint_id, "failing")


def retire(endpoint_id: int, now: datetime) -> None:
    """Give up deliveries whose three days passed while their endpoint was not asked."""
    words = "Its time passed while the receiver did not answer."
    tried = f'[{{"at": "{now.isoformat()}", "status": null, "ms": 0, "error": "expired", "words": "{words}", "answer": ""}}]'
    with connection.cursor() as cursor:
        cursor.execute(_RETIRE, [now, tried, endpoint_id, now, now, RETIRED])
        retired = cursor.rowcount
    if retired:
        tell_dead(endpoint_id)


def pause(endpoint_id: int, why: str) -> None:
    """Stop trying and tell those who can do something about it. What comes is collected meanwhile."""
    now = clock.now()
    with transaction.atomic():
        waking = Endpoint.objects.select_for_update().filter(pk=endpoint_id, paused_at=None).first()
        if waking is None:
            return
        waking.paused_at, waking.paused_why = now, why
        waking.save(update_fields=["paused_at", "paused_why"])
        data = {
            "name": waking.name,
            "why": why,
            "since": (waking.failing_since or now).isoformat(),
            "words": waking.last_failure,
            "notify": holders_of(RIGHT),
        }
        log.append_to("webhook", endpoint_id, [log.NewEvent("WebhookPaused", data)], actor=ACTOR)


def tell_dead(endpoint_id: int) -> None:
    """Raise the alarm, once per TELL_DEAD."""
    now = clock.now()
    with transaction.atomic():
        one = Endpoint.objects.select_for_update().filter(pk=endpoint_id).first()
        if one is None or (one.told_dead_at is not None and one.told_dead_at > now - TELL_DEAD):
            return
        dead = Delivery.objects.filter(endpoint_id=endpoint_id, state="dead")
        count = dead.filter(done_at__gt=one.told_dead_at).count() if one.told_dead_at else dead.count()
        one.told_dead_at = now
        one.save(update_fields=["told_dead_at"])
        data = {"name": one.name, "count": count, "notify": holders_of(RIGHT)}
        log.append_to("webhook", endpoint_id, [log.NewEvent("WebhookDeliveriesDead", data)], actor=ACTOR)
