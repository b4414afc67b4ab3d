"""REST for the sound of calls: heard in the page, or taken away; who did is written down. No rules here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Path as InPath
from ninja import Router

from gongdan.channels.phone import ranges
from gongdan.channels.phone.ranges import Stretch
from gongdan.core.interactions.actions import recordings
from gongdan.core.interactions.audible import Audible, audible
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.problems import problem

router = Router()
PIECE = 1 << 17
Identity = Annotated[int, InPath(ge=1, le=paging.BIGGEST)]


@router.get(
    "/calls/{call_id}/recordings/{recording_id}/audio",
    summary="Hear a recording, or take it away",
    response={200: bytes, 206: bytes},
)
def audio(
    request: HttpRequest, call_id: Identity, recording_id: Identity, download: bool = False
) -> HttpResponse | StreamingHttpResponse:
    """One range of bytes may be asked for. Needs `call.listen`, or `call.download` to take it away."""
    asked = cast(Request, request)
    found = audible(call_id, recording_id, asked.grants, download=download)
    try:
        stretch = _stretch(request, found)
    except ranges.Unsatisfiable:
        refused = problem(416, "no_such_range", "The recording has no such bytes.")
        refused["Content-Range"] = f"bytes */{found.size}"
        return _headed(refused, found)
    recordings.played(found.id, download=download, actor=asked.actor)
    response = _sound(found, stretch)
    if download:
        response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return _headed(response, found)


def _stretch(request: HttpRequest, found: Audible) -> Stretch | None:
    """A range of another version of the file is no use; files never change, but whoever asks cannot know."""
    condition = request.headers.get("If-Range")
    if condition is not None and condition != _tag(found):
        return None
    return ranges.asked(request.headers.get("Range", ""), found.size)


def _tag(found: Audible) -> str:
    return f'"{found.sha256}"'


def _sound(found: Audible, stretch: Stretch | None) -> StreamingHttpResponse:
    whole = stretch or Stretch(0, found.size - 1, found.size)
    response = StreamingHttpResponse(
        _pieces(found.path, whole), status=206 if stretch else 200, content_type=found.content_type
    )
    response["Content-Length"] = str(whole.length)
    if stretch:
        response["Content-Range"] = stretch.words
    return response


def _pieces(path: Path, stretch: Stretch) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(stretch.first)
        left = stretch.length
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _headed(
    response: HttpResponse | StreamingHttpResponse, found: Audible
) -> HttpResponse | StreamingHttpResponse:
    """What came from outside is never opened as anything but sound, and stays out of shared caches."""
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = _tag(found)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-cache"
    return response
