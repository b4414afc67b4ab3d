"""The built front end: its files as they are, and its index.html at every other address (it routes by itself).

Hashed files under /assets may be kept for a year; everything else is asked for anew. In an installation the server
in front of this code serves /assets, and this is the fallback.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongdan.core.interactions.softphone_origins import softphone_origins
from gongdan.kernel import reference
from gongdan.web.headers import live_origin, page_policy

NOT_BUILT = "The front end is not built; ./run builds it. The API is at /api/v1/docs.\n"


@require_safe
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """The file at `path`, or index.html."""
    root = Path(settings.FRONTEND)
    wanted = (root / path).resolve()
    if path and wanted.is_relative_to(root) and wanted.is_file():
        return _file(wanted, path)
    if path.startswith(("assets/", "api/")):
        raise Http404
    index = root / "index.html"
    if not index.is_file():
        return HttpResponse(NOT_BUILT, status=200, content_type="text/plain; charset=utf-8")
    response = _file(index, "index.html")
    response["Content-Security-Policy"] = page_policy(live_origin(request), _telephones())
    return response


def _telephones() -> tuple[str, ...]:
    """A page is served without the database too; it then cannot telephone."""
    try:
        reference.refresh()
        return softphone_origins()
    except DatabaseError:
        return ()


def _file(file: Path, path: str) -> HttpResponse:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("javascript", "json"))
    response = HttpResponse(file.read_bytes(), content_type=f"{kind}; charset=utf-8" if text else kind)
    kept = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
    response["Cache-Control"] = kept
    return response
