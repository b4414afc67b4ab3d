"""The API with the tests' own types of event in its catalogue, for tests with real processes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongdan.config import serving


def web() -> Callable[..., Any]:
    """The WSGI application."""
    application = serving.web()
    from tests.outbox import happenings  # Django first

    assert happenings.SUBJECT
    return application
