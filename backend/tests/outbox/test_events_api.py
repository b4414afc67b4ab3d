"""GET /events: what others may read, from a cursor on; and the dead letters."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.kernel import clock
from gongdan.outbox.models import ConsumerCursor, EventRecord, ParkedEvent
from tests.client import Client
from tests.outbox.happenings import happen
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


def everything(client: Client, limit: int = 2, **query: Any) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        page = client.get("/events", after=after, limit=limit, **query)
        assert page.status == 200, page.body
        events += page["events"]
        if page["cursor"] == after:
            return events
        after = page["cursor"]


def test_each_sees_what_they_may(world: World) -> None:
    number = world.verified(world.number())
    happen(1, 1)
    types = {one["type"] for one in everything(world.by(world.o.clerk)) if one["ticket"] == number}
    assert {"TicketOpened", "TicketSubmitted", "TicketAccepted", "TicketProcessed"} <= types
    assert [one for one in everything(world.by(world.o.biller)) if one["subject"] == "ticket"] == []
    assert "TestHappened" in {one["type"] for one in everything(world.by(world.o.admin))}
    assert "TestHappened" not in {one["type"] for one in everything(world.by(world.o.clerk))}


def test_an_event_is_told_in_full(world: World) -> None:
    number = world.number()
    opened = next(one for one in everything(world.by(world.o.agent)) if one["type"] == "TicketOpened")
    assert opened["ticket"] == number
    assert opened["actor"] == {
        "kind": "staff",
        "id": world.o.agent.pk,
        "name": world.o.agent.name,
        "via": "api",
    }
    assert (opened["seq"], opened["version"], opened["subject"]) == (1, 1, "ticket")
    assert set(opened) == {
        "cursor", "id", "type", "version", "subject", "subject_id", "ticket", "seq", "actor", "at", "data",
    }  # fmt: skip


def test_notes_are_for_who_may_read_notes(world: World) -> None:
    number = world.approved(world.number())
    world.done(world.o.clerk, number, "note", body="内部")
    world.done(world.o.reviewer, number, "accept")
    assert "TicketNoted" in {one["type"] for one in everything(world.by(world.o.clerk))}
    seen = {one["type"] for one in everything(world.by(world.o.reviewer))}
    assert "TicketNoted" not in seen
    assert "TicketAccepted" in seen


def test_only_some_types_or_one_ticket(world: World) -> None:
    first, second = world.number(), world.number()
    admin = world.by(world.o.admin)
    assert [one["ticket"] for one in everything(admin, type=["TicketOpened"])] == [first, second]
    assert {one["ticket"] for one in everything(admin, ticket=second)} == {second}
    assert [one["type"] for one in everything(admin, ticket=second, type=["TicketSubmitted"])] == [
        "TicketSubmitted"
    ]


def test_a_foreign_ticket_is_as_empty_as_none(world: World) -> None:
    number = world.number()
    biller = world.by(world.o.biller)
    assert everything(biller, ticket=number) == everything(biller, ticket="19990101-1") == []


def test_now_is_the_end(world: World) -> None:
    world.number()
    admin = world.by(world.o.admin)
    here = admin.get("/events", after="now")
    assert here["events"] == []
    number = world.number()
    assert {one["ticket"] for one in admin.get("/events", after=here["cursor"])["events"]} == {number}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"after": "x"}, "invalid_cursor"),
        ({"type": "TicketClozed"}, "unknown_event_type"),
        ({"limit": 0}, None),
    ],
)
def test_nonsense_is_refused(world: World, query: dict[str, Any], code: str | None) -> None:
    answer = world.by(world.o.admin).get("/events", **query)
    assert answer.status == 422
    assert code is None or answer.code == code


def test_it_needs_somebody(world: World) -> None:
    assert Client().get("/events").status == 401


def test_a_page_costs_the_same_for_any_length(world: World) -> None:
    for _ in range(3):
        world.number()
    admin, counts = world.by(world.o.admin), []
    admin.get("/events")  # the organisation is cached from here on
    for limit in (1, 100):
        with CaptureQueriesContext(connection) as seen:
            admin.get("/events", limit=limit)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 5


@pytest.fixture
def letter(world: World) -> ParkedEvent:
    happen(1, 1)
    now = clock.now()
    ConsumerCursor.objects.create(name="tests", updated_at=now)
    event = EventRecord.objects.get(subject="test")
    return ParkedEvent.objects.create(
        consumer="tests",
        subject="test",
        subject_id=1,
        event=event,
        state="dead",
        attempts=12,
        error="no",
        parked_at=now,
    )


def test_dead_letters_are_seen_replayed_and_dismissed(world: World, letter: ParkedEvent) -> None:
    admin = world.by(world.o.admin)
    (item,) = admin.get("/dead-letters")["items"]
    assert (item["id"], item["consumer"], item["error"], item["type"]) == (
        letter.pk,
        "tests",
        "no",
        "TestHappened",
    )
    assert admin.post(f"/dead-letters/{letter.pk}/replay").status == 204
    assert admin.get("/dead-letters")["items"] == []
    assert admin.post(f"/dead-letters/{letter.pk}/dismiss").code == "unknown_dead_letter"
    ParkedEvent.objects.update(state="dead")
    assert admin.post(f"/dead-letters/{letter.pk}/dismiss").status == 204
    assert not ParkedEvent.objects.exists()


@pytest.mark.parametrize("path", ["", "/1/replay", "/1/dismiss"])
def test_dead_letters_are_the_administrators(world: World, path: str) -> None:
    answer = world.by(world.o.clerk).send("POST" if path else "GET", f"/dead-letters{path}", None)
    assert (answer.status, answer.code) == (403, "right_missing")
