"""Which operations of the API the tests have called with success, for the test that asks for all of them."""

from __future__ import annotations

from typing import Any

CALLED: set[str] = set()  # "METHOD api/v1/tickets/<number>"


def note(response: Any) -> None:
    """Remember an answer of Django's test client, unless it is a refusal."""
    match = getattr(response, "resolver_match", None)
    if match is not None and response.status_code < 400:
        CALLED.add(f"{response.request['REQUEST_METHOD']} {match.route}")
