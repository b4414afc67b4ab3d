"""The sweep: finds the clocks whose moment has come by their index, claims their tickets, and lets each fire.

Two workers sweep at once without meeting: tickets that another holds are passed over, and are still due the next time. A
ticket that cannot be fired (a defect) is tried alone, logged, and holds up nobody; it is tried again with growing
pauses. No sweep looks at clocks that are not due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError

from gongdan.core.tickets.actions import write
from gongdan.core.tickets.actions.fire import fire_due, next_moment
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Clock, Ticket, WorkItem
from gongdan.kernel import clock, reference, sql
from gongdan.kernel.actor import system
from gongdan.kernel.unit import unit

BATCH = 50
# The inner lock passes over what another worker holds and takes the next ones; the outer one, on the same rows, makes
# the newest version of each be read.
CLAIM = """id = ANY(ARRAY(SELECT ticket.id FROM tickets_clock due JOIN tickets_ticket ticket ON ticket.id = due.ticket_id
WHERE due.next_fire_at <= %s AND due.ticket_id <> ALL(%s::bigint[]) ORDER BY due.next_fire_at LIMIT %s
FOR NO KEY UPDATE OF ticket SKIP LOCKED)) FOR NO KEY UPDATE"""
ANY_DUE = "SELECT 1 FROM tickets_clock WHERE next_fire_at <= %s AND ticket_id <> ALL(%s::bigint[]) LIMIT 1"
DUE_ON = """id = %s AND EXISTS (SELECT FROM tickets_clock
WHERE ticket_id = tickets_ticket.id AND next_fire_at <= %s) FOR NO KEY UPDATE"""
ACTOR = system("clock")
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)

log = structlog.get_logger(__name__)


@dataclass
class Sweeper:
    """One sweeping process. `troubled` are tickets that failed: how often, and when they are tried again."""

    troubled: dict[int, tuple[int, datetime]] = field(default_factory=dict)

    def sweep(self) -> int:
        """Fire what is due, one batch; answers how many stages fired, 0 when nothing was left. One statement if so."""
        now = clock.now()
        avoid = [ticket_id for ticket_id, (_, again) in self.troubled.items() if again > now]
        if not sql.first(ANY_DUE, [now, avoid]):
            return 0
        reference.refresh()
        try:
            with unit():
                return self._fire(_claim(now, avoid, BATCH))
        except Exception:
            log.exception("clocks.batch_failed")
            return self._one_by_one(now, avoid)

    def _fire(self, tickets: Sequence[Ticket]) -> int:
        """Fire up to where this batch reaches: what waits behind it may have come due before the rest of these."""
        works = _works(tickets)
        until = max((due for work in works if (due := next_moment(work)) <= work.now), default=clock.now())
        count = sum(fire_due(work, until) for work in works)
        issued = sorted((card for work in works for card in work.cards), key=lambda card: card.due_at)
        with sql.pipeline():
            for work in works:
                if work.events:
                    work.cards = []
                    write.flush(work)
            write.put_cards(issued)
        for ticket in tickets:
            self.troubled.pop(ticket.pk, None)
        return count

    def _one_by_one(self, now: datetime, avoid: list[int]) -> int:
        """After a batch failed: each ticket in a transaction of its own, so that one defect stops one ticket.

        A database that went away is no ticket's fault: its error is raised, and nothing is put off.
        """
        count = 0
        with unit():
            due = [ticket.pk for ticket in _claim(now, avoid, BATCH)]
        for ticket_id in due:
            try:
                with unit():
                    count += self._fire(
                        sql.fetch(Ticket, "id = %s FOR NO KEY UPDATE SKIP LOCKED", [ticket_id])
                    )
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:  # noqa: BLE001  one ticket's defect must not stop the others
                self._trouble(ticket_id, now, error)
        return count

    def _trouble(self, ticket_id: int, now: datetime, error: Exception) -> None:
        times = self.troubled.get(ticket_id, (0, now))[0] + 1
        again = now + min(FIRST_PAUSE * 2 ** (times - 1), LONGEST_PAUSE)
        self.troubled[ticket_id] = (times, again)
        log.error(
            "clocks.ticket_failed", ticket_id=ticket_id, times=times, again=again.isoformat(), exc_info=error
        )


def relive(ticket_id: int, until: datetime) -> int:
    """Fire what came due on one ticket by `until`, each stage at its own moment: for a past that is being played, as the
    demo company's is. Answers how many."""
    count = 0
    with unit():
        while tickets := sql.fetch(Ticket, DUE_ON, [ticket_id, until]):
            (work,) = _works(tickets)
            work.now = min(one.next_fire_at for one in work.clocks if one.next_fire_at)
            count += fire_due(work, work.now)
            write.flush(work)
    return count


def _claim(now: datetime, avoid: list[int], most: int) -> list[Ticket]:
    return sql.fetch(Ticket, CLAIM, [now, avoid, most])


def _works(tickets: Sequence[Ticket]) -> list[Work]:
    """The tickets with their open work items and ticking clocks: two statements for all of them."""
    ids = [ticket.pk for ticket in tickets]
    if not ids:
        return []
    items = sql.fetch(
        WorkItem, "ticket_id = ANY(%s) AND state IN ('waiting', 'accepted') ORDER BY seq", [ids]
    )
    ticking = sql.fetch(Clock, "ticket_id = ANY(%s) AND state IN ('running', 'paused') ORDER BY id", [ids])
    now = clock.now()
    works = {
        ticket.pk: Work(ticket=ticket, items=[], actor=ACTOR, grants=None, now=now) for ticket in tickets
    }
    for work in works.values():
        work.clocks = []
    for item in items:
        works[item.ticket_id].items.append(item)
    for one in ticking:
        works[one.ticket_id].clocks.append(one)
    return list(works.values())
