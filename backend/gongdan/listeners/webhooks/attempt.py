"""What is sent to whom, and what came of it. Apart from `sending`, so that who only reads of it loads no HTTP client.

Measured reason: aiohttp is 25 MiB in every process that imports it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gongdan.kernel import signing


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of it. `status` is None without an answer; `error` is a code, empty on success."""

    at: datetime
    milliseconds: int
    status: int | None
    error: str
    words: str
    answer: str
    retry_after: timedelta | None = None

    @property
    def succeeded(self) -> bool:
        return not self.error

    @property
    def reached(self) -> bool:
        """Whether the receiver itself answered."""
        return self.status is not None

    def to_json(self) -> dict[str, Any]:
        return {
            "at": self.at.isoformat(),
            "status": self.status,
            "ms": self.milliseconds,
            "error": self.error,
            "words": self.words,
            "answer": self.answer,
        }


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to tell: what sending needs of an endpoint. `keys` are valid now."""

    address: str
    keys: Sequence[bytes]
    headers: Mapping[str, str]
    allowed_networks: tuple[str, ...]


def request_headers(target: Target, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """All that is said beside the body."""
    return {
        **target.headers,
        "Content-Type": "application/json",
        "User-Agent": "Gongdan-Webhooks",
        "Accept-Encoding": "identity",
        **signing.headers(target.keys, message_id, at, body),
    }
