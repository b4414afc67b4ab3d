"""What counts as time: `add` and `elapsed` over the working intervals of one calendar version. Pure.

Promise, for whole seconds: `elapsed(start, add(start, n)) == n`, `add(start, elapsed(start, end)) <= end` with equality
when `end` lies in working time, both are monotone, and daylight-saving changes neither lose nor invent a second.
Moments are aware; fractions of a second are cut off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a receipt: counted or not, and why.

    `why`: hours (ordinary working hours), makeup, exception; outside (a working day's night or break), rest, holiday,
    off (an own exception without hours); plain (every hour counts); paused.
    """

    start: datetime
    end: datetime
    counted: bool
    why: str

    @property
    def seconds(self) -> int:
        return int((self.end - self.start).total_seconds())


class WorkingTime(Protocol):
    """A calendar version, or plain time."""

    @property
    def day_seconds(self) -> int:
        """How many counted seconds "one working day" is."""

    def add(self, start: datetime, seconds: int) -> datetime:
        """The earliest moment at or after `start` by which `seconds` have been counted; in UTC.

        Raises NoWorkingTime when the calendar has not that much time within ten years.
        """

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Counted seconds from `start` to `end`; 0 when `end` is not after `start`."""

    def spans(self, start: datetime, end: datetime) -> list[Span]:
        """`start` to `end` without a gap, cut where counting begins or ends; neighbours that are alike are one."""

    def provisional(self, start: datetime, end: datetime) -> bool:
        """Whether a year between them has no official table yet."""


class NoWorkingTime(ValueError):
    """The calendar has no more working time in the years it can look ahead."""


def whole(moment: datetime) -> datetime:
    """The moment in UTC without its fraction of a second."""
    return moment.astimezone(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class PlainTime:
    """Every hour counts: limits that are not in working time."""

    day_seconds: int = 86_400

    def add(self, start: datetime, seconds: int) -> datetime:
        return whole(start) + timedelta(seconds=seconds)

    def elapsed(self, start: datetime, end: datetime) -> int:
        return max(0, int((whole(end) - whole(start)).total_seconds()))

    def spans(self, start: datetime, end: datetime) -> list[Span]:
        start, end = whole(start), whole(end)
        return [Span(start, end, True, "plain")] if start < end else []

    def provisional(self, start: datetime, end: datetime) -> bool:
        return False


PLAIN = PlainTime()
