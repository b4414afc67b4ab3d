"""What the live push says, as lines of an event stream (text/event-stream)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from gongdan.outbox.feed import Cursor, Event

RETRY = b"retry: 2000\n\n"
BEAT = b":\n\n"
RESYNC = "Resync"  # too much was missed to tell: fetch everything again
BELL = "NotificationsChanged"
PHONE = "PhoneChanged"
MANY = 100  # events in one go that are told one by one
_encode = msgspec.json.Encoder().encode


def place(cursor: Cursor) -> bytes:
    """Nothing new for you up to here."""
    return _message({"cursor": str(cursor)}, cursor)


def changes(seen: Sequence[tuple[Event, str | None]], cursor: Cursor) -> bytes:
    """Events with their ticket's number; one message each, or one for all when there are many."""
    if len(seen) > MANY:
        ids = dict.fromkeys(number for _, number in seen if number)
        return say("Many", list(ids), ["*"], cursor)
    return b"".join(
        say(event.type, [number or event.subject_id], sorted(event.data), event.cursor)
        for event, number in seen
    )


def say(type_: str, ids: Sequence[str | int], changed: Sequence[str], cursor: Cursor) -> bytes:
    """One change: `ids` are ticket numbers (or a subject's id), `changed` what of it (or "*")."""
    return _message({"type": type_, "ids": ids, "changed": changed, "cursor": str(cursor)}, cursor)


def bell(type_: str = BELL) -> bytes:
    """Your notifications, or your calls, changed; this has no place in the feed."""
    return b"data: " + _encode({"type": type_, "ids": [], "changed": ["*"]}) + b"\n\n"


def _message(data: dict[str, Any], cursor: Cursor) -> bytes:
    return b"id: %b\ndata: %b\n\n" % (str(cursor).encode(), _encode(data))
