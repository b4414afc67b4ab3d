"""An interceptor that is slow takes some of a process's threads, and leaves the others to everybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from gongdan.core.ports import Proposal, Verdict, ports
from gongdan.modules.interception import asking, places
from tests.interception.conftest import Register
from tests.interception.receiver import Receiver
from tests.tickets.conftest import World
from tests.webhooks.receiver import eventually

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = Proposal(
    "open", None, {"body": "x"}, {"kind": "staff", "id": 1, "name": "孙丽", "via": "desk"}, {}
)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as made:
        yield made


def ask() -> Verdict:
    try:
        return ports.interception.ask(QUESTION)
    finally:
        connections.close_all()


def decisions(verdict: Verdict) -> list[tuple[str, str]]:
    return [(one.interceptor, one.decision) for one in verdict.decisions]


def waiting(receiver: Receiver, number: int) -> None:
    eventually(lambda: len(receiver.questions) >= number)


def test_who_comes_when_it_is_crowded_passes_it_by(
    world: World, receivers: Callable[[], Receiver], register: Register, pool: ThreadPoolExecutor
) -> None:
    slow, quick = receivers(), receivers()
    register(slow, "慢", timeout_ms=10_000)
    register(quick, "快")
    slow.hangs()
    held = [pool.submit(ask) for _ in range(places.OF_ONE)]
    waiting(slow, places.OF_ONE)
    passed = [pool.submit(ask) for _ in range(4)]
    for one in passed:
        verdict = one.result(timeout=5)
        assert decisions(verdict) == [("慢", "skipped"), ("快", "allow")]
        assert verdict.decisions[0].sentence == asking.CROWDED
        assert verdict.refusal is None
    assert len(slow.questions) == places.OF_ONE
    slow.allows()
    slow.released.set()
    assert [decisions(one.result(timeout=5))[0] for one in held] == [("慢", "failed")] * places.OF_ONE
    assert decisions(ask()) == [("慢", "allow"), ("快", "allow")]


def test_closed_on_failure_it_lets_nobody_by(
    world: World, receiver: Receiver, register: Register, pool: ThreadPoolExecutor
) -> None:
    register(receiver, timeout_ms=10_000, on_failure="closed")
    receiver.hangs()
    held = [pool.submit(ask) for _ in range(places.OF_ONE)]
    waiting(receiver, places.OF_ONE)
    assert world.open().code == "interceptor_unavailable"
    receiver.released.set()
    for one in held:
        assert one.result(timeout=5).refusal is not None


def test_one_that_answers_at_once_is_asked_by_all(
    world: World, receiver: Receiver, register: Register, pool: ThreadPoolExecutor
) -> None:
    register(receiver)
    found = [one.result(timeout=20) for one in [pool.submit(ask) for _ in range(40)]]
    assert {decisions(one)[0][1] for one in found} == {"allow"}


def test_all_together_leave_a_place(world: World) -> None:
    made = places.Places()
    assert [made.take(key, 0.0) for key in (1, 1, 1, 2, 2, 3)] == [True, True, False, True, False, False]
    made.give_back(1)
    assert made.take(3, 0.0)
