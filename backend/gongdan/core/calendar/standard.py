"""The calendar a new installation begins with."""

from __future__ import annotations

from typing import Any

from gongdan.core.calendar.actions import create_calendar
from gongdan.core.calendar.models import WorkingCalendar
from gongdan.kernel.actor import Actor

CODE = "standard"
NAMES = {"zh-Hans": "标准工时", "en": "Standard hours", "zh-Hant": "標準工時"}
WORKDAY = [["09:00", "12:00"], ["13:30", "18:00"]]
DEFINITION: dict[str, Any] = {
    "time_zone": "Asia/Shanghai",
    "week": [WORKDAY] * 5 + [[], []],
    "holidays": "CN",
    "makeup": None,
    "exceptions": [],
    "day_minutes": None,
}


def ensure_standard_calendar(*, actor: Actor) -> None:
    """Make the default calendar if there is none at all. One statement otherwise."""
    if not WorkingCalendar.objects.exists():
        create_calendar(CODE, NAMES, DEFINITION, actor=actor, is_default=True)
