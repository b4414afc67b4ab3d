"""Engines that are killed, that work two at a time, and that meet receivers which fail: nothing lost, order kept."""

from __future__ import annotations

import random
import socket
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence

import pytest
from django.db import connection

from gongdan.listeners.webhooks.models import Delivery
from tests.outbox.happenings import happen
from tests.webhooks.conftest import Engine, Hook
from tests.webhooks.receiver import Message, Receiver, Until, answering, eventually

pytestmark = pytest.mark.django_db(transaction=True)
NewReceiver = Callable[..., Receiver]
Start = Callable[..., Engine]
FanOut = Callable[[], None]
SUBJECTS = 20
RANDOM_SECONDS = 60.0
BLOWS_APART = (0.5, 3.0)  # seconds


def numbers_by_subject(messages: Sequence[Message]) -> dict[int, list[int]]:
    """What came of each subject, repetitions left out."""
    found: dict[int, list[int]] = defaultdict(list)
    seen = set()
    for one in messages:
        if one.id not in seen:
            seen.add(one.id)
            found[one.value["subject_id"]].append(one.value["data"]["n"])
    return found


def all_delivered() -> bool:
    return not Delivery.objects.exclude(state="delivered").exists()


def test_killed_between_sending_and_marking_it_is_sent_again_under_the_same_id(
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start
) -> None:
    there = receiver(hold := Until())
    hook(there, types=["TestHappened"])
    happen(1, 1)
    happen(1, 2)
    fan_out()
    first = engine(GONGDAN_WEBHOOK_SECONDS="5")
    there.wait_for(1)
    first.kill()
    hold.passed.set()
    there.behave = answering()
    engine()
    messages = there.wait(lambda all_: len({one.id for one in all_}) == 2)
    assert messages[0].id == messages[1].id
    assert messages[0].body == messages[1].body
    eventually(all_delivered)
    assert numbers_by_subject(there.messages) == {1: [1, 2]}


def test_stopped_kindly_nothing_is_repeated(
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start
) -> None:
    there = receiver()
    hook(there, types=["TestHappened"])
    for n in range(200):
        happen(n % SUBJECTS, n)
    fan_out()
    first = engine()
    there.wait_for(20)
    first.stop()
    engine()
    eventually(all_delivered)
    assert len(there.messages) == 200


def test_two_engines_share_the_work_and_keep_the_order(
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start
) -> None:
    there = receiver()
    hook(there, types=["TestHappened"])
    engine()
    engine()
    for n in range(300):
        happen(n % SUBJECTS, n)
        if n % 30 == 0:
            fan_out()
    fan_out()
    eventually(all_delivered)
    assert len(there.messages) == 300
    assert numbers_by_subject(there.messages) == {
        subject: list(range(subject, 300, SUBJECTS)) for subject in range(SUBJECTS)
    }


def test_the_dead_do_not_slow_the_living(
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start
) -> None:
    alive, hanging = receiver(), receiver(hold := Until())
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        hook(f"http://127.0.0.1:{nobody.getsockname()[1]}/", types=["TestHappened"])
        hook(hanging, types=["TestHappened"])
        hook(alive, types=["TestHappened"])
        engine()
        for n in range(300):
            happen(n, n)
        fan_out()
        alive.wait_for(300, seconds=10)
        eventually(lambda: Delivery.objects.filter(state="delivered").count() == 300)
        assert hanging.most_open <= 8
        assert len(hanging.messages) < 20
        hold.passed.set()


def test_order_is_kept_when_answers_come_at_random(
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start
) -> None:
    chance = random.Random(7)
    seen: set[str] = set()

    def moody(connection: socket.socket, message: Message) -> None:
        """The first try of some fails; nothing of the same subject may come before it was accepted."""
        if message.id not in seen and chance.random() < 0.2:
            seen.add(message.id)
            return answering(500)(connection, message)
        seen.add(message.id)
        return accepted(connection, message)

    taken: list[Message] = []

    def accepted(connection: socket.socket, message: Message) -> None:
        taken.append(message)
        answering()(connection, message)

    there = receiver(moody)
    hook(there, types=["TestHappened"])
    engine()
    for n in range(60):
        happen(n % 6, n)
    fan_out()
    eventually(all_delivered, 60)
    assert numbers_by_subject(taken) == {subject: list(range(subject, 60, 6)) for subject in range(6)}


@pytest.mark.crash
def test_killed_at_random_for_a_minute_everything_arrives_in_order(
    receiver: NewReceiver, hook: Hook, fan_out: FanOut, engine: Start
) -> None:
    there = receiver()
    hook(there, types=["TestHappened"])
    chance, over, told = random.Random(11), threading.Event(), [0]

    def live() -> None:
        while not over.wait(0.02):
            happen(told[0] % SUBJECTS, told[0])
            told[0] += 1
        connection.close()

    living = threading.Thread(target=live)
    living.start()
    timer = threading.Timer(RANDOM_SECONDS, over.set)
    timer.start()
    engines = [engine(), engine()]
    while not over.wait(chance.uniform(*BLOWS_APART)):
        fan_out()
        engines.pop(chance.randrange(2)).kill()
        engines.append(engine())
    living.join()
    fan_out()
    eventually(all_delivered, 60)
    assert told[0] > 100
    assert numbers_by_subject(there.messages) == {
        subject: list(range(subject, told[0], SUBJECTS)) for subject in range(SUBJECTS)
    }
