"""Asking outside any transaction: nobody is held up meanwhile, and what changed meanwhile is asked about again, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from gongdan.core.tickets.models import Ticket
from gongdan.kernel import deed
from gongdan.kernel.unit import unit
from gongdan.outbox import verify
from tests.client import Answer, Client
from tests.interception.conftest import Register, intercepted
from tests.interception.receiver import Handler, Receiver
from tests.tickets import scenes
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)
OF_CONNECTING = {"host", "port", "dbname", "user", "password"}
IN_TRANSACTION = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
  AND backend_type = 'client backend'
"""


@pytest.fixture(autouse=True)
def closed_connections() -> Iterator[None]:
    yield
    connections.close_all()


def transactions(database: dict[str, Any]) -> int:
    """How many connections of this database are in a transaction, seen from another one."""
    with psycopg.connect(**database, autocommit=True) as looking:
        found = looking.execute(IN_TRANSACTION).fetchone()
    assert found is not None
    return int(found[0])


@pytest.mark.parametrize("key", [None, "k-1"])
def test_no_connection_is_in_a_transaction_while_it_is_asked(
    world: World, receiver: Receiver, register: Register, key: str | None
) -> None:
    seen: list[int] = []
    own: dict[str, Any] = connection.get_connection_params()
    database = {name: own[name] for name in own if name in OF_CONNECTING}
    number = scenes.accepted(world)
    register(receiver)

    def behave(handler: Handler, _question: dict[str, Any]) -> None:
        seen.append(transactions(database))
        handler.answer({"decision": "allow"})

    receiver.behaviour = behave
    agent, clerk = world.by(world.o.agent), world.by(world.o.clerk)
    opened = agent.post("/tickets", {"category": "complaint", "body": "断网"}, key=key)
    done = clerk.post(f"/tickets/{number}/actions/append", {"body": "又来电"}, key=key)
    assert (opened.status, done.status) == (201, 200)
    assert seen == [0, 0]


def appending(world: World, receiver: Receiver, number: str, times: int) -> Client:
    """Lets somebody else change the ticket while the receiver is asked about `note`, so many times."""
    other = world.clients(world.o.clerk)
    left = [None] * times

    def behave(handler: Handler, question: dict[str, Any]) -> None:
        if left:
            left.pop()
            try:
                done = other.post(f"/tickets/{number}/actions/append", {"body": "又来电"})
                assert done.status == 200, done.body
            finally:
                connections.close_all()
        handler.answer({"decision": "allow"})

    receiver.behaviour = behave
    return world.by(world.o.clerk)


@pytest.mark.parametrize("key", [None, "k-2"])
def test_what_changed_meanwhile_is_asked_about_again(
    world: World, receiver: Receiver, register: Register, key: str | None
) -> None:
    number = scenes.accepted(world)
    register(receiver, verbs=["note"])
    client = appending(world, receiver, number, 1)
    done = client.post(f"/tickets/{number}/actions/note", {"body": "内情"}, key=key)
    assert done.status == 200, done.body
    first, second = (one.body["ticket"]["version"] for one in receiver.questions)
    assert second == first + 1
    assert world.events(number)[-3:] == ["TicketAppended", "TicketIntercepted", "TicketNoted"]
    assert len(intercepted(world, number)) == 1
    ticket = Ticket.objects.get(number=number)
    assert list(verify.verify(subject="ticket", subject_id=ticket.pk)) == []


@pytest.mark.parametrize("key", [None, "k-3"])
def test_after_the_second_time_the_user_is_told(
    world: World, receiver: Receiver, register: Register, key: str | None
) -> None:
    number = scenes.accepted(world)
    register(receiver, verbs=["note"])
    client = appending(world, receiver, number, 9)
    refused = client.post(f"/tickets/{number}/actions/note", {"body": "内情"}, key=key)
    assert (refused.status, refused.code) == (409, "changed_while_asked")
    assert len(receiver.questions) == 2
    assert "TicketNoted" not in world.events(number)
    receiver.allows()
    again = client.post(f"/tickets/{number}/actions/note", {"body": "内情"}, key=key)
    assert (again.status, "Idempotency-Replayed" in again.headers) == (200, False)


def test_a_repeated_request_is_replayed_without_asking(
    world: World, receiver: Receiver, register: Register
) -> None:
    register(receiver)
    agent = world.by(world.o.agent)

    def post(body: str = "断网") -> Answer:
        return agent.post("/tickets", {"category": "complaint", "body": body}, key="k-4")

    receiver.says({"decision": "refuse", "sentence": "不行"})
    assert post().code == "intercepted"
    receiver.allows()
    first, again = post(), post()
    assert (first.status, again.status, again.body) == (201, 201, first.body)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert post("别的").code == "idempotency_key_reused"
    assert len(receiver.questions) == 2


class Asks:
    """A deed that others are asked about."""

    asks = True

    def ask(self) -> None: ...

    def act(self) -> None: ...


def test_asking_inside_a_unit_is_a_programming_error() -> None:
    deed.run(Asks())
    with unit(), pytest.raises(RuntimeError, match="inside a unit"):
        deed.run(Asks())
