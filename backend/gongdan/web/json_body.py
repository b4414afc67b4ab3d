"""What comes in and goes out as JSON: ninja's parser and renderer on msgspec, with the product's refusals."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from pydantic import BaseModel

from gongdan.kernel.errors import GongdanError
from gongdan.web import text

CONTENT_TYPE = "application/json"


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


_encoder = msgspec.json.Encoder(enc_hook=_plain)


def encode(data: Any) -> bytes:
    """`data` as UTF-8 JSON: times in UTC, decimals as text, structs and schemas as objects."""
    return _encoder.encode(data)


def answer(data: Any, status: int = 200) -> HttpResponse:
    """An answer that skips the response schema: for hot paths, where the schema only documents."""
    return HttpResponse(_encoder.encode(data), status=status, content_type=CONTENT_TYPE)


def decode(raw: bytes) -> Any:
    """The value of a request body. Raises broken_json (400) or unusable_text (422)."""
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = _decode_slowly(raw)
        text.require_usable(value)
        raise _broken() from None
    if b"\\u" in raw:  # only an escape can bring in a character that UTF-8 JSON forbids
        text.require_usable(value)
    return value


def _decode_slowly(raw: bytes) -> Any:
    """What Python's more lenient reader makes of it, to tell unusable text from broken JSON."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise _broken() from None


def _broken() -> GongdanError:
    return GongdanError("broken_json", "The body is not valid JSON in UTF-8.")


def wrong_content_type(wanted: str) -> GongdanError:
    """415: the body is of another type than the operation reads."""
    return GongdanError(
        "wrong_content_type", f"This operation reads a body of type {wanted}.", status=415, wanted=wanted
    )


class JSONBody(Parser):
    """Bodies must say they are JSON, files must come as multipart; every text is checked."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != CONTENT_TYPE:
            raise wrong_content_type(CONTENT_TYPE)
        return decode(request.body)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        if not isinstance(data, QueryDict) and request.content_type != "multipart/form-data":
            raise wrong_content_type("multipart/form-data")
        values = super().parse_querydict(data, list_fields, request)
        text.require_usable(values)
        return values


class JSONAnswer(BaseRenderer):
    """Renders whatever an operation returns."""

    media_type = CONTENT_TYPE

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return _encoder.encode(data)
