"""Real worker processes: two at once, one in time, and one whose database goes away."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from gongdan.config.sweeping import Sweeping
from gongdan.core.tickets.actions.open_ticket import open_ticket
from gongdan.core.tickets.contracts import OpenTicket
from gongdan.core.tickets.firing import Sweeper
from gongdan.core.tickets.models import Card, Clock
from gongdan.kernel import clock, reference
from gongdan.kernel.actor import system
from gongdan.outbox import wake
from gongdan.web.live import bell
from tests.clocks.conftest import World, heads, hours
from tests.live.process import BACKEND, environment

pytestmark = pytest.mark.django_db(transaction=True)
IN_TIME = timedelta(seconds=2)
PATIENCE = 60  # seconds


@contextmanager
def process(home: Path, *command: str) -> Iterator[subprocess.Popen[str]]:
    """A process on the test's database, ended at the end."""
    started = subprocess.Popen(
        [sys.executable, "-m", *command], env=environment(home), cwd=BACKEND,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def heard(started: subprocess.Popen[str], word: str) -> str:
    """The first line it says that holds the word."""
    assert started.stdout is not None
    return next(line for line in started.stdout if word in line)


@pytest.fixture
def worker(tmp_path: Path, transactional_db: None) -> Iterator[subprocess.Popen[str]]:
    """A worker that is ready."""
    with process(tmp_path, "gongdan.config.cli", "worker") as started:
        heard(started, "worker.ready")
        yield started


def policy(world: World, **terms: Any) -> None:
    sent = {"code": "all", "names": {"zh-Hans": "全部", "en": "All"}, "terms": terms}
    assert world.by(world.o.admin).post("/policies", sent).status == 201
    reference.forget()


def test_two_workers_at_once_issue_a_thousand_cards_each_once(world: World, tmp_path: Path) -> None:
    policy(world, process=hours(1), every_node=hours(2))
    with (
        process(tmp_path, "tests.clocks.sweeping_process") as one,
        process(tmp_path, "tests.clocks.sweeping_process") as other,
    ):
        both = (one, other)
        for each in both:
            heard(each, "ready")
        request = OpenTicket(category="consultation", body="宽带断了。")
        for minutes in range(500):
            at = clock.now() - timedelta(minutes=200 + minutes)
            open_ticket(request, actor=system("test"), at=at)
        assert Clock.objects.filter(next_fire_at__lte=clock.now()).count() == 1000
        for each in both:
            assert each.stdin is not None
            each.stdin.write("go\n")
            each.stdin.flush()
        fired = [int(each.communicate(timeout=PATIENCE)[0].splitlines()[-1]) for each in both]
    assert sum(fired) == 1000
    assert min(fired) > 0, "one of them had nothing to do: the test shows nothing"
    cards = Card.objects.values_list("clock_id", "colour", "due_at")
    assert Counter((of, colour) for of, colour, _ in cards) == Counter(
        (of, "red") for of in Clock.objects.values_list("pk", flat=True)
    )
    assert {of: due for of, _, due in cards} == dict(Clock.objects.values_list("pk", "due_at"))


def due_in_a_moment(world: World) -> str:
    """A ticket of the clerk's whose limit passes three seconds from now."""
    policy(world, process={"amount": 1, "unit": "minutes", "working": False})
    received = clock.now() - timedelta(seconds=57)
    number = world.number(received_at=received.isoformat())
    world.done(world.o.clerk, number, "accept")
    return number


def test_a_card_is_issued_within_two_seconds_and_rings(world: World, worker: subprocess.Popen[str]) -> None:
    heads(world)
    with wake.connect() as listening:
        listening.execute(f"LISTEN {bell.CHANNEL}".encode())
        number = due_in_a_moment(world)
        rung = next(listening.notifies(timeout=PATIENCE))
    card = Card.objects.get(ticket__number=number)
    assert timedelta(0) <= card.issued_at - card.due_at <= IN_TIME
    assert bell.heard(rung.payload) == {world.o.clerk.pk, world.o.head.pk}


def test_sweeping_goes_on_when_its_connection_ends(world: World) -> None:
    sweeping = Sweeping()
    sweeping.start()
    try:
        with wake.connect() as listening:
            listening.execute(f"LISTEN {wake.CHANNEL}".encode())
            number = due_in_a_moment(world)
            assert end_all_but(listening.info.backend_pid, connection.connection.info.backend_pid) > 0
            cards = Card.objects.filter(ticket__number=number)
            next(one for one in listening.notifies(timeout=PATIENCE) if cards.exists())
    finally:
        sweeping.stop(PATIENCE)
    card = cards.get()
    assert card.issued_at - card.due_at <= IN_TIME


def end_all_but(*mine: int) -> int:
    """Every other connection to this database ends, as when it is restarted; how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND NOT pid = ANY(%s)",
            [list(mine)],
        )
        return int(cursor.fetchone()[0])


@contextmanager
def deadly_cards() -> Iterator[None]:
    """Whoever writes a card loses the database, as when it is restarted just then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END'"
        )
        cursor.execute("CREATE TRIGGER die BEFORE INSERT ON tickets_card EXECUTE FUNCTION die()")
    try:
        yield
    finally:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER die ON tickets_card")
            cursor.execute("DROP FUNCTION die")


def test_a_database_that_goes_away_is_no_tickets_fault(world: World) -> None:
    """Nothing is put off for it: as soon as it is back, the cards come."""
    policy(world, process=hours(1))
    for _ in range(2):
        at = clock.now() - timedelta(hours=2)
        open_ticket(OpenTicket(category="consultation", body="断"), actor=system("test"), at=at)
    sweeper = Sweeper()
    with deadly_cards(), pytest.raises(OperationalError):
        sweeper.sweep()
    assert sweeper.troubled == {}
    assert sweeper.sweep() == 2
    assert Card.objects.count() == 2
