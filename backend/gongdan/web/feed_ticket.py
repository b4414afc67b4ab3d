"""The signed, short-lived ticket with which the web process sends a reader of the feed on to the live process.

"<base64url of JSON>.<HMAC-SHA256 in hex>"; both processes know LIVE_KEY. It says who asks and for what, so that the
live process need not know how people sign in. It cannot be taken for a desk's live ticket, nor the other way round.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta

import msgspec
from django.conf import settings

from gongdan.kernel import clock

LIFETIME = timedelta(seconds=60)  # long enough to follow the redirection; a stream outlives its ticket


class Asked(msgspec.Struct, frozen=True):
    """What a reader wants: `wait` seconds for a long poll, None for a stream that beats every `heartbeat` seconds.

    `group` is the id of the consumer group it reads for, if any; `expires` counts seconds since 1970.
    """

    staff_id: int
    after: str
    limit: int
    wait: int | None
    heartbeat: int
    types: tuple[str, ...] = ()
    subject: str = ""
    ticket: str = ""
    condition: str = ""
    group: int | None = None
    expires: int = 0


_decoder = msgspec.json.Decoder(Asked)


def issue(asked: Asked) -> str:
    """The ticket, good for LIFETIME from now."""
    expires = int((clock.now() + LIFETIME).timestamp())
    body = base64.urlsafe_b64encode(msgspec.json.encode(msgspec.structs.replace(asked, expires=expires)))
    return f"{body.decode()}.{_sign(body)}"


def read(ticket: str) -> Asked | None:
    """What a genuine ticket that has not expired asks for, else None."""
    body, _, signature = ticket.encode(errors="replace").rpartition(b".")
    if not hmac.compare_digest(signature, _sign(body).encode()):
        return None
    asked = _decoder.decode(base64.urlsafe_b64decode(body))
    return asked if asked.expires > clock.now().timestamp() else None


def _sign(body: bytes) -> str:
    return hmac.new(settings.LIVE_KEY.encode(), b"feed." + body, hashlib.sha256).hexdigest()
