"""Refusals on the wire: problem+json (RFC 9457) with a stable `code`.

{type, title, status, code, detail, field?, params?, errors?: [{field, code, detail}]}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http.client import responses
from typing import Any

import msgspec
from django.http import HttpResponse

from gongdan.kernel.errors import GongdanError

CONTENT_TYPE = "application/problem+json"


def problem(
    status: int,
    code: str,
    sentence: str,
    *,
    field: str | None = None,
    params: Mapping[str, Any] | None = None,
    errors: Sequence[Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """The answer of a refusal. `retry_after` (seconds) in `params` also becomes a header."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": responses.get(status, "Error"),
        "status": status,
        "code": code,
        "detail": sentence,
    }
    optional = {"field": field, "params": params, "errors": errors}
    body.update({name: value for name, value in optional.items() if value})
    response = HttpResponse(msgspec.json.encode(body, enc_hook=str), status=status, content_type=CONTENT_TYPE)
    if params and "retry_after" in params:
        response["Retry-After"] = str(params["retry_after"])
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def problem_of(error: GongdanError) -> HttpResponse:
    """The answer of a refusal raised by a verb; `errors` among its params stand beside them."""
    params = dict(error.params)
    errors = params.pop("errors", None)
    return problem(error.status, error.code, error.sentence, field=error.field, params=params, errors=errors)
