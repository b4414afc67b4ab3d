"""Writes down, for every event, which webhooks are to be told of it; the `deliver` process tells them.

Idempotent by event id and endpoint. Who may see an event, and conditions, are asked here, at the moment it is read.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongdan.listeners.webhooks import matching, queueing
from gongdan.outbox import registry
from gongdan.outbox.feed import Event
from gongdan.outbox.subscribe import on_batch


@on_batch(*registry.TYPES, consumer="webhooks")
def fan_out(events: Sequence[Event]) -> None:
    """One statement for all deliveries of these events, none when nobody wants them."""
    queueing.queue(matching.matches(events))
