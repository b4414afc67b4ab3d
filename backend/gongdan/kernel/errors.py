"""Errors that reach a person: each has a stable code, an HTTP status and a sentence.

`web` turns them into problem+json (RFC 9457). The sentence here is English; `code` and `params` let every client say
it in the reader's language (the desk's locale files have one entry per code).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class GongdanError(Exception):
    """A refusal. `code` is stable; `field` names the input at fault; `params` fill the translated sentence."""

    status = 400

    def __init__(
        self,
        code: str,
        sentence: str,
        *,
        field: str | None = None,
        status: int | None = None,
        **params: Any,
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.field = field
        self.params: Mapping[str, Any] = params
        if status is not None:
            self.status = status


class Invalid(GongdanError):
    """The input cannot be used (422)."""

    status = 422


class NotFound(GongdanError):
    """It does not exist, or the asker may not know that it does (404)."""

    status = 404


class Forbidden(GongdanError):
    """The asker sees the thing but has no right to do this (403)."""

    status = 403


class Conflict(GongdanError):
    """The thing is not, or no longer, in a state that allows this (409)."""

    status = 409


class TooMany(GongdanError):
    """Too often or too much (429). `retry_after` in whole seconds goes into `params`."""

    status = 429
