"""The interactive reference at /api/v1/docs, served from this machine: Swagger UI out of the django-ninja package.

Nothing is inline, so the page lives under the same content policy as the desk.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
SHIPPED = ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.svg")
START = """\
const cookie = (name) =>
  document.cookie.split("; ").find((part) => part.startsWith(name + "="))?.slice(name.length + 1);
SwaggerUIBundle({
  url: document.body.dataset.schema,
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "none",
  persistAuthorization: true,
  requestInterceptor: (request) => {
    const token = cookie("gongdan_csrf");
    if (token) request.headers["X-CSRF-Token"] = token;
    return request;
  },
});
"""
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gongdan API</title>
<link rel="icon" href="{assets}favicon.svg">
<link rel="stylesheet" href="{assets}swagger-ui.css">
</head>
<body data-schema="{schema}">
<div id="reference"></div>
<script src="{assets}swagger-ui-bundle.js"></script>
<script src="{assets}start.js"></script>
</body>
</html>
"""


class ReferencePage(DocsBase):
    """What ninja renders at its docs address."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = self.get_openapi_url(api, kwargs)
        return HttpResponse(PAGE.format(schema=schema, assets=f"{request.path.rstrip('/')}/assets/"))


def asset(_request: HttpRequest, name: str) -> HttpResponse:
    """A file of the reference page."""
    body = _read(name)
    response = HttpResponse(body, content_type=f"{TYPES[name.rpartition('.')[2]]}; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@cache
def _read(name: str) -> bytes:
    if name == "start.js":
        return START.encode()
    if name not in SHIPPED:
        raise Http404
    return resources.files("ninja").joinpath("static", "ninja", name).read_bytes()
