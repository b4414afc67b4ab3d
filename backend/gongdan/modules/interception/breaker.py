"""Keeps a dead interceptor from slowing everybody down.

After FAILURES failures in a row (counted per process) it rests, FIRST_REST long; then one question tries it, while all
others still pass it by. If that fails too it rests twice as long, up to LONGEST_REST. Every process learns of a rest with
its next request, through the reference cache; the row is written only when a rest begins, is tried or ends.
"""

from __future__ import annotations

import threading
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from gongdan.kernel import clock
from gongdan.kernel.actor import system
from gongdan.modules.interception.book import Entry
from gongdan.modules.interception.models import Interceptor, Rest
from gongdan.outbox.log import NewEvent, append_to

FAILURES = 5
FIRST_REST = timedelta(seconds=10)
LONGEST_REST = timedelta(minutes=10)
PROBING = timedelta(seconds=5)  # beyond its time limit; then whoever was trying it is thought dead


def rest_after(times: int) -> timedelta:
    """How long the `times`th rest in a row is."""
    factor: int = 2 ** min(times - 1, 20)
    return min(FIRST_REST * factor, LONGEST_REST)


class Breaker:
    """One per process."""

    def __init__(self) -> None:
        self._failures: dict[tuple[int, int], int] = {}
        self._lock = threading.Lock()

    def may_ask(self, one: Entry) -> bool:
        """Whether to ask it now. For one whose rest is over, the first who comes may, until it is known how it went."""
        if one.rest is None:
            return True
        now = clock.now()
        if now < one.rest.until:
            return False
        mine = Rest.objects.filter(pk=one.id, until__lte=now).filter(
            Q(probing_until=None) | Q(probing_until__lte=now)
        )
        return bool(mine.update(probing_until=now + timedelta(seconds=one.seconds) + PROBING))

    def succeeded(self, one: Entry) -> None:
        """It answered, whatever it said."""
        if self._failures:
            with self._lock:
                self._failures.pop((one.id, one.version), None)
        if one.rest is not None:
            wake(one.id, one.name)

    def failed(self, one: Entry, reason: str) -> None:
        """It did not answer, or with what cannot be used."""
        if one.rest is not None:
            _rest_longer(one, reason)
            return
        with self._lock:
            count = self._failures.get((one.id, one.version), 0) + 1
            self._failures[one.id, one.version] = count
        if count >= FAILURES:
            _rest(one, reason, count)
            with self._lock:
                self._failures.pop((one.id, one.version), None)


def _rest(one: Entry, reason: str, failures: int) -> None:
    """Begin to leave it alone; only one of those who saw it fail says so."""
    now = clock.now()
    with transaction.atomic():
        if not Interceptor.objects.select_for_update(no_key=True).filter(pk=one.id).exists():
            return
        _, begun = Rest.objects.get_or_create(
            pk=one.id, defaults={"since": now, "until": now + rest_after(1), "reason": reason[:300]}
        )
        if begun:
            told = {"name": one.name, "failures": failures, "reason": reason[:300]}
            append_to("interceptor", one.id, [NewEvent("InterceptorRested", told)], actor=system("breaker"))


def _rest_longer(one: Entry, reason: str) -> None:
    assert one.rest is not None
    times = one.rest.times + 1
    Rest.objects.filter(pk=one.id, times=one.rest.times).update(
        times=times, until=clock.now() + rest_after(times), reason=reason[:300], probing_until=None
    )


def wake(interceptor_id: int, name: str) -> None:
    """Its rest is over: it is asked again."""
    with transaction.atomic():
        ended, _ = Rest.objects.filter(pk=interceptor_id).delete()
        if ended:
            event = NewEvent("InterceptorRecovered", {"name": name})
            append_to("interceptor", interceptor_id, [event], actor=system("breaker"))
