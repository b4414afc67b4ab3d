"""Who asks: a bearer token, or a session cookie with its CSRF token on unsafe methods.

After it, `request.actor` and `request.grants` are set. Either way costs one statement; who the token or the person
is comes from the reference cache.
"""

from __future__ import annotations

import hmac
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja.security.base import AuthBase

from gongdan.core.staff.grants import StaffGrants, grants_of
from gongdan.kernel import reference
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Forbidden, GongdanError
from gongdan.web import sessions, tokens

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Request(HttpRequest):
    """A request that passed authentication."""

    actor: Actor
    grants: StaffGrants


class BearerToken(AuthBase):
    """`Authorization: Bearer gdt_…`, made with `gongdan token create` or on the page of tokens."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Actor | None:
        header: str | None = request.META.get("HTTP_AUTHORIZATION")
        if header is None:
            return None
        scheme, _, secret = header.partition(" ")
        reference.refresh()
        holder = tokens.find(secret.strip()) if scheme.lower() == "bearer" else None
        if holder is None:
            raise GongdanError("invalid_token", "The token is unknown, expired or revoked.", status=401)
        return _enter(request, holder.staff_id, "api")


class SessionCookie(AuthBase):
    """The cookie a sign-in sets; unsafe methods also send its CSRF token in `X-CSRF-Token`."""

    openapi_type: Literal["apiKey"] = "apiKey"
    openapi_in = "cookie"
    openapi_name = "gongdan_session"

    def __call__(self, request: HttpRequest) -> Actor | None:
        secret = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        staff_id = sessions.find(secret) if secret else None
        if secret is None or staff_id is None:
            return None
        if request.method not in SAFE:
            require_csrf(request, secret)
        return _enter(request, staff_id, "desk")


def require_csrf(request: HttpRequest, secret: str) -> None:
    """Raise csrf_failed (403) unless the header holds the session's own CSRF token."""
    sent = request.META.get("HTTP_X_CSRF_TOKEN", "")
    if not hmac.compare_digest(sent.encode(), sessions.csrf_of(secret).encode()):
        raise Forbidden(
            "csrf_failed", "The header X-CSRF-Token is missing or does not belong to this session."
        )


def _enter(request: Any, staff_id: int, via: str) -> Actor:
    grants = grants_of(staff_id)
    request.grants = grants
    request.actor = Actor(kind="staff", name=grants.name, staff_id=staff_id, via=via)
    return request.actor  # type: ignore[no-any-return]


STAFF: list[AuthBase] = [BearerToken(), SessionCookie()]


def address_of(request: HttpRequest) -> str:
    """The client's address; behind TRUSTED_PROXIES proxies, what the outermost of them saw. May be empty."""
    proxies: int = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if proxies and hops:
        return str(hops[-min(proxies, len(hops))])
    return str(request.META.get("REMOTE_ADDR", ""))
