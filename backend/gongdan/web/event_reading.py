"""A stretch of the feed, and what somebody may see and wants of it: the same for the plain answer, the long poll and
the stream.

Promise: sight and filter are asked event by event; the cursor also moves over what is hidden or not wanted, so that
nobody is stuck and nobody learns how much is hidden.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets.event_facts import ticket_facts
from gongdan.core.tickets.sight import ticket_id_of
from gongdan.outbox import feed
from gongdan.outbox.feed import Cursor, Event, FeedPage
from gongdan.web.event_filter import Filter
from gongdan.web.event_sight import TICKET, EventSight
from gongdan.web.json_body import encode

SCAN = 500  # events looked at in one call when a filter may leave most of them out
_NO_FACTS: Mapping[str, object] = {}


class Shown(NamedTuple):
    """An event as its reader gets it: its JSON, and what a stream needs beside."""

    cursor: Cursor
    type: str
    body: bytes


class Cut(NamedTuple):
    """What somebody is shown of a stretch, and the place to go on from; `finished`: nothing of it is left."""

    shown: Sequence[Shown]
    cursor: Cursor
    finished: bool = True

    def answer(self) -> bytes:
        """{"events": […], "cursor": "…"} as JSON."""
        events = b",".join(one.body for one in self.shown)
        return b'{"events":[' + events + b'],"cursor":"' + str(self.cursor).encode() + b'"}'


@dataclass(slots=True)
class Stretch:
    """Events in order from `begin` (exclusive) to `end`, with what decides who sees them. `facts` None: not loaded."""

    begin: Cursor
    end: Cursor
    events: Sequence[Event]
    sight: EventSight
    facts: Mapping[int, Mapping[str, object]] | None
    _bodies: dict[int, bytes] = field(default_factory=dict)

    def cut(self, grants: StaffGrants, wanted: Filter, after: Cursor, limit: int) -> Cut:
        """At most `limit` events after the cursor, for somebody with these grants."""
        shown: list[Shown] = []
        begin = bisect_right(self.events, after, key=lambda event: event.cursor)
        for event in self.events[begin:]:
            if self._shows(grants, wanted, event):
                shown.append(Shown(event.cursor, event.type, self._body(event)))
                if len(shown) == limit:
                    return Cut(shown, event.cursor, event.cursor >= self.end)
        return Cut(shown, max(after, self.end))

    def _shows(self, grants: StaffGrants, wanted: Filter, event: Event) -> bool:
        facts = (self.facts or {}).get(event.subject_id) if event.subject == TICKET else None
        return wanted.takes(event, self.sight.number(event), facts or _NO_FACTS) and self.sight.sees(
            grants, event
        )

    def _body(self, event: Event) -> bytes:
        body = self._bodies.get(event.id)
        if body is None:
            body = self._bodies[event.id] = encode(_document(event, self.sight.number(event)))
        return body


def stretch(begin: Cursor, page: FeedPage, *, facts: bool) -> Stretch:
    """A page with what is needed to show it. One statement for the tickets, one more with `facts`."""
    sight = EventSight(page.events)
    return Stretch(
        begin, page.cursor, page.events, sight, ticket_facts(list(sight.tickets)) if facts else None
    )


def read(wanted: Filter, after: Cursor, limit: int) -> Stretch:
    """What comes after the cursor, from the database, with all that `cut` needs for this filter. An empty stretch may
    still have moved; all was read when it has not."""
    return stretch(after, _page(wanted, after, limit), facts=wanted.asks_facts)


def _page(wanted: Filter, after: Cursor, limit: int) -> FeedPage:
    if wanted.ticket:
        ticket_id = ticket_id_of(wanted.ticket)
        if ticket_id is None:
            return FeedPage((), after)  # as empty as somebody else's
        return feed.read_subject(TICKET, ticket_id, after, limit)
    many = wanted.subject or wanted.condition
    return feed.read(after, max(limit, SCAN) if many else limit, types=wanted.types or None)


def _document(event: Event, number: str | None) -> dict[str, object]:
    return {
        "cursor": str(event.cursor),
        "id": event.id,
        "type": event.type,
        "version": event.version,
        "subject": event.subject,
        "subject_id": event.subject_id,
        "ticket": number,
        "seq": event.seq,
        "actor": event.actor,
        "at": event.at,
        "data": event.data,
    }
