"""What exactly a record's hash covers, so that writer and verifier agree to the byte.

Promise: the same record gives the same bytes before it is written and after PostgreSQL's jsonb gave it back; jsonb
reorders keys and rewrites numbers, so keys are sorted here and numbers jsonb would change are changed beforehand.
Covered: subject, its id, seq, type, version, time, actor, data, and through the previous hash all that came before.
Not covered: the row's id and transaction id, which the database gives; they only order the feed.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec

_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder().decode
# Floats from 1e16 on, tiny ones and negative zero read back otherwise; a hit inside a string only costs time.
_jsonb_rewrites = re.compile(rb"\de[-+\d]|-0\.0").search


def canonical(value: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys, no blanks, UTF-8. Dates become ISO 8601, decimals become strings.

    Raises TypeError or ValueError for what JSON cannot say.
    """
    text = _encode(value)
    if _jsonb_rewrites(text):
        text = _encode(_as_jsonb(_decode(text)))
    return text


def _as_jsonb(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_jsonb(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_jsonb(inner) for inner in value]
    if isinstance(value, float):
        if value == 0:
            return 0.0
        return str(value) if abs(value) >= 1e15 or abs(value) < 1e-4 else value
    return value


def content(
    subject: str, subject_id: int, seq: int, type_: str, version: int, at: datetime, actor: bytes, data: bytes
) -> bytes:
    """The bytes a record's hash covers; `actor` and `data` are canonical JSON."""
    moment = at.astimezone(UTC).isoformat()
    return b'["%b",%d,%d,"%b",%d,"%b",%b,%b]' % (
        subject.encode(),
        subject_id,
        seq,
        type_.encode(),
        version,
        moment.encode(),
        actor,
        data,
    )


@cache
def _key() -> bytes:
    from django.conf import settings

    return str(settings.TRAIL_KEY).encode()


def chain(previous: bytes, text: bytes) -> bytes:
    """HMAC-SHA256 with the installation's trail key over the previous hash and the text; 32 bytes."""
    return hmac.digest(_key(), previous + text, "sha256")
