"""Long failure: rest, pause with notice, dead letters with one alarm, and coming back; how long things are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from math import ceil
from typing import Any

import pytest

from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.listeners.webhooks import administration, health, keeping, retrying, store
from gongdan.listeners.webhooks.attempt import Attempt
from gongdan.listeners.webhooks.models import Delivery, Endpoint
from gongdan.listeners.webhooks.store import Parcel, Result
from gongdan.outbox.models import EventRecord
from tests.company import Organisation
from tests.outbox.happenings import happen
from tests.webhooks.conftest import Hook

pytestmark = pytest.mark.django_db(transaction=True)
ELSEWHERE = "https://hooks.example.com/in"
LEASE = timedelta(seconds=20)
FanOut = Callable[[], None]


def claim(quota: int = 64) -> list[Parcel]:
    return store.claim({}, quota, 64, LEASE)


def failed(parcel: Parcel, status: int | None = 500) -> Result:
    return Result(
        parcel, Attempt(clock.now(), 5, status, "status" if status else "timeout", "It failed.", "")
    )


def well(parcel: Parcel) -> Result:
    return Result(parcel, Attempt(clock.now(), 5, 200, "", "", "ok"))


def mark(*results: Result) -> None:
    health.note(results, store.mark(results))


def events(type_: str) -> list[dict[str, Any]]:
    return list(EventRecord.objects.filter(type=type_).values_list("data", flat=True))


@pytest.fixture
def made(hook: Hook, fan_out: FanOut) -> Endpoint:
    """A webhook with ten deliveries of as many subjects."""
    one = hook(ELSEWHERE, types=["TestHappened"])
    for n in range(10):
        happen(n, n)
    fan_out()
    return one


def test_what_never_worked_is_tried_one_at_a_time(made: Endpoint) -> None:
    (first,) = claim()
    assert store.claim({made.pk: 1}, 64, 64, LEASE) == []
    mark(well(first))
    assert len(claim()) == 9


def test_one_that_fails_rests_ever_longer_and_comes_back_at_once(made: Endpoint) -> None:
    rests = []
    for _ in range(retrying.FAILING + 6):
        Endpoint.objects.update(rest_until=None)
        (parcel,) = claim()
        mark(failed(parcel, None))
        rest = Endpoint.objects.get().rest_until
        rests.append(ceil((rest - clock.now()).total_seconds()) if rest else 0)
    assert rests[: retrying.FAILING - 1] == [0, 0]
    assert rests[2:] == sorted(rests[2:])
    assert rests[-1] == retrying.LONGEST_REST
    assert claim() == []
    Endpoint.objects.update(rest_until=None)
    (parcel,) = claim()
    mark(well(parcel))
    one = Endpoint.objects.get()
    assert (one.failures, one.failing_since, one.rest_until) == (0, None, None)


def test_an_event_nobody_can_take_does_not_make_its_receiver_ill(made: Endpoint) -> None:
    mark(well(claim()[0]))
    parcels = claim(quota=3)
    mark(failed(parcels[0]), well(parcels[1]))
    for _ in range(2 * retrying.FAILING):
        Delivery.objects.filter(pk=parcels[0].delivery_id).update(
            next_try_at=clock.now() - timedelta(hours=1)
        )
        (again,) = claim(quota=1)
        assert again.delivery_id == parcels[0].delivery_id
        mark(failed(again))
    one = Endpoint.objects.get()
    assert (one.failures, one.rest_until, one.last_failure) == (0, None, "It failed.")


def test_after_days_of_failure_it_is_paused_and_people_are_told(
    made: Endpoint, organisation: Organisation, admin: Actor
) -> None:
    (parcel,) = claim()
    mark(failed(parcel))
    long_ago = clock.now() - retrying.PAUSE_AFTER - timedelta(minutes=1)
    Endpoint.objects.update(failing_since=long_ago)
    (parcel,) = claim()
    mark(failed(parcel))
    one = Endpoint.objects.get()
    assert (one.paused_why, one.active) == ("failing", True)
    (told,) = events("WebhookPaused")
    assert told["notify"] == [organisation.admin.pk]
    assert claim() == []
    Delivery.objects.update(give_up_at=long_ago)
    administration.resume(made.pk, actor=admin)
    assert len(claim()) == 1
    assert not Delivery.objects.filter(give_up_at__lt=clock.now()).exists()


def test_a_delivery_is_given_up_after_three_days_with_one_alarm(
    made: Endpoint, organisation: Organisation
) -> None:
    mark(well(claim()[0]))
    Delivery.objects.update(give_up_at=clock.now() - timedelta(seconds=1))
    mark(*(failed(one) for one in claim(quota=4)))
    Endpoint.objects.update(rest_until=None)
    mark(failed(claim()[0]))
    assert Delivery.objects.filter(state="dead").count() == 5
    (told,) = events("WebhookDeliveriesDead")
    assert (told["count"], told["notify"]) == (4, [organisation.admin.pk])


def test_what_was_never_tried_in_its_three_days_is_given_up_too(made: Endpoint) -> None:
    (parcel,) = claim()
    mark(failed(parcel))
    now = clock.now()
    Endpoint.objects.update(failing_since=now - retrying.LASTING - timedelta(minutes=1), rest_until=None)
    Delivery.objects.filter(attempts=0).update(give_up_at=now)
    (parcel,) = claim()
    mark(failed(parcel))
    assert Delivery.objects.filter(state="dead").count() == 9
    assert {one["error"] for row in Delivery.objects.filter(attempts=0) for one in row.tries} == {"expired"}


def test_a_subject_waits_behind_its_first(hook: Hook, fan_out: FanOut) -> None:
    hook(ELSEWHERE, types=["TestHappened"])
    for n in range(3):
        happen(1, n)
    fan_out()
    (first,) = claim()
    mark(failed(first))
    happen(1, 3)
    fan_out()
    due = set(Delivery.objects.values_list("next_try_at", flat=True))
    assert len(due) == 1
    assert claim() == []
    Delivery.objects.update(next_try_at=clock.now())
    (again,) = claim()
    assert again.delivery_id == first.delivery_id


def test_a_lease_that_ended_is_claimed_by_another(made: Endpoint) -> None:
    (first,) = claim()
    mine = Delivery.objects.filter(pk=first.delivery_id)
    Delivery.objects.exclude(pk=first.delivery_id).delete()
    assert claim() == []
    mine.update(claimed_until=clock.now())
    (second,) = claim()
    assert (second.message_id, second.body) == (first.message_id, first.body)
    store.release([first])
    assert mine.get().claimed_until == second.until
    store.release([second])
    assert mine.get().claimed_until is None


def test_a_new_address_begins_with_a_clean_record(made: Endpoint, admin: Actor) -> None:
    mark(failed(claim()[0], None))
    administration.change(made.pk, {"address": "https://elsewhere.example.com/"}, actor=admin)
    one = Endpoint.objects.get()
    assert (one.failures, one.failing_since) == (0, None)
    assert claim()[0].target.address == "https://elsewhere.example.com/"


def test_old_deliveries_are_forgotten(made: Endpoint) -> None:
    old = Delivery.objects.order_by("pk").values_list("pk", flat=True)[:4]
    Delivery.objects.filter(pk__in=list(old)).update(created_at=clock.now() - timedelta(days=31))
    assert keeping.forget_old() == 4
    assert Delivery.objects.count() == 6
