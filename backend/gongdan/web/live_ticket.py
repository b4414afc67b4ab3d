"""The signed, short-lived ticket a browser shows to the live push process, so that no cookie crosses ports.

"<staff id>.<expiry, seconds since 1970>.<HMAC-SHA256 in hex>"; both processes know LIVE_KEY.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from django.conf import settings

from gongdan.kernel import clock

LIFETIME = timedelta(minutes=2)  # long enough to connect; a stream outlives its ticket


def issue(staff_id: int) -> tuple[str, datetime]:
    """A ticket for a person, and when it expires."""
    expires_at = (clock.now() + LIFETIME).replace(microsecond=0)
    body = f"{staff_id}.{int(expires_at.timestamp())}"
    return f"{body}.{_sign(body)}", expires_at


def read(ticket: str) -> int | None:
    """The staff id of a genuine ticket that has not expired, else None."""
    body, _, signature = ticket.rpartition(".")
    if not hmac.compare_digest(signature.encode(errors="replace"), _sign(body).encode()):
        return None
    staff_id, _, expiry = body.partition(".")
    return int(staff_id) if datetime.fromtimestamp(int(expiry), UTC) > clock.now() else None


def _sign(body: str) -> str:
    key = settings.LIVE_KEY.encode()
    return hmac.new(key, body.encode(errors="replace"), hashlib.sha256).hexdigest()
