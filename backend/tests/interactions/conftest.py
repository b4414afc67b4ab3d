"""A telephone system to tell of calls."""

from __future__ import annotations

import pytest

from tests.interactions.telling import Exchange, exchange


@pytest.fixture
def main(db: None) -> Exchange:
    """The telephone system "main"."""
    return exchange()
