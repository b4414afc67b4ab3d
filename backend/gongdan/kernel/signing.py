"""Signing what is sent to others and checking what they sign, by the scheme of Standard Webhooks
(https://www.standardwebhooks.com).

The signature is `v1,` and the base64 of HMAC-SHA256 over "id.timestamp.body"; while keys rotate there are several,
with spaces between. A key is shown once and never stored: what is kept of it is a random salt, from which the
installation's secret key makes it again. So a copy of the database signs nothing.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from gongdan.kernel.errors import GongdanError

PREFIX = "whsec_"
MOST = 2  # keys valid at a time
DEFAULT_OVERLAP = timedelta(hours=24)
TOLERANCE = timedelta(minutes=5)  # between the sender's clock and ours
SIGNATURES_READ = 8  # of one message
_ID = re.compile(r"[!-+/-~-]{1,150}").fullmatch  # visible ASCII without comma and full stop
_TIMESTAMP = re.compile(r"[0-9]{1,12}").fullmatch

KeyRing = list[dict[str, str | None]]  # as JSON, newest first: {"salt": hex, "until": ISO 8601 or None}


def new_ring() -> KeyRing:
    """A ring with one fresh key."""
    return [{"salt": secrets.token_hex(16), "until": None}]


def rotated(ring: KeyRing, until: datetime) -> KeyRing:
    """The ring with a fresh key in front; the one before it stays valid until `until`, those before it do not."""
    kept = [{"salt": one["salt"], "until": until.isoformat()} for one in ring[: MOST - 1]]
    return [*new_ring(), *kept]


def newest(ring: KeyRing) -> str:
    """The newest key as its owner is shown it, once: `whsec_` and base64 of 32 bytes."""
    return PREFIX + base64.b64encode(_key(str(ring[0]["salt"]))).decode()


def valid(ring: KeyRing, now: datetime) -> list[bytes]:
    """The keys that sign at `now`, newest first."""
    return [
        _key(str(one["salt"]))
        for one in ring
        if one["until"] is None or now < datetime.fromisoformat(one["until"])
    ]


def headers(keys: Sequence[bytes], message_id: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """The three headers of a signed message. `message_id` holds no full stop and stays the same when it is repeated."""
    timestamp = int(at.timestamp())
    signed = b"%b.%d.%b" % (message_id.encode(), timestamp, body)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(_signature(key, signed) for key in keys),
    }


def verify(keys: Sequence[bytes], sent: Mapping[str, str], body: bytes, now: datetime) -> str:
    """The `webhook-id` of a message that one of `keys` signed within TOLERANCE of `now`. `sent`: its headers, names in
    small letters. Raises 401: signature_missing, signature_wrong, signature_old, signature_future."""
    message_id = sent.get("webhook-id", "")
    timestamp = sent.get("webhook-timestamp", "")
    signatures = sent.get("webhook-signature", "").split()[:SIGNATURES_READ]
    if not signatures or not _ID(message_id) or not _TIMESTAMP(timestamp):
        raise _unsigned(
            "signature_missing", "The headers webhook-id, webhook-timestamp and webhook-signature are needed."
        )
    signed = b"%b.%b.%b" % (message_id.encode(), timestamp.encode(), body)
    mine = [_signature(key, signed).encode() for key in keys]
    given = [one.encode() for one in signatures]
    matches = [hmac.compare_digest(ours, theirs) for ours in mine for theirs in given]
    if not any(matches):
        raise _unsigned("signature_wrong", "The signature does not belong to this message and key.")
    apart = int(timestamp) - int(now.timestamp())
    if abs(apart) <= TOLERANCE.total_seconds():
        return message_id
    if apart < 0:
        raise _unsigned("signature_old", "The message was signed more than five minutes ago.")
    raise _unsigned("signature_future", "The message was signed in the future; set the sender's clock.")


def _unsigned(code: str, sentence: str) -> GongdanError:
    return GongdanError(code, sentence, status=401)


def _signature(key: bytes, signed: bytes) -> str:
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


@lru_cache(maxsize=4096)
def _key(salt: str) -> bytes:
    from django.conf import settings

    return hmac.digest(str(settings.SECRET_KEY).encode(), b"signing " + bytes.fromhex(salt), "sha256")
