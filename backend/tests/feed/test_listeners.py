"""Every listener's health; one that was renamed or removed shows and can be forgotten; dead letters by range."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.config import job_list
from gongdan.kernel import clock
from gongdan.outbox import dead_letters
from gongdan.outbox.models import ConsumerCursor, EventRecord, ParkedEvent
from gongdan.outbox.relay import Relay
from gongdan.outbox.subscribe import Consumer
from tests.outbox.happenings import elsewhere, happen
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


def listeners(world: World) -> dict[str, Any]:
    answer = world.by(world.o.admin).get("/listeners")
    assert answer.status == 200, answer.body
    return {row["name"]: row for row in answer["items"]}


def letter(consumer: str, n: int, *, state: str = "dead", age: int = 0) -> ParkedEvent:
    """A parked event of a subject of its own, `age` hours ago."""
    happen(n, n)
    return ParkedEvent.objects.create(
        consumer=consumer,
        subject="test",
        subject_id=n,
        event=EventRecord.objects.get(subject="test", subject_id=n),
        state=state,
        attempts=12,
        error="no",
        parked_at=clock.now() - timedelta(hours=age),
    )


def standing(name: str) -> None:
    ConsumerCursor.objects.create(name=name, updated_at=clock.now())


def test_who_never_ran_is_shown_with_all_its_lag(world: World) -> None:
    happen(1, 1)
    row = listeners(world)["notify"]
    assert (row["kind"], row["alive"], row["orphaned"], row["moved_at"]) == ("listener", False, False, None)
    assert row["lag"]["events"] >= 1
    assert (row["parked"], row["dead"]) == (0, 0)


def test_its_owner_shows_that_it_is_alive(world: World) -> None:
    happen(1, 1)
    relay = Relay(Consumer("tests", {"TestHappened": (lambda _event: None,)}))
    with elsewhere() as worker:
        assert worker(relay.acquire)
        assert listeners(world)["tests"]["alive"]
        assert listeners(world)["tests"]["lag"]["events"] >= 1
        worker(relay.work)
        row = listeners(world)["tests"]
        assert (row["alive"], row["orphaned"], row["lag"]["events"]) == (True, False, 0)
        assert world.by(world.o.admin).delete("/listeners/tests").code == "listener_in_use"
    row = listeners(world)["tests"]
    assert (row["alive"], row["orphaned"]) == (False, True)


def test_a_renamed_one_is_orphaned_and_can_be_forgotten(world: World) -> None:
    standing("formerly")
    letter("formerly", 1)
    letter("formerly", 2, state="retrying")
    row = listeners(world)["formerly"]
    assert (row["orphaned"], row["parked"], row["dead"]) == (True, 1, 1)
    admin = world.by(world.o.admin)
    assert admin.delete("/listeners/formerly").status == 204
    assert "formerly" not in listeners(world)
    assert not ParkedEvent.objects.exists()
    assert admin.delete("/listeners/formerly").code == "unknown_listener"


def test_who_is_known_cannot_be_forgotten(world: World) -> None:
    assert world.by(world.o.admin).delete("/listeners/notify").code == "listener_in_use"


def test_groups_stand_there_too(world: World) -> None:
    world.by(world.o.clerk).send("PUT", "/events/groups/erp", {})
    row = listeners(world)["erp"]
    assert (row["kind"], row["alive"], row["dead"], row["orphaned"]) == ("group", None, None, False)


def test_the_list_costs_the_same_for_any_length(world: World) -> None:
    admin, counts = world.by(world.o.admin), []
    admin.get("/listeners")
    for names in (["a"], ["b", "c", "d"]):
        for name in names:
            standing(name)
        with CaptureQueriesContext(connection) as seen:
            admin.get("/listeners")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6


def test_it_is_for_who_integrates(world: World) -> None:
    clerk = world.by(world.o.clerk)
    since = {"since": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"}
    answers = [
        clerk.get("/listeners"),
        clerk.delete("/listeners/notify"),
        clerk.post("/dead-letters/replay", since),
        clerk.post("/dead-letters/dismiss", since),
    ]
    assert {one.code for one in answers} == {"right_missing"}


def test_dead_letters_by_consumer_and_time(world: World) -> None:
    old, new, other = letter("tests", 1, age=5), letter("tests", 2), letter("others", 3)
    admin = world.by(world.o.admin)

    def found(**query: Any) -> list[int]:
        return [item["id"] for item in admin.get("/dead-letters", **query)["items"]]

    hour_ago = (clock.now() - timedelta(hours=1)).isoformat()
    assert found() == [other.pk, new.pk, old.pk]
    assert found(consumer="tests") == [new.pk, old.pk]
    assert found(since=hour_ago) == [other.pk, new.pk]
    assert found(consumer="tests", until=hour_ago) == [old.pk]


def ordered(world: World, act: str, **more: Any) -> dict[str, Any]:
    """Ask for a range; what the job is told."""
    until = (clock.now() - timedelta(hours=1)).isoformat()
    since = (clock.now() - timedelta(hours=9)).isoformat()
    answer = world.by(world.o.admin).post(
        f"/dead-letters/{act}", {"since": since, "until": until, **more}, key="once"
    )
    assert (answer.status, answer.body) == (202, {"queued": True})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id DESC LIMIT 1",
            [job_list.DEAD_LETTERS],
        )
        found: dict[str, Any] = json.loads(cursor.fetchone()[0])
    return found


@pytest.mark.parametrize("page", [1, 2, 200])
def test_a_range_is_replayed(world: World, monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    monkeypatch.setattr(dead_letters, "PAGE", page)
    inside = [letter("tests", n, age=5).pk for n in range(1, 4)]
    outside = [letter("tests", 4).pk, letter("others", 5, age=5).pk, letter("tests", 6, age=10).pk]
    with elsewhere() as worker:
        args = ordered(world, "replay", consumer="tests")
        worker(lambda: job_list.dead_letters_range(**args))
    assert set(ParkedEvent.objects.filter(state="retrying").values_list("pk", flat=True)) == set(inside)
    assert set(ParkedEvent.objects.filter(state="dead").values_list("pk", flat=True)) == set(outside)


def test_a_range_is_dismissed(world: World) -> None:
    standing("tests")
    for n in range(1, 4):
        letter("tests", n, age=5)
    kept = letter("tests", 4)
    with elsewhere() as worker:
        args = ordered(world, "dismiss")
        worker(lambda: job_list.dead_letters_range(**args))
    assert list(ParkedEvent.objects.values_list("pk", flat=True)) == [kept.pk]
