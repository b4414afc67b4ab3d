"""What happens to webhooks: how others are told of what happens here."""

from __future__ import annotations

from gongdan.outbox.registry import EventType


def _webhook(name: str, doc: str, fields: str, optional: str = "") -> EventType:
    return EventType(
        name,
        "webhook",
        doc,
        frozenset(fields.split()),
        frozenset(optional.split()),
        right="admin.integrations",
    )


WEBHOOK_EVENTS = (
    _webhook(
        "WebhookCreated",
        "A webhook was set up.",
        "name address types condition headers allowed_networks active owner_id",
    ),
    _webhook("WebhookChanged", "A webhook was changed or switched on or off.", "old new"),
    _webhook("WebhookRemoved", "A webhook and the record of its deliveries were removed.", "name address"),
    _webhook("WebhookKeyRotated", "A webhook got a new key; the one before holds until `until`.", "until"),
    _webhook(
        "WebhookPaused",
        "Nothing is sent to a webhook any more: it failed for long (failing), or said that it is gone (gone).",
        "name why since words notify",
    ),
    _webhook("WebhookResumed", "A webhook that was paused is tried again.", "name"),
    _webhook(
        "WebhookDeliveriesDead",
        "Deliveries were given up after three days; `count` since the last such event.",
        "name count notify",
    ),
    _webhook(
        "WebhookReplayed",
        "Deliveries were sent again: one, or those of a range of time.",
        "count",
        "delivery_id since until states",
    ),
)
