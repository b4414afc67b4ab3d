"""Asking Gongdan over HTTP, with nothing but the standard library. Safe in several threads."""

from __future__ import annotations

import http.client
import json
import uuid
from collections.abc import Mapping
from contextlib import closing
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

Form = Mapping[str, "str | int | tuple[str, bytes] | None"]
"""What a form holds; files are (name, contents)."""


class Problem(Exception):
    """A refusal. `code` is stable, `sentence` English; `document` is all that was said (problem+json)."""

    def __init__(self, status: int, document: Mapping[str, Any]) -> None:
        self.status = status
        self.document = document
        self.code = str(document.get("code", "failed"))
        self.sentence = str(document.get("detail", ""))
        super().__init__(f"{status} {self.code}: {self.sentence}")


class Transport:
    """`address` is where Gongdan is, e.g. https://desk.example.org; `token` begins with gdt_."""

    def __init__(self, address: str, token: str, *, timeout: float = 30.0) -> None:
        self.base = f"{address.rstrip('/')}/api/v1"
        self.timeout = timeout
        self._token = token

    def call(
        self,
        method: str,
        place: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        form: Form | None = None,
        key: str | None = None,
    ) -> Any:
        """One request: JSON as Python values, other answers as bytes, nothing as None. Raises Problem and OSError."""
        headers = {"Idempotency-Key": key} if key else {}
        content = None
        if form is not None:
            content, headers["Content-Type"] = _multipart(form)
        elif body is not None:
            content, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        elif method != "GET":
            content = b""
        with closing(self.open(method, place, query, headers, content)) as response:
            raw = response.read()
            if response.headers.get_content_type() == "application/json":
                return json.loads(raw)
            return raw or None

    def open(
        self,
        method: str,
        place: str,
        query: Mapping[str, Any] | None,
        headers: Mapping[str, str],
        content: bytes | None = None,
        timeout: float | None = None,
    ) -> http.client.HTTPResponse:
        """The answer, to be read and closed by the caller. Follows redirections, but takes the token along to none."""
        given = {name: _text(value) for name, value in (query or {}).items() if value is not None}
        address = f"{self.base}{place}" + (f"?{urlencode(given, doseq=True)}" if given else "")
        request = Request(address, data=content, headers=dict(headers), method=method)  # noqa: S310  the caller's own
        request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        try:
            answer: http.client.HTTPResponse = urlopen(request, timeout=timeout or self.timeout)  # noqa: S310
            return answer
        except HTTPError as error:
            with closing(error):
                raise Problem(error.code, _document(error)) from None


def path(template: str, **values: object) -> str:
    """"/tickets/{number}" with its values, each safe in an address."""
    return template.format_map({name: quote(str(value), safe="") for name, value in values.items()})


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return value


def _document(error: HTTPError) -> Mapping[str, Any]:
    try:
        document = json.loads(error.read())
    except (ValueError, OSError):
        document = None
    return document if isinstance(document, dict) else {"detail": error.reason}


def _multipart(form: Form) -> tuple[bytes, str]:
    boundary = uuid.uuid4().hex
    parts: list[bytes] = []
    for name, value in form.items():
        if value is None:
            continue
        file, content = value if isinstance(value, tuple) else (None, str(value).encode())
        named = f'; filename="{quote(file)}"' if file is not None else ""
        parts += [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode(),
            content,
            b"\r\n",
        ]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"
