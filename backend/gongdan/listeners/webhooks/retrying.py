"""When a delivery that failed is tried again. Pure.

The pauses grow from seconds to half a day, each with jitter, so that many deliveries that failed together do not come
back together. A delivery gives up LASTING after it was recorded; its last try is at that moment or later.
"""

from __future__ import annotations

from datetime import datetime, timedelta

LASTING = timedelta(days=3)
_MINUTE, _HOUR = 60, 3600
# Before the second, third, … try; together about three days.
PAUSES = (
    *(5, 15, _MINUTE, 5 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE),
    *(_HOUR, 2 * _HOUR, 4 * _HOUR, 6 * _HOUR, 8 * _HOUR, 10 * _HOUR, 12 * _HOUR, 14 * _HOUR),
)  # seconds
JITTER = 0.2  # a pause is longer or shorter by up to this share
LONGEST_ASKED = timedelta(hours=1)  # of what a receiver may ask for by Retry-After

FAILING = 3  # failures in a row from which an endpoint is left in peace for a while
REST = 5.0  # seconds, doubled with each further failure
LONGEST_REST = 60.0  # seconds
PAUSE_AFTER = timedelta(days=5)  # of nothing but failures


def next_try(
    attempts: int, now: datetime, give_up_at: datetime, chance: float, asked: timedelta | None = None
) -> datetime | None:
    """When to try again after the `attempts`-th failure, None to give up. `chance` is from 0 to 1, `asked` the
    receiver's wish."""
    if now >= give_up_at:
        return None
    pause = PAUSES[min(attempts, len(PAUSES)) - 1] * (1 + JITTER * (2 * chance - 1))
    wanted = max(timedelta(seconds=pause), min(asked or timedelta(), LONGEST_ASKED))
    return min(now + wanted, give_up_at)
