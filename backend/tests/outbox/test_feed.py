"""What the feed promises: nothing is skipped, nothing comes twice, each subject in its order."""

from __future__ import annotations

import random
import threading

import pytest
from django.db import connection, transaction

from gongdan.kernel.errors import Invalid
from gongdan.outbox import feed
from gongdan.outbox.feed import Cursor, Event
from tests.outbox.happenings import SUBJECT, elsewhere, everything, happen, numbers

pytestmark = pytest.mark.django_db(transaction=True)


def test_pages_follow_each_other() -> None:
    for n in range(7):
        happen(1, n)
    assert numbers(everything(limit=3)) == list(range(7))


def test_a_lower_id_committed_later_is_not_skipped() -> None:
    with elsewhere() as other:
        late = transaction.atomic()
        other(late.__enter__)
        other(lambda: happen(1, 1))
        happen(2, 2)
        before = feed.read(Cursor(), 10)
        other(lambda: late.__exit__(None, None, None))
        after = feed.read(before.cursor, 10)
    assert numbers([*before.events]) == []  # the younger transaction waits for the older one
    assert numbers([*after.events]) == [1, 2]
    assert after.events[0].id < after.events[1].id


def test_what_is_rolled_back_never_appears() -> None:
    with transaction.atomic():
        happen(1, 1)
        transaction.set_rollback(True)
    happen(1, 2)
    (event,) = everything()
    assert (event.data, event.seq) == ({"n": 2}, 1)


def test_an_older_transaction_that_writes_a_subject_later_comes_later() -> None:
    def take_an_id() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")

    with elsewhere() as other:
        older = transaction.atomic()
        other(older.__enter__)
        other(take_an_id)
        happen(1, 1)
        other(lambda: happen(1, 2))
        other(lambda: older.__exit__(None, None, None))
    assert [(event.seq, event.data["n"]) for event in everything(limit=1)] == [(1, 1), (2, 2)]


def test_many_writers_and_a_reader_at_once() -> None:
    writers, each = 4, 40
    seen: list[Event] = []

    def write(seed: int) -> None:
        chance = random.Random(seed)
        for n in range(each):
            with transaction.atomic():
                happen(chance.randrange(5), seed * 1000 + n)
                if chance.random() < 0.5:
                    happen(chance.randrange(5, 10), seed * 1000 + 500 + n)
        connection.close()

    threads = [threading.Thread(target=write, args=(seed,)) for seed in range(writers)]
    for thread in threads:
        thread.start()
    cursor = Cursor()
    while any(thread.is_alive() for thread in threads) or feed.read(cursor, 1).events:
        page = feed.read(cursor, 7)
        seen += page.events
        cursor = page.cursor
    with connection.cursor() as query:
        query.execute("SELECT id FROM outbox_eventrecord")
        written = {row[0] for row in query.fetchall()}
    assert {event.id for event in seen} == written
    assert len(seen) == len(written)
    for subject_id in range(10):
        order = [event.seq for event in seen if event.subject_id == subject_id]
        assert order == sorted(order)


def test_the_position_is_after_everything_committed() -> None:
    happen(1, 1)
    here = feed.position()
    happen(1, 2)
    assert numbers([*feed.read(here, 10).events]) == [2]


def test_only_some_types() -> None:
    for n in range(6):
        happen(1, n, "TestEnded" if n % 3 == 2 else "TestHappened")
    page = feed.read(Cursor(), 1, types=["TestEnded"])
    assert numbers([*page.events]) == [2]
    page = feed.read(page.cursor, 10, types=["TestEnded"])
    assert numbers([*page.events]) == [5]
    assert feed.read(page.cursor, 10, types=["TestEnded"]).cursor == page.cursor


def test_looking_for_rare_types_moves_on_without_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "WINDOW", 2)
    for n in range(5):
        happen(1, n, "TestEnded" if n == 4 else "TestHappened")
    first = feed.read(Cursor(), 10, types=["TestEnded"])
    second = feed.read(first.cursor, 10, types=["TestEnded"])
    third = feed.read(second.cursor, 10, types=["TestEnded"])
    assert [numbers([*page.events]) for page in (first, second, third)] == [[], [], [4]]


def test_one_subject_only() -> None:
    for n in range(6):
        happen(n % 2, n)
    assert numbers([*feed.read_subject(SUBJECT, 1, Cursor(), 10).events]) == [1, 3, 5]


@pytest.mark.parametrize("cursor", [Cursor(), Cursor(1, 2), Cursor(2**62, feed.BIGGEST)])
def test_a_cursor_survives_being_text(cursor: Cursor) -> None:
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["x", "1", "1-", "-1-2", "1-2-3", "ffffffffffffffffff-1", "１-２ ", "\0"])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="cursor"):
        Cursor.parse(text)
