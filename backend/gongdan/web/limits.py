"""Refuses, before anything is read, what no operation could use: too large a body, an unusable address or charset."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongdan.kernel.errors import GongdanError, Invalid
from gongdan.web.errors import GetResponse
from gongdan.web.json_body import CONTENT_TYPE, wrong_content_type
from gongdan.web.problems import problem_of
from gongdan.web.text import is_usable


class BodyLimits:
    """Middleware: MAX_BODY_BYTES for a body, MAX_UPLOAD_BYTES for one with files."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refusal = _refusal(request)
        return self.get_response(request) if refusal is None else problem_of(refusal)


def _refusal(request: HttpRequest) -> GongdanError | None:
    if not is_usable(request.path_info) or "%00" in request.META.get("QUERY_STRING", ""):
        return Invalid("unusable_text", "The address contains a character that cannot be used.")
    if request.content_params and request.content_params.get("charset", "utf-8").lower() != "utf-8":
        return wrong_content_type(f"{CONTENT_TYPE} in UTF-8")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        return GongdanError("bad_request", "The header Content-Length is not a number.")
    if length == "0" and request.META.get("HTTP_TRANSFER_ENCODING"):
        return GongdanError("length_required", "Send the body with a Content-Length.", status=411)
    return _too_large(request, int(length))


def _too_large(request: HttpRequest, length: int) -> GongdanError | None:
    upload = request.content_type == "multipart/form-data"
    limit = settings.MAX_UPLOAD_BYTES + 65536 if upload else settings.MAX_BODY_BYTES
    if length <= limit:
        return None
    return GongdanError(
        "body_too_large", f"The body has {length} bytes; {limit} are allowed.", status=413, limit=limit
    )
