"""Who may see an event: the one permission rule, applied to feed pages and to the live push alike.

An event of a ticket is seen by who may view the ticket and, for internal notes, its notes; one of a call by whom the
calls' rule shows the call; one of somebody's presence by whose `call.supervise` reaches the person. A callback task is
of a call that nobody took, so its events are seen by who may view all calls. Events of other subjects are seen by who
has the right their type names. Who administers the trail sees all but tickets' events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongdan.core.interactions import access as calls
from gongdan.core.interactions import reaching
from gongdan.core.interactions.access import CallFacts
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets.access import may
from gongdan.core.tickets.sight import Sighted, sighted
from gongdan.outbox import registry
from gongdan.outbox.feed import Event

TICKET = "ticket"
CALL = "call"
CALLBACK_TASK = "callback_task"
PRESENCE = "PresenceChanged"  # of a person: which of their events say how they stand to the line
VIEW = "ticket.view"
TRAIL = "admin.trail"


class EventSight:
    """The tickets, calls and people of some events, looked up once for all who ask."""

    def __init__(self, events: Iterable[Event]) -> None:
        subjects: dict[str, set[int]] = {TICKET: set(), CALL: set()}
        people: set[int] = set()
        for one in events:
            if one.subject in subjects:
                subjects[one.subject].add(one.subject_id)
            elif one.type == PRESENCE:
                people.add(one.subject_id)
        self.tickets: Mapping[int, Sighted] = sighted(subjects[TICKET])
        self.calls: Mapping[int, CallFacts] = calls.facts_of(subjects[CALL])
        self.departments: Mapping[int, int | None] = reaching.departments_of(people)

    def number(self, event: Event) -> str | None:
        """The number of the event's ticket, None for other subjects."""
        known = self.tickets.get(event.subject_id) if event.subject == TICKET else None
        return known.number if known else None

    def sees(self, grants: StaffGrants, event: Event) -> bool:
        if event.subject == TICKET:
            return sees_of_ticket(grants, event.type, self.tickets.get(event.subject_id))
        if TRAIL in grants.rights:
            return True
        right = right_of(event.type)
        if event.subject == CALL:
            facts = self.calls.get(event.subject_id)
            return facts is not None and calls.may(grants, right, facts)
        if event.type == PRESENCE:
            where = self.departments.get(event.subject_id)
            return reaching.reaches_person(grants, right, event.subject_id, where)
        if event.subject == CALLBACK_TASK:
            return calls.reaches_all(grants, right)
        return right in grants.rights


def right_of(type_: str) -> str:
    """The right that shows events of a type; types of another release are the trail's administrator's."""
    kind = registry.TYPES.get(type_)
    return kind.right if kind else TRAIL


def sees_of_ticket(grants: StaffGrants, type_: str, ticket: Sighted | None) -> bool:
    """Whether these grants show events of a type of a ticket (None: of no ticket that is there)."""
    if ticket is None or not may(grants, VIEW, ticket.facts):
        return False
    right = right_of(type_)
    return right == VIEW or may(grants, right, ticket.facts)
