"""From the wall clock of a time zone to seconds of UTC, also where the clock was put forward or back. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def second_of(day: date, minutes: int, zone: ZoneInfo, *, last: bool = False) -> int:
    """The UTC second when the clock shows `minutes` (may be beyond 1440) after the midnight of `day`.

    Shown twice: the first time, or the second with `last`. Never shown: the moment of the change.
    """
    shown = datetime.combine(day, time()) + timedelta(minutes=minutes)
    early = int(shown.replace(tzinfo=zone).timestamp())
    late = int(shown.replace(tzinfo=zone, fold=1).timestamp())
    if early == late:
        return early
    if early < late:
        return late if last else early
    return _change(late, early, zone)


def _change(low: int, high: int, zone: ZoneInfo) -> int:
    """The first second in (low, high] with the offset of `high`."""
    offset = datetime.fromtimestamp(high, UTC).astimezone(zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, UTC).astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high
