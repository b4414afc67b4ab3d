"""What an open desk hears: every change of what it may see, nothing else, and nothing is missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from gongdan.core.staff.models import RoleGrant
from gongdan.kernel import clock
from gongdan.outbox import feed
from gongdan.web import live_ticket
from gongdan.web.live import bell
from tests.live.process import LivePush, live_push
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def push(world: World, tmp_path: Path) -> Iterator[LivePush]:
    with live_push(tmp_path) as running:
        yield running


def test_a_change_is_told_to_who_may_see_it_and_to_nobody_else(world: World, push: LivePush) -> None:
    clerk, biller = push.open(world.o.clerk), push.open(world.o.biller)
    number = world.number()
    told = clerk.until("TicketSubmitted")
    assert [(one["type"], one["ids"]) for one in told] == [
        ("TicketOpened", [number]),
        ("TicketSubmitted", [number]),
    ]
    assert "entered" in told[1]["changed"]
    bell.ring([world.o.biller.pk])
    assert biller.next()["type"] == "NotificationsChanged"  # nothing came before it


def test_internal_notes_are_for_who_may_read_notes(world: World, push: LivePush) -> None:
    number = world.approved(world.number())
    world.done(world.o.reviewer, number, "accept")
    reviewer, clerk = push.open(world.o.reviewer), push.open(world.o.clerk)
    world.done(world.o.clerk, number, "note", body="客户在开会")
    world.done(world.o.reviewer, number, "call_back", result="satisfied", score=5)
    assert clerk.next()["type"] == "TicketNoted"
    assert reviewer.next()["type"] == "CustomerCalledBack"


def test_after_sleep_it_goes_on_without_a_gap(world: World, push: LivePush) -> None:
    first = push.open(world.o.clerk)
    number = world.number()
    cursor = first.until("TicketSubmitted")[-1]["cursor"]
    first.close()
    world.done(world.o.clerk, number, "accept")
    second = push.open(world.o.clerk, after=cursor)
    world.done(world.o.clerk, number, "append", body="又打来了")
    assert [one["type"] for one in second.until("TicketAppended")] == ["TicketAccepted", "TicketAppended"]


def test_the_browsers_own_reconnection_goes_on_too(world: World, push: LivePush) -> None:
    cursor = str(feed.position())
    number = world.number()
    ticket, _ = live_ticket.issue(world.o.clerk.pk)
    stream = push.raw({"Last-Event-ID": cursor}, ticket=ticket)
    assert stream.next()["ids"] == [number]


def test_who_missed_too_much_is_told_to_fetch_everything(world: World, push: LivePush) -> None:
    from gongdan.outbox import log
    from tests.outbox.happenings import ACTOR, SUBJECT

    cursor = str(feed.position())
    head = log.Head()
    for _ in range(11):
        events = [log.NewEvent("TestHappened", {"n": n}) for n in range(500)]
        head = log.append(SUBJECT, 1, head, events, actor=ACTOR, at=clock.now())
    message = push.open(world.o.admin, after=cursor).next()
    assert (message["type"], message["changed"]) == ("Resync", ["*"])


def test_who_is_deactivated_is_disconnected(world: World, push: LivePush) -> None:
    stream = push.open(world.o.clerk)
    RoleGrant.objects.filter(staff=world.o.clerk_two).delete()
    world.o.clerk.is_active = False
    world.o.clerk.save()
    with pytest.raises(EOFError):
        stream.until("Never")


@pytest.mark.parametrize("ticket", ["", "1.2.3", "nonsense", "1.99999999999.0000"])
def test_a_forged_ticket_is_refused(push: LivePush, ticket: str) -> None:
    assert push.raw(ticket=ticket).response.status == 401


def test_an_old_ticket_is_refused(world: World, push: LivePush) -> None:
    with time_machine.travel(clock.now() - timedelta(minutes=5)):
        ticket, _ = live_ticket.issue(world.o.clerk.pk)
    assert push.raw(ticket=ticket).response.status == 401


def test_a_wrong_cursor_is_refused(world: World, push: LivePush) -> None:
    ticket, _ = live_ticket.issue(world.o.clerk.pk)
    assert push.raw(ticket=ticket, after="yesterday").response.status == 422


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("http://127.0.0.1:8600", "http://127.0.0.1:8600"), ("http://elsewhere.example", None)],
)
def test_only_pages_of_this_host_may_read_it(
    world: World, push: LivePush, origin: str, allowed: str | None
) -> None:
    ticket, _ = live_ticket.issue(world.o.clerk.pk)
    response = push.raw({"Origin": origin}, ticket=ticket).response
    assert response.headers["Access-Control-Allow-Origin"] == allowed
    assert response.headers["Content-Type"] == "text/event-stream"
