"""The feed as a stream: every event in full, in order, none skipped and none twice, only what one may see."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from gongdan.core.catalogue.models import Category
from gongdan.core.staff.models import RoleGrant
from gongdan.kernel import clock
from gongdan.outbox.feed import Cursor
from gongdan.web import feed_ticket
from gongdan.web.feed_ticket import Asked
from gongdan.web.live import feed as live_feed
from gongdan.web.live.reader import Reader
from gongdan.web.live.recent import Recent
from tests.feed.reading import Feed, address, end_of, plain
from tests.outbox.happenings import elsewhere, happen
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_tells_what_the_plain_answer_tells(world: World, feed: Feed) -> None:
    admin, begin = world.by(world.o.admin), end_of(world.by(world.o.admin))
    world.verified(world.number())
    expected = plain(admin, begin)
    assert len(expected) >= 4
    assert feed.stream(admin, after=begin).events(len(expected)) == expected


def test_what_happens_later_follows(world: World, feed: Feed) -> None:
    admin = world.by(world.o.admin)
    stream = feed.stream(admin, after="now")
    number = world.number()
    assert [one["ticket"] for one in stream.until("TicketSubmitted")] == [number, number]
    world.done(world.o.clerk, number, "accept")
    assert stream.event()["type"] == "TicketAccepted"


def test_it_resumes_after_the_last_event_id(world: World, feed: Feed) -> None:
    admin = world.by(world.o.admin)
    world.verified(world.number())
    stream = feed.stream(admin)
    first = stream.events(2)
    stream.close()
    after = first[-1]["cursor"]
    resumed = feed.stream(admin, last_event_id=after)
    expected = plain(admin, after)
    assert resumed.events(len(expected)) == expected


def test_heartbeats_move_the_place_over_what_is_hidden(world: World, feed: Feed) -> None:
    biller = world.by(world.o.biller)
    begin = end_of(biller)
    stream = feed.stream(biller, after=begin, heartbeat=1)
    number = world.number()
    expected = plain(world.by(world.o.admin), begin)[-1]["cursor"]
    assert expected != begin
    while stream.beat() < expected:
        pass
    assert number


@pytest.mark.parametrize("waiting", ["stream", "poll"])
def test_a_lower_id_committed_late_still_comes_first(world: World, feed: Feed, waiting: str) -> None:
    admin = world.by(world.o.admin)
    begin = end_of(admin)
    with elsewhere() as other:
        late = transaction.atomic()
        other(late.__enter__)
        other(lambda: happen(1, 1))
        happen(2, 2)
        stream = feed.stream(admin, after=begin, heartbeat=1) if waiting == "stream" else None
        poll = feed.asking(admin, after=begin, wait=20) if waiting == "poll" else None
        if stream is not None:
            stream.beat()  # it has looked and shown neither
        other(lambda: late.__exit__(None, None, None))
        found = stream.events(2) if stream is not None else feed.answered(poll)["events"] if poll else []
    assert [one["data"]["n"] for one in found] == [1, 2]
    assert found[0]["id"] < found[1]["id"]


def test_a_right_narrowed_to_a_category_shows_that_category(world: World, feed: Feed) -> None:
    role = world.o.roles["clerk"]
    role.category_ids = [Category.objects.get(code="complaint").pk]
    role.save()
    stream = feed.stream(world.by(world.o.clerk), after="now", heartbeat=1)
    for _ in range(2):
        world.number("consultation")
        number = world.number()
        assert [one["ticket"] for one in stream.until("TicketSubmitted")] == [number, number]
        role.save()  # what was worked out of roles and categories is forgotten everywhere
        stream.beat()


def test_who_loses_the_right_is_told_no_more(world: World, feed: Feed) -> None:
    clerk = world.by(world.o.clerk)
    stream = feed.stream(clerk, after="now", heartbeat=1)
    number = world.number()
    stream.until("TicketSubmitted")
    RoleGrant.objects.filter(staff=world.o.clerk).update(role=world.o.roles["callback"])
    world.done(world.o.clerk_two, number, "accept")
    hidden = plain(world.by(world.o.admin))[-1]
    while (message := stream.next()).id < hidden["cursor"]:
        assert message.data is None
    assert (message.id, message.data) == (hidden["cursor"], None)
    RoleGrant.objects.filter(staff=world.o.clerk).update(role=world.o.roles["clerk"])
    world.done(world.o.clerk_two, number, "append", body="又打来了")
    assert stream.event()["type"] == "TicketAppended"


def test_who_lost_every_role_is_disconnected(world: World, feed: Feed) -> None:
    stream = feed.stream(world.by(world.o.clerk), after="now", heartbeat=1)
    stream.beat()
    RoleGrant.objects.filter(staff=world.o.clerk).delete()
    with pytest.raises(EOFError):
        stream.until("Never")


def test_notes_are_for_who_may_read_notes(world: World, feed: Feed) -> None:
    number = world.approved(world.number())
    world.done(world.o.reviewer, number, "accept")
    reviewer, clerk = (feed.stream(world.by(who), after="now") for who in (world.o.reviewer, world.o.clerk))
    world.done(world.o.clerk, number, "note", body="客户在开会")
    world.done(world.o.reviewer, number, "call_back", result="satisfied", score=5)
    assert clerk.event()["type"] == "TicketNoted"
    assert reviewer.event()["type"] == "CustomerCalledBack"


@pytest.mark.parametrize("ticket", ["", "nonsense", "eyJ9.00", "."])
def test_a_forged_ticket_is_refused(feed: Feed, ticket: str) -> None:
    assert feed.raw(f"/live?feed={ticket}").response.status == 401


def test_a_desks_ticket_is_none_for_the_feed_and_the_other_way_round(world: World, feed: Feed) -> None:
    own = address(world.by(world.o.admin), stream=True).partition("feed=")[2]
    desks = world.by(world.o.admin).get("/live/ticket")["ticket"]
    assert feed.raw(f"/live?feed={desks}").response.status == 401
    assert feed.raw(f"/live?ticket={own}").response.status == 401


def test_an_old_ticket_is_refused(world: World, feed: Feed) -> None:
    asked = Asked(staff_id=world.o.admin.pk, after="", limit=1, wait=None, heartbeat=1)
    with time_machine.travel(clock.now() - timedelta(minutes=2)):
        ticket = feed_ticket.issue(asked)
    assert feed.raw(f"/live?feed={ticket}").response.status == 401


def test_a_stream_ends_so_that_its_reader_is_asked_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_feed, "LONGEST", 0.0)
    asked = Asked(staff_id=1, after="", limit=1, wait=None, heartbeat=1)
    said: list[Any] = []

    async def send(message: Any) -> None:
        said.append(message)

    reader = Reader(Recent(), asked, Cursor())
    asyncio.run(live_feed._stream(reader, asked, send, []))
    assert [one.get("more_body", False) for one in said] == [False, True, False]
    assert said[-1]["body"] == b""
