"""Puts events into people's bells: whoever the verb named in the event's `notify`, except who did it.

Idempotent by event id. A queue gets no bell, its to-do counter shows what came. Events of long ago (imports of
history) tell nobody.
"""

from __future__ import annotations

from datetime import timedelta

from gongdan.kernel import clock
from gongdan.listeners.notify.models import Notification
from gongdan.outbox import registry
from gongdan.outbox.feed import Event
from gongdan.outbox.subscribe import on
from gongdan.web.live import bell

NEWS = timedelta(days=7)
TELLING = tuple(name for name, kind in registry.TYPES.items() if "notify" in kind.fields | kind.optional)


@on(*TELLING, consumer="notify")
def tell(event: Event) -> None:
    """One notification per person; telling again changes nothing."""
    people = concerned(event)
    if not people or event.at < clock.now() - NEWS:
        return
    data = {name: value for name, value in event.data.items() if name != "notify"} | {
        "by": event.actor.get("name", "")
    }
    ticket_id = event.subject_id if event.subject == "ticket" else None
    Notification.objects.bulk_create(
        [
            Notification(
                staff_id=staff_id,
                event_id=event.id,
                type=event.type,
                ticket_id=ticket_id,
                data=data,
                at=event.at,
            )
            for staff_id in sorted(people)
        ],
        ignore_conflicts=True,
    )
    bell.ring(people)


def concerned(event: Event) -> set[int]:
    """The staff ids to tell."""
    doer = event.actor.get("id") if event.actor.get("kind") == "staff" else None
    return {int(staff_id) for staff_id in event.data.get("notify", ())} - {doer}
