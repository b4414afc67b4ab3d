"""What a receiver gets: a versioned document made from an immutable event, the same bytes every time.

{"id", "type", "version", "timestamp", "ticket": {"number", "id"} or null, "subject", "subject_id", "seq", "actor",
"data"}. `version` is the event type's: within it fields are only added. docs/webhooks.md describes every type.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from gongdan.outbox.feed import Event
from gongdan.web.event_sight import TICKET

_encode = msgspec.json.Encoder(order="deterministic").encode


def render(event: Event, ticket: str) -> bytes:
    """The body. `ticket` is the number of the event's ticket, empty for other subjects."""
    return _encode(document(event, ticket))


def document(event: Event, ticket: str) -> dict[str, Any]:
    """The body as a value."""
    return {
        "id": event_name(event.id),
        "type": event.type,
        "version": event.version,
        "timestamp": event.at.isoformat().replace("+00:00", "Z"),
        "ticket": {"number": ticket, "id": event.subject_id} if event.subject == TICKET else None,
        "subject": event.subject,
        "subject_id": event.subject_id,
        "seq": event.seq,
        "actor": event.actor,
        "data": event.data,
    }


def event_name(event_id: int) -> str:
    """An event's name outside, the same for every endpoint."""
    return f"evt_{event_id}"


def message_id(endpoint_id: int, event_id: int) -> str:
    """`webhook-id`: one per event and endpoint, the same for every attempt, so that a receiver knows a repetition."""
    return f"msg_{endpoint_id}_{event_id}"


def test_body(now: str, endpoint_id: int, name: str) -> tuple[str, bytes]:
    """(`webhook-id`, body) of what the test button sends; `now` is ISO 8601."""
    body: Mapping[str, Any] = {
        "id": f"evt_test_{endpoint_id}",
        "type": "WebhookTest",
        "version": 1,
        "timestamp": now.replace("+00:00", "Z"),
        "ticket": None,
        "subject": "webhook",
        "subject_id": endpoint_id,
        "seq": 0,
        "actor": {"kind": "system", "id": None, "name": "system", "via": "test"},
        "data": {"name": name},
    }
    return f"msg_test_{endpoint_id}_{now.replace('.', '-').replace(':', '-')}", _encode(body)
