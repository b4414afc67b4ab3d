"""The catalogue of domain events: frozen, closed, versioned. What is not here cannot be appended.

Everything that happens after a verb (notifications, live push, webhooks, statistics) reads these, so a type is never
renamed and never changes its meaning; a new meaning is a new version. `fields` always stand in an event's data,
`optional` ones when they are not empty; old and new values go side by side. docs/event-log.md shows an event in full.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gongdan.core.events.calendar import CALENDAR_EVENTS
from gongdan.core.events.calls import CALL_EVENTS, PHONE_EVENTS
from gongdan.core.events.interception import INTERCEPTION_EVENTS
from gongdan.core.events.listening import WEBHOOK_EVENTS
from gongdan.core.events.organisation import ORGANISATION_EVENTS
from gongdan.core.events.reference import CATALOGUE_EVENTS, CUSTOMER_EVENTS, FLOW_EVENTS, POLICY_EVENTS
from gongdan.core.events.ticket import TICKET_EVENTS
from gongdan.outbox.registry import EventType, declare

_EVERY = (
    *TICKET_EVENTS,
    *ORGANISATION_EVENTS,
    *FLOW_EVENTS,
    *CALENDAR_EVENTS,
    *POLICY_EVENTS,
    *CATALOGUE_EVENTS,
    *CUSTOMER_EVENTS,
    *INTERCEPTION_EVENTS,
    *WEBHOOK_EVENTS,
    *CALL_EVENTS,
    *PHONE_EVENTS,
)
declare(_EVERY)
EVENTS: Mapping[str, EventType] = MappingProxyType({kind.name: kind for kind in _EVERY})
