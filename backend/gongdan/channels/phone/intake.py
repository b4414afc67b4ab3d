"""Messages on their way into the database: held in bounded number, made storable, handed over in batches.

Promise: nothing that was taken is lost while the process lives, whatever the database does; a sender faster than the
database waits. What a message holds never raises: it is cut, cleaned, or kept as a fault.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from gongdan.core.interactions.contracts import RawSignal

MOST_RAW = 8000  # characters of a message that are kept
MOST_KEY = 200
MOST_CALL = 120
MOST_FAULT = 300


def unreadable(raw: bytes, received_at: datetime, why: str) -> RawSignal:
    """A message that could not be read, to be kept with `why`. Its key is made of what it is and when it came."""
    digest = sha256(raw + received_at.isoformat().encode()).hexdigest()
    return RawSignal(
        key=f"fault:{digest}",
        raw=raw[: MOST_RAW * 4].decode("utf-8", "replace"),
        received_at=received_at,
        fault=why,
    )


def storable(message: RawSignal) -> RawSignal:
    """The message as PostgreSQL takes it: without NUL and lone surrogates, no part longer than its column."""
    return replace(
        message,
        key=_clean(message.key, MOST_KEY),
        raw=_clean(message.raw, MOST_RAW),
        call=_clean(message.call, MOST_CALL),
        fault=_clean(message.fault, MOST_FAULT),
    )


def _clean(text: str, most: int) -> str:
    return text[:most].replace("\0", "\ufffd").encode("utf-8", "replace").decode()
