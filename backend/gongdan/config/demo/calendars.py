"""The demo company's working calendars: the standard one, the hotline's seven days, shifts round the clock for the
network department, and a half Saturday for billing."""

from __future__ import annotations

from typing import Any

from gongdan.config.demo.fields import words
from gongdan.core.calendar.actions import create_calendar, set_department_calendar
from gongdan.core.calendar.standard import ensure_standard_calendar
from gongdan.core.staff.models import Department
from gongdan.kernel.actor import Actor

HOTLINE = [["08:00", "20:00"]]
SHIFTS = [["08:00", "16:00"], ["16:00", "24:00"]]
NIGHT = [["00:00", "08:00"]]
OFFICE = [["08:30", "12:00"], ["13:00", "17:30"]]
MORNING = [["09:00", "12:00"]]

# code, names, hours of the week from Monday, official holidays, departments
CALENDARS: tuple[tuple[str, dict[str, str], list[Any], str, tuple[str, ...]], ...] = (
    ("hotline", words("热线七天", "Hotline, seven days", "熱線七天"), [HOTLINE] * 7, "", ()),
    (
        "round_the_clock",
        words("三班倒", "Shifts round the clock", "三班輪值"),
        [[*NIGHT, *SHIFTS]] * 7,
        "",
        ("network",),
    ),
    (
        "billing_hours",
        words("账务工时（周六半天）", "Billing hours, half Saturdays", "帳務工時（週六半天）"),
        [*([OFFICE] * 5), MORNING, []],
        "CN",
        ("billing",),
    ),
)


def make_calendars(actor: Actor) -> None:
    """Every calendar of `CALENDARS`, beside the standard one, and whose they are."""
    ensure_standard_calendar(actor=actor)
    ids = dict(Department.objects.values_list("code", "id"))
    for code, names, week, holidays, departments in CALENDARS:
        create_calendar(code, names, _definition(week, holidays), actor=actor)
        for department in departments:
            set_department_calendar(ids[department], code, actor=actor)


def _definition(week: list[Any], holidays: str) -> dict[str, Any]:
    return {
        "time_zone": "Asia/Shanghai",
        "week": week,
        "holidays": holidays,
        "makeup": None,
        "exceptions": [],
        "day_minutes": None,
    }
