"""The long poll, what is refused, what is filtered, and what the plain answer costs."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.feed.reading import Feed, end_of, plain
from tests.outbox.happenings import happen
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_answers_when_something_happens(world: World, feed: Feed) -> None:
    admin = world.by(world.o.admin)
    begin = end_of(admin)
    asking = feed.asking(admin, after=begin, wait=30)
    happen(1, 7)
    answer = feed.answered(asking)
    assert answer["events"] == plain(admin, begin)
    assert answer["cursor"] == answer["events"][-1]["cursor"]


def test_it_answers_nothing_in_the_end_and_moves_on(world: World, feed: Feed) -> None:
    biller, admin = world.by(world.o.biller), world.by(world.o.admin)
    begin = end_of(admin)
    happen(1, 7)
    answer = feed.poll(biller, after=begin, wait=1)
    assert answer["events"] == []
    assert answer["cursor"] >= plain(admin, begin)[-1]["cursor"]


def test_what_is_there_is_answered_without_the_live_process(world: World) -> None:
    number = world.number()
    answer = world.by(world.o.admin).get("/events", wait=60, ticket=number)
    assert [one["type"] for one in answer["events"]] == ["TicketOpened", "TicketSubmitted"]


def test_a_full_page_at_a_time(world: World, feed: Feed) -> None:
    admin = world.by(world.o.admin)
    begin = end_of(admin)
    asking = feed.asking(admin, after=begin, wait=30, limit=2, type=["TicketOpened", "TicketSubmitted"])
    number = world.number()
    first = feed.answered(asking)
    rest = plain(admin, first["cursor"])
    assert [one["ticket"] for one in [*first["events"], *rest]] == [number, number]


FILTERS: list[tuple[dict[str, Any], set[str]]] = [
    ({"subject": "test"}, {"TestHappened"}),
    ({"type": ["TicketOpened", "TestHappened"]}, {"TicketOpened", "TestHappened"}),
    ({"condition": "type is TicketSubmitted"}, {"TicketSubmitted"}),
    ({"condition": "kind is complaint and not (type is TicketOpened)"}, {"TicketSubmitted"}),
    ({"condition": "category is complaint and kind of actor is staff"}, {"TicketOpened", "TicketSubmitted"}),
    ({"condition": "priority over 100"}, set()),
    ({"condition": "subject is test"}, {"TestHappened"}),
    ({"condition": "state is empty", "subject": "test"}, {"TestHappened"}),
    ({"condition": "kind is consultation"}, set()),
]


@pytest.mark.parametrize(("query", "types"), FILTERS)
def test_filters_of_the_plain_answer(world: World, query: dict[str, Any], types: set[str]) -> None:
    admin = world.by(world.o.admin)
    begin = end_of(admin)
    world.number()
    happen(1, 1)
    assert {one["type"] for one in plain(admin, begin, **query)} == types
    assert {one["type"] for one in plain(admin, begin, limit=1, **query)} == types


def test_filters_of_streams(world: World, feed: Feed) -> None:
    admin = world.by(world.o.admin)
    begin = end_of(admin)
    behind = [(feed.stream(admin, after=begin, heartbeat=1, **query), types) for query, types in FILTERS]
    for stream, _ in behind:
        stream.beat()
    world.number()
    happen(1, 1)
    end = plain(admin, begin)[-1]["cursor"]
    for stream, types in behind:
        found, message = set(), stream.next()
        while message.id < end or message.data is not None:
            found |= {message.event} if message.data is not None else set()
            message = stream.next()
        assert found == types


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"condition": "colour is red"}, "unusable_condition"),
        ({"condition": "type is"}, "unusable_condition"),
        ({"subject": "weather"}, "unknown_subject"),
        ({"type": "Nonsense"}, "unknown_event_type"),
        ({"group": "nobodys"}, "unknown_group"),
        ({"wait": 61}, "invalid_input"),
        ({"condition": "x" * 1001}, "invalid_input"),
        ({"after": "yesterday", "wait": 5}, "invalid_cursor"),
    ],
)
def test_nonsense_is_refused_before_anybody_waits(world: World, query: dict[str, Any], code: str) -> None:
    assert world.by(world.o.admin).get("/events", **query).code == code


@pytest.mark.parametrize("query", [{}, {"condition": "kind is complaint"}, {"subject": "ticket"}])
def test_the_plain_answer_costs_the_same_for_any_length(world: World, query: dict[str, str]) -> None:
    for _ in range(3):
        world.number()
    admin, counts = world.by(world.o.admin), []
    admin.get("/events", **query)  # the organisation and the catalogue are cached from here on
    for limit in (1, 100):
        with CaptureQueriesContext(connection) as seen:
            admin.get("/events", limit=limit, **query)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= (5 if "condition" in query else 4)
