"""Security headers on every answer.

Pages may load only what this server serves, plus the live push process; scripts never inline. Answers that are no
pages may load nothing at all.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase

from gongdan.web.errors import GetResponse

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Middleware: sets the headers; an operation may set its own Cache-Control."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.always = dict(ALWAYS)
        if settings.SECURE:
            self.always["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        headers = response.headers
        for name, value in self.always.items():
            headers[name] = value
        page = headers.get("Content-Type", "").startswith("text/html")
        headers.setdefault("Content-Security-Policy", page_policy(live_origin(request)) if page else NOTHING)
        headers.setdefault("Cache-Control", "no-store")
        if isinstance(response, HttpResponse):  # else the server would have to send it in chunks
            headers.setdefault("Content-Length", str(len(response.content)))
        return response


def live_url(request: HttpRequest) -> str:
    """The address of the live process, path included."""
    return settings.LIVE_URL or f"{live_origin(request)}/live"


def live_origin(request: HttpRequest) -> str:
    """Where the live push is reached: LIVE_URL's origin, else this host on LIVE_PORT. Empty if the host is unusable."""
    if settings.LIVE_URL:
        parts = urlsplit(settings.LIVE_URL)
        return f"{parts.scheme}://{parts.netloc}"
    try:
        domain, _port = split_domain_port(request.get_host())
    except DisallowedHost:
        return ""
    return f"{'https' if request.is_secure() else 'http'}://{domain}:{settings.LIVE_PORT}"


@lru_cache(maxsize=64)
def page_policy(live: str, telephones: tuple[str, ...] = ()) -> str:
    """The policy of a page that may also connect to `live`, and by SIP to `telephones` (origins)."""
    rules = {
        "default-src": "'self'",
        "script-src": "'self'",
        # Components compute positions and colours as style attributes; scripts stay strict.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "worker-src": "'self' blob:",
        "connect-src": " ".join(filter(None, ("'self'", live, *telephones))),
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
