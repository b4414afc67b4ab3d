"""Moments as tables write them, to aware datetimes. Pure."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_HOUR = r"(?:[T\s]*(\d{1,2})\s*[:：时点]\s*(\d{1,2})\s*(?:[:：分]\s*(\d{1,2})?\s*(?:[.,]\d+)?\s*秒?)?)?"
_ZONE = r"\s*(Z|[+-]\d{2}:?\d{2})?"
_MOMENT = re.compile(_DAY + _HOUR + _ZONE)


def moment(value: str | datetime, zone: tzinfo, form: str | None = None) -> datetime:
    """The moment in a cell. Without `form` (strptime) it is ISO 8601 or year-month-day hour:minute, also with slashes
    or 年月日; what names no zone is in `zone`. Raises ValueError with a sentence."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    text = value.strip()
    if form is not None:
        read = datetime.strptime(text, form)  # noqa: DTZ007  the zone comes next
        return read if read.tzinfo else read.replace(tzinfo=zone)
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} is not a time.")
    year, month, day, hour, minute, second, offset = found.groups()
    written = datetime(  # noqa: DTZ001  the zone comes next
        int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0)
    )
    return written.replace(tzinfo=_offset(offset) if offset else zone)


def _offset(text: str) -> tzinfo:
    return datetime.fromisoformat(
        f"2000-01-01T00:00:00{'+00:00' if text == 'Z' else text}"
    ).tzinfo or ZoneInfo("UTC")
