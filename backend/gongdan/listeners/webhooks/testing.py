"""The test button: one signed request now, and what came back. Nothing is recorded."""

from __future__ import annotations

import asyncio
from typing import Any

from django.conf import settings

from gongdan.kernel import clock
from gongdan.listeners.webhooks import payload, store
from gongdan.listeners.webhooks.attempt import Attempt, Target
from gongdan.listeners.webhooks.models import Endpoint


def send_test(endpoint: Endpoint) -> dict[str, Any]:
    """{"ok", "message_id", "body", "at", "status", "ms", "error", "words", "answer"}. Takes up to the time limit."""
    now = clock.now()
    message_id, body = payload.test_body(now.isoformat(), endpoint.pk, endpoint.name)
    attempt = asyncio.run(_send(store.target_of(endpoint, now), message_id, body))
    return {
        "ok": attempt.succeeded,
        "message_id": message_id,
        "body": body.decode(),
        **attempt.to_json(),
    }


async def _send(target: Target, message_id: str, body: bytes) -> Attempt:
    from gongdan.listeners.webhooks.sending import Sender

    sender = Sender(settings.WEBHOOK_SECONDS)
    try:
        return await sender.send(target, message_id, body)
    finally:
        await sender.close()
