"""Sessions of browsers: a random cookie, of which only the SHA-256 is stored, and a CSRF token derived from it.

`find` reads the session and the reference revision in one statement. A person who is deactivated has no session from
that moment on, whatever rows remain.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse

from gongdan.kernel import clock, reference, sql
from gongdan.web.models import Session

FIND = """
SELECT revision.revision, (
  SELECT session.staff_id FROM web_session session JOIN staff_staff person ON person.id = session.staff_id
  WHERE session.digest = %s AND session.expires_at > %s AND person.is_active)
FROM kernel_referencerevision revision WHERE revision.id = 1
"""


def digest_of(secret: str) -> str:
    """What is stored of a secret with full entropy: SHA-256 in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def start(staff_id: int) -> str:
    """A new session; returns the secret for the cookie."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    Session.objects.create(
        digest=digest_of(secret),
        staff_id=staff_id,
        made_at=now,
        expires_at=now + timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )
    return secret


def find(secret: str) -> int | None:
    """The staff id of a live session, or None. One statement; it also refreshes the reference cache."""
    found = sql.first(FIND, [digest_of(secret), clock.now()])
    revision, staff_id = found[0] if found else (0, None)
    reference.seen(int(revision))
    return int(staff_id) if staff_id is not None else None


def end(secret: str) -> None:
    """Sign out this browser."""
    Session.objects.filter(digest=digest_of(secret)).delete()


def end_all(staff_id: int) -> None:
    """Sign a person out everywhere."""
    Session.objects.filter(staff_id=staff_id).delete()


def forget_expired() -> int:
    """Remove sessions that are over; returns how many. For the daily job."""
    return Session.objects.filter(expires_at__lte=clock.now()).delete()[0]


def csrf_of(secret: str) -> str:
    """The CSRF token that belongs to a session."""
    key = b"csrf:" + settings.SECRET_KEY.encode()
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()


def set_cookies(response: HttpResponse, secret: str) -> None:
    """The session for the browser alone, the CSRF token for the page's scripts to send back as a header."""
    _set_cookie(response, settings.SESSION_COOKIE_NAME, secret, httponly=True)
    _set_cookie(response, settings.CSRF_COOKIE_NAME, csrf_of(secret), httponly=False)


def _set_cookie(response: HttpResponse, name: str, value: str, *, httponly: bool) -> None:
    response.set_cookie(
        name,
        value,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SECURE,
        httponly=httponly,
        samesite="Lax",
    )


def clear_cookies(response: HttpResponse) -> None:
    """Remove both cookies."""
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
    response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
