"""How often something may come: a bucket of tokens per key, in this process, so that a flood costs one look-up each.

For senders that are programs. Where it counts who guesses passwords, see sign_in, which counts in the database.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from gongdan.kernel.errors import TooMany

MOST_KEYS = 10_000  # of one limit; those not heard of for longest are forgotten


class Rate:
    """So many `per_second` for each key, and `burst` of them at once."""

    def __init__(self, per_second: float, burst: int) -> None:
        self.per_second = per_second
        self.burst = burst
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key: tokens, and when
        self._lock = threading.Lock()

    def take(self, key: str) -> None:
        """Count one. Raises TooMany too_many_requests with `retry_after`."""
        if not self._taken(key, time.monotonic()):
            raise TooMany("too_many_requests", "Too many requests; wait a moment.", retry_after=1)

    def forget(self) -> None:
        """Count anew for everybody."""
        with self._lock:
            self._left.clear()

    def _taken(self, key: str, now: float) -> bool:
        with self._lock:
            tokens, since = self._left.pop(key, (float(self.burst), now))
            tokens = min(float(self.burst), tokens + (now - since) * self.per_second)
            enough = tokens >= 1
            self._left[key] = (tokens - 1 if enough else tokens, now)
            if len(self._left) > MOST_KEYS:
                self._left.popitem(last=False)
            return enough
