"""A dead interceptor costs a few verbs their patience, not all; when it answers again it is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.ports import Proposal, ports
from gongdan.kernel import reference
from gongdan.modules.interception import breaker
from gongdan.modules.interception.asking import Asking
from gongdan.modules.interception.models import Rest
from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.interception.conftest import Register, intercepted, logged
from tests.interception.receiver import Receiver
from tests.tickets.conftest import World

NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
QUESTION = Proposal("open", None, {}, {}, {})


def health(admin: Client) -> dict[str, object]:
    (one,) = admin.get("/interceptors")["items"]
    return dict(one["health"])


def kinds() -> list[str]:
    found = EventRecord.objects.filter(subject="interceptor").order_by("id").values_list("type", flat=True)
    return [one for one in found if one != "InterceptorCreated"]


def test_it_rests_is_tried_and_recovers(
    world: World, receiver: Receiver, register: Register, admin: Client
) -> None:
    with time_machine.travel(NOON, tick=False) as present:
        register(receiver)
        receiver.says({}, 500)
        for _ in range(breaker.FAILURES):
            world.number("consultation")
        assert health(admin)["state"] == "resting"
        number = world.number("consultation")
        assert len(receiver.questions) == breaker.FAILURES
        assert [one["decision"] for one in intercepted(world, number)] == ["skipped"]
        present.shift(breaker.rest_after(1))
        world.number("consultation")
        world.number("consultation")
        assert len(receiver.questions) == breaker.FAILURES + 1
        assert Rest.objects.get().times == 2
        assert Rest.objects.get().until == NOON + breaker.rest_after(1) + breaker.rest_after(2)
        present.shift(breaker.rest_after(2))
        receiver.allows()
        for _ in range(2):
            world.number("consultation")
        assert health(admin)["state"] == "active"
        assert [one["decision"] for one in logged(admin)] == [
            *["failed"] * breaker.FAILURES, "skipped", "failed", "skipped", "allow", "allow",
        ]  # fmt: skip
    assert kinds() == ["InterceptorRested", "InterceptorRecovered"]


def test_closed_on_failure_it_stops_verbs_while_it_rests(
    world: World, receiver: Receiver, register: Register, admin: Client
) -> None:
    register(receiver, on_failure="closed")
    receiver.says({}, 500)
    for _ in range(breaker.FAILURES + 1):
        assert world.open().code == "interceptor_unavailable"
    assert len(receiver.questions) == breaker.FAILURES
    assert logged(admin)[-1]["decision"] == "skipped"


def test_only_failures_in_a_row_count(world: World, receiver: Receiver, register: Register) -> None:
    register(receiver)
    for _ in range(3):
        receiver.says({}, 500)
        for _ in range(breaker.FAILURES - 1):
            world.number("consultation")
        receiver.says({"decision": "refuse"})
        world.open("consultation")
    assert not Rest.objects.exists()


def test_another_process_learns_of_it_and_only_one_tries(
    world: World, receiver: Receiver, register: Register
) -> None:
    register(receiver)
    mine = ports.interception
    other = Asking()
    receiver.says({}, 500)
    with time_machine.travel(NOON, tick=False) as present:
        for _ in range(breaker.FAILURES):
            mine.ask(QUESTION)
        reference.refresh()
        assert other.ask(QUESTION).decisions[0].decision == "skipped"
        present.shift(breaker.rest_after(1))
        asked = len(receiver.questions)
        entry = Rest.objects.filter(probing_until=None)
        assert entry.update(probing_until=NOON + timedelta(minutes=1)) == 1  # a third one is trying it
        assert other.ask(QUESTION).decisions[0].decision == "skipped"
        assert len(receiver.questions) == asked
        present.shift(timedelta(minutes=2))  # and died over it
        assert other.ask(QUESTION).decisions[0].decision == "failed"


def test_changing_it_or_a_try_by_hand_ends_its_rest(
    world: World, receiver: Receiver, register: Register, admin: Client
) -> None:
    identity = register(receiver)["id"]
    for method, path, body in (("PATCH", "", {"timeout_ms": 2_000}), ("POST", "/test", {})):
        receiver.says({}, 500)
        for _ in range(breaker.FAILURES):
            world.number("consultation")
        assert health(admin)["state"] == "resting"
        receiver.allows()
        assert admin.send(method, f"/interceptors/{identity}{path}", body).status == 200
        assert health(admin)["state"] == "active"


def test_a_rest_costs_no_statement(world: World, receiver: Receiver, register: Register) -> None:
    """Of its own: the decision is logged like any other."""
    register(receiver)

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            ports.interception.ask(QUESTION)
        return len(seen)

    ports.interception.ask(QUESTION)
    answering = statements()
    receiver.says({}, 500)
    for _ in range(breaker.FAILURES):
        ports.interception.ask(QUESTION)
    reference.refresh()
    ports.interception.wanted("open")
    assert statements() == answering == 1


@pytest.mark.parametrize(("times", "seconds"), [(1, 10), (2, 20), (4, 80), (7, 600), (10_000, 600)])
def test_rests_grow_up_to_ten_minutes(times: int, seconds: int) -> None:
    assert breaker.rest_after(times) == timedelta(seconds=seconds)
