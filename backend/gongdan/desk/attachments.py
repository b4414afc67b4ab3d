"""REST for files: uploaded first, attached by a verb, given out with the ticket they belong to."""

from __future__ import annotations

from typing import Any, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile

from gongdan.core.tickets import files
from gongdan.core.tickets.detail import attachment_words
from gongdan.kernel.errors import Invalid
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent

router = Router()
SHOWN = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/wav", "audio/ogg"}
)


@router.post("/attachments", response={201: dict[str, Any]}, summary="Upload a file")
def upload(request: HttpRequest, file: File[UploadedFile]) -> HttpResponse:
    asked = cast(Request, request)
    if file.name is None:
        raise Invalid("nameless_file", "The file has no name.", field="file")
    name, kind = file.name, file.content_type or ""
    return idempotent(
        asked, lambda: attachment_words(files.store(name, kind, file.chunks(), actor=asked.actor))
    )


@router.get("/attachments/{attachment_id}", summary="Download a file", response={200: bytes})
def download(request: HttpRequest, attachment_id: int) -> FileResponse:
    """Pictures and sound are shown; everything else is only ever saved, never opened in the product's origin."""
    found = files.visible_file(attachment_id, cast(Request, request).grants)
    shown = found.content_type in SHOWN
    response = FileResponse(
        files.path_of(found.sha256).open("rb"),
        as_attachment=not shown,
        filename=found.name,
        content_type=found.content_type if shown else "application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
