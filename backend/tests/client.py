"""Asks the API as a program would: JSON in, JSON out, a bearer token or a session."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client as DjangoClient

from gongdan.core.staff.models import Staff
from gongdan.web import tokens
from tests import calls

BASE = "/api/v1"


@dataclass
class Answer:
    """`body` is the JSON that came back, or the text if it was none."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> str | None:
        """The stable code of a refusal."""
        return self.body.get("code") if isinstance(self.body, dict) else None

    def __getitem__(self, name: str) -> Any:
        return self.body[name]


@dataclass
class Client:
    """Paths are below /api/v1. Nothing is raised for refusals; look at `status` and `code`."""

    headers: dict[str, str] = field(default_factory=dict)
    django: DjangoClient = field(default_factory=lambda: DjangoClient(raise_request_exception=False))

    @classmethod
    def of(cls, staff: Staff | None) -> Client:
        """With a token of `staff`, or without any."""
        if staff is None:
            return cls()
        _token, secret = tokens.issue(staff.pk, "test")
        return cls({"Authorization": f"Bearer {secret}"})

    def get(self, path: str, **query: Any) -> Answer:
        """GET with a query; values that are None are left out."""
        given = {name: value for name, value in query.items() if value is not None}
        return self._answer(self.django.get(BASE + path, given, headers=self.headers))

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Answer:
        """POST JSON, with an Idempotency-Key if `key` is given."""
        return self.send("POST", path, body, headers={"Idempotency-Key": key} if key else {})

    def patch(self, path: str, body: Any) -> Answer:
        """PATCH JSON."""
        return self.send("PATCH", path, body)

    def delete(self, path: str) -> Answer:
        """DELETE."""
        return self.send("DELETE", path, None)

    def send(self, method: str, path: str, body: Any, *, headers: dict[str, str] | None = None) -> Answer:
        """Any method; `body` becomes JSON."""
        raw = b"" if body is None else json.dumps(body).encode()
        return self.raw(method, path, raw, headers=headers)

    def raw(
        self,
        method: str,
        path: str,
        raw: bytes,
        *,
        content_type: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Bytes as they are, to send what is broken."""
        both = {**self.headers, **(headers or {})}
        response = self.django.generic(method, BASE + path, raw, content_type, headers=both)
        return self._answer(response)

    def upload(self, path: str, **files: Any) -> Answer:
        """POST multipart."""
        return self._answer(self.django.post(BASE + path, files, headers=self.headers))

    @staticmethod
    def _answer(response: Any) -> Answer:
        calls.note(response)
        content = b"".join(response) if response.streaming else response.content
        kind = response.headers.get("Content-Type", "")
        body = json.loads(content) if "json" in kind else content.decode(errors="replace")
        return Answer(response.status_code, body, dict(response.headers))
