"""Hands closed tickets over to a folder, a file each, for a program that fetches them from there.

Idempotent by event id: handing over again writes the same file.
"""

from __future__ import annotations

import json

from django.conf import settings

from gongdan.outbox.feed import Event
from gongdan.outbox.subscribe import on


@on("TicketClosed", consumer="handing_over")
def hand_over(event: Event) -> None:
    """The file is whole from its first moment, for it gets its name last."""
    folder = settings.HOME / "handed_over"
    folder.mkdir(exist_ok=True)
    fresh = folder / f"{event.id}.part"
    fresh.write_text(json.dumps({"ticket_id": event.subject_id, "at": event.at.isoformat(), **event.data}))
    fresh.replace(folder / f"{event.id}.json")
