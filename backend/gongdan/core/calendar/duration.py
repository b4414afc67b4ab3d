"""An amount of time as people say it: 30 minutes, 4 working hours, 2 working days. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60}
PHRASE = re.compile(r"(\d{1,5}) (working )?(minute|hour|day)s?")


@dataclass(frozen=True, slots=True)
class Duration:
    """`unit` is minutes, hours or days; `working` says that only time in the working calendar counts."""

    amount: int
    unit: str
    working: bool = False

    @property
    def plain_minutes(self) -> int:
        """The length in minutes when no calendar is asked: a day is 24 hours."""
        return self.amount * MINUTES[self.unit]

    def seconds(self, day_seconds: int) -> int:
        """The length in counted seconds. A working day is as long as the calendar says (`WorkingTime.day_seconds`)."""
        if self.working and self.unit == "days":
            return self.amount * day_seconds
        return self.plain_minutes * 60

    def __str__(self) -> str:
        unit = self.unit[:-1] if self.amount == 1 else self.unit
        return f"{self.amount} {'working ' if self.working else ''}{unit}"


def read_duration(text: str) -> Duration:
    """`4 working hours`, `1 day`, `30 minutes`; a trailing `before` is allowed for card times. Raises ValueError."""
    words = " ".join(text.split()).removesuffix(" before")
    match = PHRASE.fullmatch(words)
    if match is None or int(match[1]) == 0:
        raise ValueError(f"{text!r} is not a duration: say 30 minutes, 4 working hours or 2 working days")
    return Duration(int(match[1]), f"{match[3]}s", bool(match[2]))
