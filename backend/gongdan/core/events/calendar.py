"""What happens to working calendars and official holiday tables."""

from __future__ import annotations

from gongdan.outbox.registry import EventType


def _calendar(name: str, doc: str, fields: str, subject: str = "calendar") -> EventType:
    return EventType(name, subject, doc, frozenset(fields.split()), right="admin.calendars")


_PUBLISHED = "A new version of a working calendar was published; new clocks are reckoned with it."
_OWN = "A department got a working calendar of its own, or inherits again."
_TABLE = "An official table of holidays and make-up days was added."
CALENDAR_EVENTS = (
    _calendar("CalendarCreated", "A working calendar (工作日历) was made.", "code names is_default"),
    _calendar("CalendarChanged", "A working calendar was renamed or made the default one.", "code old new"),
    _calendar("CalendarPublished", _PUBLISHED, "code number previous reason definition years"),
    _calendar("DepartmentCalendarSet", _OWN, "old new", "department"),
    _calendar("HolidayTableAdded", _TABLE, "region year edition days source", "holiday_table"),
)
