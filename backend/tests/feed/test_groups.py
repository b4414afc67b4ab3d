"""Consumer groups: a place kept with us, moved only by its reader, forwards; and who may touch it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.staff.models import Staff
from gongdan.web import groups
from tests.client import Client
from tests.feed.reading import Feed, end_of
from tests.outbox.happenings import happen
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "/events/groups/erp"


def make(client: Client, **body: Any) -> None:
    assert client.send("PUT", NAME, body).status == 201


def read(client: Client, **query: Any) -> list[int]:
    return [one["data"]["n"] for one in client.get("/events", group="erp", **query)["events"]]


def commit(client: Client, cursor: str, **more: Any) -> Any:
    return client.post(f"{NAME}/cursor", {"cursor": cursor, **more})


def test_it_reads_again_what_was_not_committed(world: World) -> None:
    admin = world.by(world.o.admin)
    make(admin, types=["TestHappened"])
    for n in range(4):
        happen(1, n)
    first = admin.get("/events", group="erp", limit=2)
    assert [one["data"]["n"] for one in first["events"]] == [0, 1]
    assert read(admin) == [0, 1, 2, 3]
    assert commit(admin, first["cursor"])["cursor"] == first["cursor"]
    assert read(admin) == [2, 3]
    assert read(admin, after=first["events"][0]["cursor"]) == [1, 2, 3]


def test_two_readers_get_the_same_and_the_further_commit_wins(world: World) -> None:
    admin = world.by(world.o.admin)
    make(admin)
    for n in range(2):
        happen(1, n)
    one, other = admin.get("/events", group="erp"), admin.get("/events", group="erp")
    assert one["events"] == other["events"]
    early, late = (event["cursor"] for event in one["events"])
    assert commit(admin, late).status == 200
    assert commit(admin, late).status == 200
    assert (commit(admin, early).status, commit(admin, early).code) == (409, "cursor_backwards")
    assert read(admin) == []
    assert commit(admin, early, force=True).status == 200
    assert read(admin) == [1]


def test_its_lag_and_its_filter_are_shown(world: World) -> None:
    admin = world.by(world.o.admin)
    make(admin, types=["TestHappened"], condition="kind of actor is staff")
    happen(1, 1)
    (row,) = admin.get("/events/groups")["items"]
    assert (row["name"], row["types"], row["owner"]["id"]) == ("erp", ["TestHappened"], world.o.admin.pk)
    assert (row["lag"]["events"], row["lag"]["more"]) == (1, False)
    commit(admin, end_of(admin))
    assert admin.get(NAME)["lag"] == {"events": 0, "more": False, "seconds": 0.0}


def test_another_filter_leaves_the_place(world: World) -> None:
    admin = world.by(world.o.admin)
    make(admin, types=["TestEnded"])
    happen(1, 1)
    assert read(admin) == []
    assert admin.send("PUT", NAME, {"types": ["TestHappened"]}).status == 200
    assert read(admin) == [1]


def test_it_begins_where_one_says(world: World) -> None:
    admin = world.by(world.o.admin)
    happen(1, 1)
    make(admin, subject="test", after="")
    assert read(admin) == [1]


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/events/groups/Nö", {}, "unusable_name"),
        (NAME, {"types": ["Nonsense"]}, "unknown_event_type"),
        (NAME, {"condition": "colour is red"}, "unusable_condition"),
        (NAME, {"after": "yesterday"}, "invalid_cursor"),
        (NAME, {"after": "7fffffffffffffff-1"}, "invalid_cursor"),
    ],
)
def test_what_cannot_be_made(world: World, path: str, body: dict[str, Any], code: str) -> None:
    assert world.by(world.o.admin).send("PUT", path, body).code == code


def test_a_place_beyond_the_end_is_refused(world: World) -> None:
    admin = world.by(world.o.admin)
    make(admin)
    assert commit(admin, "7fffffffffffffff-1").code == "invalid_cursor"


def test_a_group_has_its_own_filter(world: World) -> None:
    admin = world.by(world.o.admin)
    make(admin)
    assert admin.get("/events", group="erp", type="TicketOpened").code == "filter_of_group"


def test_it_is_its_owners_and_the_integrators(world: World) -> None:
    clerk, stranger = world.by(world.o.clerk), world.by(world.o.clerk_two)
    make(clerk)
    asked: list[Any] = [
        stranger.get(NAME),
        stranger.get("/events", group="erp"),
        stranger.delete(NAME),
        commit(stranger, end_of(stranger)),
    ]
    assert {one.code for one in asked} == {"unknown_group"}
    assert stranger.send("PUT", NAME, {}).code == "name_taken"
    assert stranger.get("/events/groups")["items"] == []
    admin = world.by(world.o.admin)
    assert [row["name"] for row in admin.get("/events/groups")["items"]] == ["erp"]
    assert admin.delete(NAME).status == 204
    assert clerk.get(NAME).code == "unknown_group"


def test_nobody_makes_groups_without_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MOST", 1)
    clerk = world.by(world.o.clerk)
    make(clerk)
    assert clerk.send("PUT", "/events/groups/second", {}).code == "too_many_groups"


def test_a_stream_reads_from_the_groups_place(world: World, feed: Feed) -> None:
    admin = world.by(world.o.admin)
    make(admin, types=["TestHappened"])
    happen(1, 1)
    stream = feed.stream(admin, group="erp")
    first = stream.event()
    commit(admin, first["cursor"])
    stream.close()
    happen(1, 2)
    assert feed.stream(admin, group="erp").event()["data"] == {"n": 2}


def test_a_removed_groups_stream_ends(world: World, feed: Feed) -> None:
    admin = world.by(world.o.admin)
    make(admin)
    grouped, other = feed.stream(admin, group="erp", heartbeat=1), feed.stream(admin, after="now")
    grouped.beat()
    assert admin.delete(NAME).status == 204
    with pytest.raises(EOFError):
        grouped.until("Never")
    happen(1, 1)
    assert other.event()["type"] == "TestHappened"


def test_the_list_costs_the_same_for_any_length(world: World) -> None:
    admin, counts = world.by(world.o.admin), []
    admin.get("/events/groups")
    for names in (["a"], ["b", "c", "d"]):
        for name in names:
            admin.send("PUT", f"/events/groups/{name}", {})
        with CaptureQueriesContext(connection) as seen:
            admin.get("/events/groups")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 4


def test_a_person_who_leaves_takes_nobody_elses_group(world: World) -> None:
    make(world.by(world.o.clerk))
    Staff.objects.filter(pk=world.o.clerk.pk).update(is_active=False)
    assert world.by(world.o.admin).get(NAME).status == 200
