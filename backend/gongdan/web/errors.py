"""Every failure reaches the client as problem+json; none shows a stack trace, none is lost from the log.

`install(api)` maps what operations raise. `ProblemErrors` turns what is left over (Django's own plain 404s and 405s)
into the same form. An unforeseen failure answers 500 with a reference id that also stands in the log.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gongdan.kernel.errors import GongdanError
from gongdan.web.problems import CONTENT_TYPE, problem, problem_of

logger = logging.getLogger("gongdan.web")
GetResponse = Callable[[HttpRequest], HttpResponseBase]
PLAIN = {
    400: ("bad_request", "The request cannot be read."),
    401: ("signed_out", "Sign in or send a token."),
    403: ("forbidden", "You may not do this."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not know that method."),
    413: ("body_too_large", "The body is too large."),
    415: ("wrong_content_type", "The body has a type this address does not read."),
    429: ("too_many_requests", "Too many requests; wait a moment."),
}
FIELD_CODES = {
    "missing": "required",
    "string_too_long": "too_long",
    "string_too_short": "too_short",
    "too_long": "too_long",
    "too_short": "too_short",
    "extra_forbidden": "unknown_field",
}


class ProblemErrors:
    """Middleware: any error answer leaves as problem+json."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code < 400 or response["Content-Type"] == CONTENT_TYPE:
            return response
        fresh = _plain(response.status_code)
        if "Allow" in response:
            fresh["Allow"] = response["Allow"]
        return fresh


def _plain(status: int) -> HttpResponse:
    code, sentence = PLAIN.get(status, ("failed", "The request could not be answered."))
    return problem(status, code, sentence)


def install(api: NinjaAPI) -> None:
    """Register the handlers; the most special class that matches is taken."""
    api.add_exception_handler(Exception, answer_failure)
    api.add_exception_handler(GongdanError, answer_failure)
    api.add_exception_handler(ValidationError, lambda _, error: _invalid_input(error))
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(AuthenticationError, lambda _request, _error: _plain(401))


def answer_failure(request: HttpRequest, error: Any) -> HttpResponse:
    """The answer of an exception that is no refusal of ours."""
    if isinstance(error, GongdanError):
        return problem_of(error)
    if isinstance(error, Http404):
        return _plain(404)
    if isinstance(error, PermissionDenied):
        return _plain(403)
    if isinstance(error, (SuspiciousOperation, MultiPartParserError, UnreadablePostError)):
        return _plain(400)
    if isinstance(error, RecursionError):
        return problem(400, "too_deep", "The input is nested too deeply.")
    if isinstance(error, (DatabaseError, InterfaceError)):
        return _database_failure(request, error)
    return unforeseen(request, error)


def _database_failure(request: HttpRequest, error: Exception) -> HttpResponse:
    reference = _log(request, error)
    if isinstance(error, (OperationalError, InterfaceError)):
        params = {"reference": reference, "retry_after": 2}
        return problem(503, "database_unavailable", "The database did not answer; try again.", params=params)
    params = {"reference": reference}
    if isinstance(error, DataError):
        return problem(422, "unusable_value", "A value is out of range or cannot be stored.", params=params)
    if isinstance(error, IntegrityError):
        return problem(409, "conflicting_data", "The change contradicts what is stored.", params=params)
    return _server_error(reference)


def unforeseen(request: HttpRequest, error: BaseException | None = None) -> HttpResponse:
    """500, logged with a reference id."""
    return _server_error(_log(request, error))


def _log(request: HttpRequest, error: BaseException | None) -> str:
    reference = secrets.token_hex(6)
    logger.error("%s %s failed (reference %s)", request.method, request.path, reference, exc_info=error)
    return reference


def _server_error(reference: str) -> HttpResponse:
    sentence = f"Something went wrong here. The log has it under reference {reference}."
    return problem(500, "unforeseen", sentence, params={"reference": reference})


def _http_error(_request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error.__cause__, GongdanError):  # ninja wraps what the body parser raises
        return problem_of(error.__cause__)
    return _plain(error.status_code)


def _invalid_input(error: Any) -> HttpResponse:
    errors = [
        {
            "field": _field(item["loc"]),
            "code": FIELD_CODES.get(item["type"], "invalid"),
            "detail": item["msg"],
        }
        for item in error.errors
    ]
    words = "; ".join(f"{item['field']}: {item['detail']}" for item in errors[:5])
    field = errors[0]["field"] if errors else None
    return problem(422, "invalid_input", f"The input cannot be used ({words}).", field=field, errors=errors)


def _field(location: tuple[Any, ...]) -> str:
    """("body", "<argument>", "name", 0) → "name.0"; ("query", "limit") → "limit"; the whole body → "body"."""
    if location[0] != "body":
        return ".".join(map(str, location[1:])) or str(location[0])
    return ".".join(map(str, location[2:])) or "body"


# -- what Django calls outside the API (named in config/urls.py) ---------------------------------------------------


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400"""
    return _plain(400)


def forbidden(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403"""
    return _plain(403)


def not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404"""
    return _plain(404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500"""
    return unforeseen(request)
