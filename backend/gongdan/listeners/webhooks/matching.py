"""Which endpoints want which events: by type and condition, and only what their owner may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdan.core.staff.grants import StaffGrants, grants_of
from gongdan.core.tickets.event_facts import ticket_facts
from gongdan.kernel import reference
from gongdan.listeners.webhooks.models import Endpoint
from gongdan.outbox.feed import Event
from gongdan.web.event_filter import Filter
from gongdan.web.event_sight import TICKET, EventSight

OWN = "webhook"  # the subject of events about webhooks
_NO_FACTS: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Wanting:
    """An endpoint as matching sees it; what happened before `since` is not for it."""

    endpoint_id: int
    owner_id: int
    since: datetime
    wants: Filter


@dataclass(frozen=True, slots=True)
class Match:
    """An event for an endpoint; `ticket` is the number of its ticket, or empty."""

    endpoint_id: int
    event: Event
    ticket: str


def matches(events: Sequence[Event]) -> list[Match]:
    """Who is to be told of what, in the order of the events. No statement while nobody listens."""
    wanting = listening()
    if not wanting:
        return []
    some = [one for one in events if any(_of_type(each, one) for each in wanting)]
    sight = EventSight(some)
    facts = _facts(some) if any(one.wants.asks_facts for one in wanting) else {}
    grants = {one.owner_id: grants_of(one.owner_id) for one in wanting}
    return [
        Match(each.endpoint_id, event, sight.number(event) or "")
        for event in some
        for each in _wanting(event, wanting, sight, grants, facts)
    ]


def listening() -> tuple[Wanting, ...]:
    """The endpoints that are switched on; one that is paused still collects. Cached."""
    return reference.get("webhooks.listening", _load)


def _wanting(
    event: Event,
    among: Sequence[Wanting],
    sight: EventSight,
    grants: Mapping[int, StaffGrants],
    facts: Mapping[int, Mapping[str, object]],
) -> Iterator[Wanting]:
    number = sight.number(event)
    known = facts.get(event.subject_id, _NO_FACTS) if event.subject == TICKET else _NO_FACTS
    for each in among:
        if event.at < each.since:
            continue
        if event.subject == OWN and event.subject_id == each.endpoint_id:
            continue  # nobody is told by itself that it does not answer
        if each.wants.takes(event, number, known) and sight.sees(grants[each.owner_id], event):
            yield each


def _of_type(each: Wanting, event: Event) -> bool:
    return event.at >= each.since and (not each.wants.types or event.type in each.wants.types)


def _facts(events: Sequence[Event]) -> Mapping[int, Mapping[str, object]]:
    return ticket_facts({one.subject_id for one in events if one.subject == TICKET})


def _load() -> tuple[Wanting, ...]:
    return tuple(_of(one) for one in Endpoint.objects.filter(active=True).order_by("pk"))


def _of(endpoint: Endpoint) -> Wanting:
    wants = Filter(types=tuple(endpoint.types), condition=endpoint.condition)
    return Wanting(endpoint.pk, endpoint.owner_id, endpoint.created_at, wants)
