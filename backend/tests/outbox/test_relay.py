"""What the relay promises a listener: every event, at least once, in order, and nothing lost when it fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gongdan.kernel import clock
from gongdan.kernel.errors import NotFound
from gongdan.outbox import parked, relay, subscribe
from gongdan.outbox.feed import Event
from gongdan.outbox.models import ConsumerCursor, ParkedEvent
from gongdan.outbox.registry import UndeclaredEvent
from gongdan.outbox.relay import LostOwnership, Relay
from gongdan.outbox.subscribe import Consumer
from tests.outbox.happenings import elsewhere, happen

pytestmark = pytest.mark.django_db(transaction=True)


class Listener(Consumer):
    """Remembers what it was told; fails on the numbers in `refuses`."""

    def __init__(self) -> None:
        super().__init__("tests", {"TestHappened": (self.handle,)})
        self.told: list[int] = []
        self.refuses: set[int] = set()

    def handle(self, event: Event) -> None:
        assert not connection.in_atomic_block
        if event.data["n"] in self.refuses:
            raise RuntimeError(f"cannot take {event.data['n']}")
        self.told.append(event.data["n"])


@contextmanager
def owned(listener: Listener) -> Iterator[Relay]:
    """A relay that owns its consumer, to be driven by hand."""
    made = Relay(listener)
    assert made.acquire()
    try:
        yield made
    finally:
        connection.close()


def drain(one: Relay) -> None:
    while one.work():
        pass


def test_everything_is_told_once_and_in_order() -> None:
    listener = Listener()
    for n in range(5):
        happen(n % 2, n)
    with owned(listener) as mine:
        drain(mine)
        happen(1, 5)
        drain(mine)
    assert listener.told == [0, 1, 2, 3, 4, 5]


def test_it_goes_on_where_the_last_owner_stopped() -> None:
    listener = Listener()
    happen(1, 1)
    with owned(listener) as first:
        drain(first)
    happen(1, 2)
    with owned(listener) as second:
        drain(second)
    assert listener.told == [1, 2]


def test_a_quiet_day_writes_nothing() -> None:
    happen(1, 1)
    with owned(Listener()) as mine:
        drain(mine)
        with CaptureQueriesContext(connection) as seen:
            assert not mine.work()
    assert all(query["sql"].lstrip().startswith("SELECT") for query in seen.captured_queries)


def test_one_write_per_batch() -> None:
    for n in range(20):
        happen(n, n)
    with owned(Listener()) as mine, CaptureQueriesContext(connection) as seen:
        mine.work()
    assert sum(query["sql"].startswith("UPDATE") for query in seen.captured_queries) == 1


def test_other_types_only_move_the_cursor() -> None:
    listener = Listener()
    happen(1, 1, "TestEnded")
    with owned(listener) as mine:
        drain(mine)
        assert (listener.told, ConsumerCursor.objects.get(name="tests").xact) == ([], mine.cursor.xact)
        assert mine.cursor.xact > 0


def test_what_fails_is_parked_and_its_subject_waits_in_line() -> None:
    listener = Listener()
    listener.refuses = {1}
    happen(1, 1)
    happen(2, 2)
    happen(1, 3)
    with owned(listener) as mine:
        mine.work()
    assert listener.told == [2]
    first, second = ParkedEvent.objects.order_by("event_id")
    assert (first.attempts, first.state) == (1, "retrying")
    assert "cannot take 1" in first.error
    assert (second.attempts, second.next_try_at) == (0, None)


def test_a_retry_lets_the_line_go_on_in_order() -> None:
    listener = Listener()
    listener.refuses = {1}
    for n in (1, 2, 3):
        happen(1, n)
    with owned(listener) as mine:
        mine.work()
        listener.refuses = set()
        with time_machine.travel(clock.now() + timedelta(seconds=2), tick=False):
            drain(mine)
    assert listener.told == [1, 2, 3]
    assert not ParkedEvent.objects.exists()


def test_new_events_of_a_parked_subject_join_the_line() -> None:
    listener = Listener()
    listener.refuses = {1}
    happen(1, 1)
    with owned(listener) as mine:
        mine.work()
        happen(1, 2)
        mine.work()
        assert listener.told == []
        listener.refuses = set()
        with time_machine.travel(clock.now() + timedelta(seconds=2), tick=False):
            drain(mine)
    assert listener.told == [1, 2]


def test_retries_back_off_and_end_as_a_dead_letter() -> None:
    listener = Listener()
    listener.refuses = {1}
    happen(1, 1)
    happen(1, 2)
    with owned(listener) as mine, time_machine.travel(clock.now(), tick=False) as time:
        mine.work()
        waits = []
        while (due := parked.next_due("tests")) is not None:
            waits.append((due - clock.now()).total_seconds())
            time.move_to(due)
            mine.work()
    assert waits == [2.0**n for n in range(parked.ATTEMPTS - 1)]
    (letter,) = parked.dead_letters()
    assert (letter.type, letter.attempts, letter.waiting) == ("TestHappened", parked.ATTEMPTS, 1)
    assert "cannot take 1" in letter.error
    assert listener.told == []


def dead_letter(listener: Listener, mine: Relay) -> int:
    with time_machine.travel(clock.now(), tick=False) as time:
        mine.work()
        while (due := parked.next_due("tests")) is not None:
            time.move_to(due)
            mine.work()
    (letter,) = parked.dead_letters()
    return letter.id


def test_a_replayed_letter_is_told_and_the_line_goes_on() -> None:
    listener = Listener()
    listener.refuses = {1}
    happen(1, 1)
    happen(1, 2)
    with owned(listener) as mine:
        letter = dead_letter(listener, mine)
        listener.refuses = set()
        parked.replay(letter)
        drain(mine)
    assert listener.told == [1, 2]


def test_a_dismissed_letter_is_not_told_and_the_line_goes_on() -> None:
    listener = Listener()
    listener.refuses = {1}
    happen(1, 1)
    happen(1, 2)
    with owned(listener) as mine:
        letter = dead_letter(listener, mine)
        parked.dismiss(letter)
        drain(mine)
    assert listener.told == [2]


@pytest.mark.parametrize("act", [parked.replay, parked.dismiss])
def test_only_dead_letters_can_be_replayed_or_dismissed(act: Any) -> None:
    listener = Listener()
    listener.refuses = {1}
    happen(1, 1)
    with owned(listener) as mine:
        mine.work()
    with pytest.raises(NotFound):
        act(ParkedEvent.objects.get().pk)


def test_the_slowest_retry_is_an_hour_apart() -> None:
    assert parked.delay(100) == timedelta(hours=1)


def test_two_relays_have_one_owner_and_the_other_takes_over() -> None:
    listener = Listener()
    with elsewhere() as other:
        standby = Relay(listener)
        with owned(listener):
            assert not other(standby.acquire)
        assert other(standby.acquire)


def test_two_consumers_have_two_owners() -> None:
    with elsewhere() as other, owned(Listener()):
        assert other(Relay(Consumer("others")).acquire)


def test_who_lost_the_lock_cannot_move_the_cursor() -> None:
    listener = Listener()
    happen(1, 1)
    mine = Relay(listener)
    assert mine.acquire()
    connection.close()  # Django reconnects by itself with the next statement; the lock does not come back
    with pytest.raises(LostOwnership):
        mine.work()
    assert ConsumerCursor.objects.get(name="tests").xact == 0


def test_a_failing_database_is_nobodys_fault() -> None:
    class Unlucky(Listener):
        def handle(self, event: Event) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    happen(1, 1)
    mine = Relay(Unlucky())
    assert mine.acquire()
    with pytest.raises(LostOwnership):
        mine.work()
    connection.close()
    assert not ParkedEvent.objects.exists()


def test_an_open_transaction_holds_events_back_but_loses_none() -> None:
    listener = Listener()
    with elsewhere() as other, owned(listener) as mine:
        late = transaction.atomic()
        other(late.__enter__)
        other(lambda: happen(1, 1))
        happen(2, 2)
        assert not mine.work()
        other(lambda: late.__exit__(None, None, None))
        drain(mine)
    assert listener.told == [1, 2]


def test_a_batch_ends_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "BATCH_SECONDS", -1.0)
    listener = Listener()
    for n in (1, 2):
        happen(n, n)
    with owned(listener) as mine:
        mine.work()
        assert listener.told == [1]
        assert ConsumerCursor.objects.get(name="tests").xact == mine.cursor.xact
        drain(mine)
    assert listener.told == [1, 2]


def test_listening_to_what_nobody_says_is_a_mistake() -> None:
    with pytest.raises(UndeclaredEvent, match="TicketClozed"):
        subscribe.on("TicketClozed", consumer="tests")
