"""Who is told of what: by type and condition, within the owner's sight, once, at the price of a few statements."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.kernel.actor import Actor
from gongdan.listeners.webhooks import administration, consumers, matching, queueing
from gongdan.listeners.webhooks.models import Delivery, Endpoint
from gongdan.outbox import feed
from gongdan.outbox.feed import Cursor, Event
from gongdan.outbox.models import ConsumerCursor, ParkedEvent
from gongdan.outbox.relay import Relay
from gongdan.outbox.subscribe import Consumer
from tests.outbox.happenings import happen
from tests.tickets.conftest import World
from tests.webhooks.conftest import Hook

pytestmark = pytest.mark.django_db(transaction=True)
ELSEWHERE = "https://hooks.example.com/in"
FanOut = Callable[[], None]


def told(endpoint: Endpoint) -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(endpoint_id=endpoint.pk).order_by("event_id")
    return list(rows.values_list("type", "ticket"))


def test_types_conditions_and_sight_decide(world: World, hook: Hook, fan_out: FanOut) -> None:
    everything = hook(ELSEWHERE)
    opened = hook(ELSEWHERE, types=["TicketOpened"])
    phone = hook(ELSEWHERE, condition="channel is phone and type in (TicketOpened, TicketSubmitted)")
    never = hook(ELSEWHERE, condition="channel is email")
    stranger = hook(ELSEWHERE, types=["TicketOpened"], owner_id=world.o.biller.pk)
    off = hook(ELSEWHERE, active=False)
    number = world.number()
    fan_out()
    assert ("TicketOpened", number) in told(everything)
    assert told(opened) == [("TicketOpened", number)]
    assert {type_ for type_, _ in told(phone)} <= {"TicketOpened", "TicketSubmitted"}
    assert told(phone) != []
    assert [told(one) for one in (never, stranger, off)] == [[], [], []]


def test_nobody_is_told_of_what_was_before(hook: Hook, fan_out: FanOut) -> None:
    happen(1, 1)
    made = hook(ELSEWHERE, types=["TestHappened"])
    happen(1, 2)
    fan_out()
    assert len(told(made)) == 1


def test_told_twice_it_is_recorded_once(hook: Hook, fan_out: FanOut) -> None:
    made = hook(ELSEWHERE, types=["TestHappened"])
    for n in range(3):
        happen(1, n)
    fan_out()
    ConsumerCursor.objects.filter(name="webhooks").update(xact=0, event_id=0)
    consumers.fan_out(feed.read(Cursor(), 100).events)
    assert len(told(made)) == 3


def test_one_removed_meanwhile_holds_nobody_up(hook: Hook, admin: Actor) -> None:
    """Found to be listening, and gone before its deliveries were recorded."""
    kept, gone = hook(ELSEWHERE, types=["TestHappened"]), hook(ELSEWHERE, types=["TestHappened"])
    happen(1, 1)
    found = matching.matches(feed.read(Cursor(), 100).events)
    assert {one.endpoint_id for one in found} == {kept.pk, gone.pk}
    administration.remove(gone.pk, actor=admin)
    assert queueing.queue(found) == 1
    assert len(told(kept)) == 1


def test_while_nobody_listens_it_costs_nothing(hook: Hook, admin: Actor) -> None:
    happen(1, 1)
    events = feed.read(Cursor(), 100).events
    consumers.fan_out(events)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        consumers.fan_out(events)
    assert len(asked) == 0


def test_a_hundred_events_cost_as_much_as_one(world: World, hook: Hook) -> None:
    hook(ELSEWHERE, condition="channel is phone")
    for _ in range(4):
        world.number()
    events = feed.read(Cursor(), 200).events
    consumers.fan_out(events[:1])
    Delivery.objects.all().delete()
    with CaptureQueriesContext(connection) as asked:
        consumers.fan_out(events)
    assert len(asked) == 3  # sight, facts, deliveries
    assert Delivery.objects.count() > 4


def test_a_webhook_is_not_told_of_itself(hook: Hook, fan_out: FanOut, admin: Actor) -> None:
    first, second = hook(ELSEWHERE), hook(ELSEWHERE)
    administration.change(first.pk, {"name": "renamed"}, actor=admin)
    fan_out()
    assert ("WebhookChanged", "") in told(second)
    assert ("WebhookChanged", "") not in told(first)


class Batches(Consumer):
    """A handler of batches that cannot take some numbers."""

    def __init__(self, refuses: set[int]) -> None:
        super().__init__("batches", {"TestHappened": (lambda event: self.take([event]),)}, self.take)
        self.refuses = refuses
        self.calls: list[list[int]] = []

    def take(self, events: Sequence[Event]) -> None:
        numbers = [int(event.data["n"]) for event in events]
        self.calls.append(numbers)
        if self.refuses & set(numbers):
            raise RuntimeError("cannot take it")


@pytest.fixture
def relaying() -> Callable[[Consumer], Relay]:
    def own(consumer: Consumer) -> Relay:
        relay = Relay(consumer)
        assert relay.acquire()
        return relay

    return own


def test_a_batch_is_handled_at_once(relaying: Callable[[Consumer], Relay]) -> None:
    for n in range(5):
        happen(n, n)
    consumer = Batches(set())
    relay = relaying(consumer)
    while relay.work():
        pass
    connection.close()
    assert consumer.calls == [[0, 1, 2, 3, 4]]


def test_of_a_batch_that_fails_only_the_guilty_is_parked(relaying: Callable[[Consumer], Relay]) -> None:
    for n in range(5):
        happen(n % 3, n)
    consumer = Batches({1})
    relay = relaying(consumer)
    assert relay.work()
    assert consumer.calls == [[0, 1, 2, 3, 4], [0], [1], [2], [3]]
    waiting = ParkedEvent.objects.order_by("event_id").values_list("subject_id", "attempts")
    assert list(waiting) == [(1, 1), (1, 0)]
    happen(2, 7)
    consumer.refuses = set()
    while relay.work():
        pass
    connection.close()
    assert consumer.calls[-1] == [7]
