"""Two people at the same moment, on connections of their own: one winner, one clear answer, one ticket per key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from gongdan.core.staff.models import Scope
from gongdan.core.tickets.models import Ticket, WorkItem
from gongdan.outbox import verify
from tests import company
from tests.client import Answer
from tests.tickets import scenes
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)
Ask = Callable[[], Answer]


@pytest.fixture(autouse=True)
def closed_connections() -> Iterator[None]:
    yield
    connections.close_all()


def at_once(*asked: Ask) -> list[Answer]:
    """Each in a thread of its own; all start together."""
    barrier = Barrier(len(asked))

    def run(ask: Ask) -> Answer:
        barrier.wait(timeout=20)
        try:
            return ask()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(asked)) as pool:
        return list(pool.map(run, asked))


def asks(world: World, number: str, verb: str, people: list[Any], **args: Any) -> list[Ask]:
    clients = [world.clients(who) for who in people]
    path = f"/tickets/{number}/actions/{verb}"
    return [lambda client=client: client.post(path, args) for client in clients]  # type: ignore[misc]


def test_of_two_who_accept_one_wins_and_the_other_is_told_by_whom_and_when(world: World) -> None:
    o = world.o
    for _ in range(5):
        number = world.number()
        people = [o.clerk, o.clerk_two, o.head]
        answers = at_once(*asks(world, number, "accept", people))
        assert sorted(one.status for one in answers) == [200, 409, 409]
        item = WorkItem.objects.get(ticket__number=number, state="accepted")
        assert item.handler is not None
        assert item.accepted_at is not None
        winner = next(who for who, one in zip(people, answers, strict=True) if one.status == 200)
        assert item.handler_id == winner.pk
        for loser in (one for one in answers if one.status == 409):
            assert loser.code == "already_accepted"
            assert loser["params"] == {"handler": winner.name, "at": item.accepted_at.isoformat()}
        assert world.events(number).count("TicketAccepted") == 1
        assert list(verify.verify(subject="ticket", subject_id=item.ticket_id)) == []


def test_the_same_key_from_two_threads_makes_one_ticket(world: World) -> None:
    body = {"category": "complaint", "body": "断网"}
    clients = [world.clients(world.o.agent) for _ in range(3)]
    answers = at_once(*[lambda c=client: c.post("/tickets", body, key="k-1") for client in clients])
    assert [one.status for one in answers] == [201, 201, 201]
    assert {one["number"] for one in answers} == {Ticket.objects.get().number}
    assert sum("Idempotency-Replayed" in one.headers for one in answers) == 2
    other = clients[0].post("/tickets", {**body, "body": "别的"}, key="k-1")
    assert (other.status, other.code) == (422, "idempotency_key_reused")


def test_the_same_key_on_a_verb_does_it_once(world: World) -> None:
    number = scenes.accepted(world)
    clients = [world.clients(world.o.agent) for _ in range(2)]
    path = f"/tickets/{number}/actions/append"
    answers = at_once(*[lambda c=client: c.post(path, {"body": "又来电"}, key="k-2") for client in clients])
    assert [one.status for one in answers] == [200, 200]
    assert world.events(number).count("TicketAppended") == 1


def test_many_who_write_at_once_leave_one_unbroken_chain(world: World) -> None:
    number = scenes.accepted(world)
    before = Ticket.objects.get(number=number).version
    people = [world.o.clerk, world.o.head, world.o.agent, world.o.clerk_two]
    answers = at_once(*asks(world, number, "append", people, body="补充"))
    assert [one.status for one in answers] == [200, 200, 200, 200]
    ticket = Ticket.objects.get(number=number)
    assert ticket.version == before + 4
    assert list(verify.verify(subject="ticket", subject_id=ticket.pk)) == []


def test_two_signatures_at_once_go_on_once(world: World) -> None:
    o = world.o
    number = scenes.repairing(world)
    for who in (o.clerk, o.clerk_two):
        world.done(who, number, "accept")
    world.done(o.technician, number, "process", result="已修")
    answers = at_once(*asks(world, number, "process", [o.clerk, o.clerk_two], outcome="agree"))
    assert [one.status for one in answers] == [200, 200]
    assert [item["node"] for item in world.page(o.admin, number)["present"]] == ["finish"]


def test_two_links_at_once_are_one(world: World) -> None:
    one, other = world.number(), world.number()
    people = [world.o.agent, world.o.agent]
    answers = at_once(*asks(world, one, "link", people, other=other))
    assert sorted(answer.status for answer in answers) == [200, 409]


def test_the_feed_hides_internal_notes_from_whoever_may_not_read_them(world: World) -> None:
    rights = ["ticket.view"]
    outsider = company.person("outsider", "外包", world.o.billing, company.role("outside", rights, Scope.ALL))
    number = scenes.accepted(world)
    world.done(world.o.clerk, number, "note", body="内情")
    for query in ({}, {"ticket": number}):
        for who, seen in ((world.o.agent, True), (outsider, False)):
            events = world.by(who).get("/events", **query)["events"]
            assert events
            assert ("TicketNoted" in [one["type"] for one in events]) == seen
    assert world.by(world.o.biller).get("/events", ticket=number)["events"] == []
