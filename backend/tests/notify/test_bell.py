"""The bell: whoever a verb names hears of it once, and reads only what they may still see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.staff.models import RoleGrant
from gongdan.kernel import clock
from gongdan.listeners.notify import consumers, keeping
from gongdan.listeners.notify.models import Notification
from gongdan.outbox import feed
from gongdan.outbox.models import EventRecord
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db


def bring() -> None:
    """What the relay does, within the test's transaction (which the feed does not show yet)."""
    columns = feed.COLUMNS
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM outbox_eventrecord ORDER BY id")  # noqa: S608  a constant
        events = [feed.event_of(row) for row in cursor.fetchall()]
    for event in events:
        if event.type in consumers.TELLING:
            consumers.tell(event)


@pytest.fixture
def urged(world: World) -> str:
    """A ticket the clerk works on and the agent urges twice."""
    number = world.verified(world.number())
    world.done(world.o.clerk, number, "accept")
    for reason in ("客户着急", "又来电"):
        world.done(world.o.agent, number, "urge", reason=reason)
    bring()
    return number


def items(world: World, who: Any) -> list[dict[str, Any]]:
    return list(world.by(who).get("/notifications")["items"])


def test_the_handler_hears_of_being_urged(world: World, urged: str) -> None:
    newest, older = items(world, world.o.clerk)
    assert (newest["number"], newest["read"]) == (urged, False)
    assert newest["sentence"]["code"] == "TicketUrged"
    assert (newest["sentence"]["params"]["reason"], older["sentence"]["params"]["reason"]) == (
        "又来电",
        "客户着急",
    )
    assert newest["sentence"]["params"]["by"] == world.o.agent.name


def test_who_did_it_and_others_hear_nothing(world: World, urged: str) -> None:
    assert items(world, world.o.agent) == []
    assert items(world, world.o.head) == []


def test_telling_again_changes_nothing(world: World, urged: str) -> None:
    before = Notification.objects.count()
    bring()
    assert Notification.objects.count() == before


def test_reading_counts_down(world: World, urged: str) -> None:
    clerk = world.by(world.o.clerk)
    newest, older = items(world, world.o.clerk)
    assert clerk.get("/notifications/unread").body == {"count": 2, "more": False}
    assert clerk.post("/notifications/read", {"upto": older["id"]}).body == {"count": 1, "more": False}
    assert [one["read"] for one in items(world, world.o.clerk)] == [False, True]
    clerk.post("/notifications/read", {"upto": newest["id"]})
    assert clerk.get("/notifications")["unread"] == {"count": 0, "more": False}


def test_nobody_reads_for_others(world: World, urged: str) -> None:
    world.by(world.o.biller).post("/notifications/read", {"upto": 2**62})
    assert world.by(world.o.clerk).get("/notifications/unread")["count"] == 2


def test_pages_follow_each_other(world: World, urged: str) -> None:
    clerk = world.by(world.o.clerk)
    first = clerk.get("/notifications", limit=1)
    second = clerk.get("/notifications", limit=1, after=first["next"])
    assert [*first["items"], *second["items"]] == items(world, world.o.clerk)
    assert second["next"] is None


def test_what_one_may_no_longer_see_is_left_out(world: World, urged: str) -> None:
    clerk = world.by(world.o.clerk)
    RoleGrant.objects.filter(staff=world.o.clerk).delete()
    assert clerk.get("/notifications")["items"] == []


def test_a_mention_is_for_who_may_read_notes(world: World) -> None:
    number = world.approved(world.number())
    world.done(world.o.reviewer, number, "accept")
    world.done(world.o.clerk, number, "note", body="请看", mentions=[world.o.head.pk, world.o.reviewer.pk])
    bring()
    assert [one["sentence"]["code"] for one in items(world, world.o.head)] == ["TicketNoted"]
    assert items(world, world.o.reviewer) == []


def test_history_tells_nobody(world: World, urged: str) -> None:
    Notification.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE outbox_eventrecord SET at = at - interval '8 days'")
    bring()
    assert not Notification.objects.exists()
    assert EventRecord.objects.filter(type="TicketUrged").count() == 2


def test_the_list_costs_the_same_for_any_length(world: World, urged: str) -> None:
    clerk = world.by(world.o.clerk)
    counts = []
    for limit in (1, 50):
        with CaptureQueriesContext(connection) as seen:
            clerk.get("/notifications", limit=limit)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6


def test_old_ones_are_forgotten(world: World, urged: str) -> None:
    assert keeping.forget_old() == 0
    Notification.objects.update(at=clock.now() - timedelta(days=181))
    assert keeping.forget_old() == 2


@pytest.mark.parametrize("body", [{}, {"upto": 0}, {"upto": "x"}, {"upto": 2**63}])
def test_nonsense_is_refused(world: World, body: dict[str, Any]) -> None:
    assert world.by(world.o.clerk).post("/notifications/read", body).status == 422
