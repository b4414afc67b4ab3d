"""Keyset paging: a page is what comes after a key, and the cursor is that key, opaque to the client.

Lists answer {items, next}; `next` is null on the last page. Nothing is ever counted in full.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
from ninja import Query

from gongdan.kernel.errors import GongdanError, Invalid
from gongdan.web import text

T = TypeVar("T")
DEFAULT_LIMIT = 50
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str | None, Query(max_length=400)]
BIGGEST = 2**63 - 1


def encode(*key: str | int | datetime | None) -> str:
    """The cursor of a key."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).rstrip(b"=").decode()


def decode(cursor: str, *types: type) -> tuple[Any, ...]:
    """The key of a cursor, each part of the given type. Raises invalid_cursor (422)."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        key: tuple[Any, ...] = msgspec.json.decode(raw, type=_tuple_of(types))
        text.require_usable(key)
    except (ValueError, binascii.Error, msgspec.MsgspecError, GongdanError):
        raise _unusable() from None
    if any(isinstance(part, int) and abs(part) > BIGGEST for part in key):
        raise _unusable()
    if any(isinstance(part, datetime) and part.tzinfo is None for part in key):
        raise _unusable()
    return key


def _tuple_of(types: tuple[type, ...]) -> Any:
    return tuple[types]  # type: ignore[valid-type]


def _unusable() -> Invalid:
    return Invalid("invalid_cursor", "The cursor was not made by this list.", field="after")


def page(rows: Sequence[T], limit: int, key: Callable[[T], tuple[Any, ...]]) -> tuple[list[T], str | None]:
    """The first `limit` of rows (fetched as `limit + 1`) and the cursor to go on from, or None."""
    kept = list(rows[:limit])
    return kept, encode(*key(kept[-1])) if len(rows) > limit else None
