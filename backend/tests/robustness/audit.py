"""Run beside a product: looks for anything half-made, doubled or lost in its database, and prints what it finds.

A JSON list of sentences; empty when all is well. Waits until every consumer has read to the end of the log.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial

import django


def main() -> None:
    django.setup()
    json.dump([*tickets(), *trail(), *consumers(), *bells()], sys.stdout, ensure_ascii=False)


def tickets() -> Iterator[str]:
    """Each ticket has what its state promises, and nobody's twice."""
    from gongdan.core.flow import marking
    from gongdan.core.tickets.models import OPEN_ITEM, Ticket, WorkItem
    from gongdan.outbox.models import EventRecord

    events = Counter(EventRecord.objects.filter(subject="ticket").values_list("subject_id", flat=True))
    items = Counter(WorkItem.objects.values_list("ticket_id", flat=True))
    open_tokens: dict[int, set[int]] = {}
    for ticket_id, token in WorkItem.objects.filter(OPEN_ITEM, parent=None).values_list("ticket_id", "token"):
        open_tokens.setdefault(ticket_id, set()).add(token)
    for one in Ticket.objects.order_by("pk"):
        if events.pop(one.pk, 0) != one.event_seq:
            yield f"{one.number} has another number of events than its row says."
        if items.pop(one.pk, 0) != one.item_seq:
            yield f"{one.number} has another number of work items than its row says."
        resting = {token.id for token in marking.from_json(one.marking).tokens}
        if resting != open_tokens.pop(one.pk, set()):
            yield f"{one.number} rests elsewhere than its open work items: {one.marking}."
        if (one.state == "closed") != (one.actual_end is not None) or (one.state == "closed" and resting):
            yield f"{one.number} is {one.state}, with {resting} and the end {one.actual_end}."
    yield from (f"Ticket id {orphan} has events and no row." for orphan in events)
    yield from (f"Ticket id {orphan} has work items and no row." for orphan in items)
    keys = Counter(Ticket.objects.values_list("body", flat=True))
    yield from (f"“{body}” was opened {times} times." for body, times in keys.items() if times > 1)


def trail() -> Iterator[str]:
    """The verifier's findings."""
    from gongdan.outbox import verify

    yield from (f"{one.subject} {one.name}: {one.sentence}" for one in verify.verify())


def consumers() -> Iterator[str]:
    """Nobody is ahead of the log, and everybody gets to its end."""
    from gongdan.config import rooms
    from gongdan.outbox.models import ConsumerCursor, EventRecord, ParkedEvent
    from gongdan.outbox.subscribe import CONSUMERS
    from tests.robustness.installation import eventually

    rooms.load()
    last = EventRecord.objects.order_by("-xact", "-id").values_list("xact", "id").first()

    def place(name: str) -> tuple[int, int] | None:
        return ConsumerCursor.objects.filter(name=name).values_list("xact", "event_id").first()

    def arrived(name: str) -> bool:
        return place(name) == last

    for name in CONSUMERS:
        try:
            eventually(partial(arrived, name), f"{name} is at {last}", 30.0)
        except AssertionError:
            yield f"{name} is at {place(name)}, the log ends at {last}."
    for parked in ParkedEvent.objects.all():
        yield f"{parked.consumer} gave up on event {parked.event_id}: {parked.error[-300:]}"


def bells() -> Iterator[str]:
    """Whoever an event names was told, once, and nobody else."""
    from gongdan.listeners.notify.consumers import TELLING, concerned
    from gongdan.listeners.notify.models import Notification
    from gongdan.outbox import feed

    told = Counter(Notification.objects.values_list("event_id", "staff_id"))
    cursor = feed.Cursor()
    while (page := feed.read(cursor, 1000)).events:
        for event in page.events:
            if event.type in TELLING:
                for staff_id in concerned(event):
                    times = told.pop((event.id, staff_id), 0)
                    if times != 1:
                        yield f"Person {staff_id} was told {times} times of event {event.id}."
        cursor = page.cursor
    yield from (f"Person {staff_id} was told of event {event_id}, and why?" for event_id, staff_id in told)


if __name__ == "__main__":
    main()
