"""Making and changing working calendars: each change with its event, in one transaction.

Promise: a version is checked before it is published (checking.py) and never changes afterwards; what new clocks are
reckoned with changes at the commit. Who may do this is asked by the ways in (`RIGHT`), for staff is a stranger here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from gongdan.core.calendar.calendars import unknown
from gongdan.core.calendar.checking import check
from gongdan.core.calendar.completing import next_number
from gongdan.core.calendar.definition import Definition, Finding, OwnDays, from_json
from gongdan.core.calendar.models import CalendarVersion, DepartmentCalendar, WorkingCalendar
from gongdan.core.calendar.own_days import with_days, without_days
from gongdan.core.calendar.reading import read_hours
from gongdan.core.calendar.tables import newest, newest_days
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid
from gongdan.kernel.text import unusable_text
from gongdan.outbox.log import NewEvent, append_to

RIGHT = "admin.calendars"
CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
RESERVED = frozenset({"check", "departments", "holidays", "reports"})  # addresses below /calendars
LOCALES = ("zh-Hans", "en", "zh-Hant")
LONGEST_NAME = 120
LONGEST_REASON = 200


def create_calendar(
    code: str, names: Mapping[str, str], definition: Any, *, actor: Actor, is_default: bool = False
) -> int:
    """A new calendar with its first version; returns the CalendarVersion's id.

    Raises Invalid (unusable_code, unusable_name, invalid_calendar with `errors`), Conflict code_taken.
    """
    if not CODE.fullmatch(code) or code in RESERVED:
        raise Invalid(
            "unusable_code", "A code is small letters, digits and _, from a letter on.", field="code"
        )
    named, checked = usable_names(names), _checked(definition)
    with transaction.atomic():
        calendar, made = WorkingCalendar.objects.get_or_create(
            code=code, defaults={"names": named, "is_default": is_default}
        )
        if not made:
            raise Conflict("code_taken", "Another calendar has this code.", field="code")
        told = {"code": code, "names": named, "is_default": is_default}
        append_to("calendar", calendar.pk, [NewEvent("CalendarCreated", told)], actor=actor)
        return publish(calendar, checked, reason="", actor=actor).pk


def publish_version(
    code: str, definition: Any, *, actor: Actor, version: int | None = None, reason: str = ""
) -> int:
    """Make `definition` the calendar's current version; returns the CalendarVersion's id.

    `version` is the WorkingCalendar's that the author looked at. Raises NotFound unknown_calendar, Conflict
    (stale_version, calendar_unchanged), Invalid invalid_calendar with `errors` [{field, code, detail, place}].
    """
    checked, reason = _checked(definition), usable_reason(reason)
    with transaction.atomic():
        return _replace(locked(code, version), checked, reason, actor)


def set_days(
    code: str,
    first: date,
    last: date,
    hours: Sequence[Sequence[str]] | None,
    *,
    actor: Actor,
    name: str = "",
    version: int | None = None,
) -> int:
    """Give the days from `first` to `last` hours of their own (none: off), or take that away (None).

    Publishes a version whose reason is "days:<first>/<last>"; returns its id. Raises as `publish_version` does.
    """
    own: OwnDays | None = None
    if first > last:
        raise invalid([Finding("dates_backwards", "from", f"{first} is after {last}")])
    if hours is not None:
        read, findings = read_hours([list(one) for one in hours])
        if findings:
            raise invalid(findings)
        own = OwnDays(first, last, read, name.strip())
    with transaction.atomic():
        calendar = locked(code, version)
        before = current_definition(calendar)
        after = with_days(before, own) if own else without_days(before, first, last)
        return _replace(calendar, _checked(after.to_json()), f"days:{first}/{last}", actor)


def change_calendar(
    code: str,
    *,
    actor: Actor,
    names: Mapping[str, str] | None = None,
    is_default: bool | None = None,
    version: int | None = None,
) -> None:
    """Rename a calendar, or make it the default one. There is always one: another takes its place.

    Changing nothing writes no event. Raises NotFound unknown_calendar, Conflict (stale_version, default_calendar),
    Invalid unusable_name.
    """
    named = None if names is None else usable_names(names)
    with transaction.atomic():
        every = {one.code: one for one in WorkingCalendar.objects.select_for_update().order_by("id")}
        calendar = every.get(code)
        if calendar is None:
            raise unknown(code)
        _refuse_stale(calendar, version)
        if is_default is False and calendar.is_default:
            raise Conflict("default_calendar", "Make another calendar the default one instead.")
        wanted = {"names": named, "is_default": is_default}
        new = {
            key: value
            for key, value in wanted.items()
            if value is not None and value != getattr(calendar, key)
        }
        if new.get("is_default"):
            for other in every.values():
                if other.is_default:
                    _write(other, {"is_default": False}, actor)
        _write(calendar, new, actor)


def set_department_calendar(department_id: int, code: str | None, *, actor: Actor) -> None:
    """Give a department that exists its own calendar, or with None let it inherit. Raises unknown_calendar."""
    with transaction.atomic():
        calendar = None if code is None else locked(code, None)
        row = (
            DepartmentCalendar.objects.select_for_update(of=("self",))
            .select_related("calendar")
            .filter(department_id=department_id)
            .first()
        )
        old = row.calendar.code if row else None
        if old == code:
            return
        if calendar is None:
            DepartmentCalendar.objects.filter(department_id=department_id).delete()
        else:
            DepartmentCalendar.objects.update_or_create(
                department_id=department_id, defaults={"calendar": calendar}
            )
        event = NewEvent("DepartmentCalendarSet", {"old": old, "new": code})
        append_to("department", department_id, [event], actor=actor)


# -- shared with holidays.py --------------------------------------------------------------------------------------


def publish(
    calendar: WorkingCalendar, definition: Definition, *, reason: str, actor: Actor
) -> CalendarVersion:
    """Write the next version with the newest tables, make it current, and tell. In a transaction, row locked."""
    kept = newest(definition.holidays)
    previous = calendar.current.number if calendar.current else None
    made = CalendarVersion.objects.create(
        calendar=calendar,
        number=next_number(calendar),
        definition=definition.to_json(),
        tables={str(year): table.pk for year, table in kept.items()},
        reason=reason,
        created_at=clock.now(),
        created_by_id=actor.staff_id,
    )
    if previous is not None:
        calendar.version += 1
    calendar.current = made
    calendar.save(update_fields=["current", "version"])
    told = {
        "code": calendar.code,
        "number": made.number,
        "previous": previous,
        "reason": reason,
        "definition": made.definition,
        "years": sorted(kept),
    }
    append_to("calendar", calendar.pk, [NewEvent("CalendarPublished", told)], actor=actor)
    return made


def current_definition(calendar: WorkingCalendar) -> Definition:
    """What the current version says. Every calendar has one from its first transaction on."""
    assert calendar.current is not None
    return from_json(calendar.current.definition)


def locked(code: str, version: int | None) -> WorkingCalendar:
    """The calendar's row, locked, with its current version. Raises unknown_calendar, stale_version."""
    rows = WorkingCalendar.objects.select_for_update(no_key=True, of=("self",)).select_related("current")
    calendar = rows.filter(code=code).first()
    if calendar is None:
        raise unknown(code)
    _refuse_stale(calendar, version)
    return calendar


def usable_reason(reason: str) -> str:
    """A reason as it is kept. Raises Invalid too_long."""
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            "too_long", f"At most {LONGEST_REASON} characters.", field="reason", longest=LONGEST_REASON
        )
    return reason


def usable_names(names: Mapping[str, str]) -> dict[str, str]:
    """Names by language without blanks. Raises Invalid unusable_name."""
    clean = {locale: text.strip() for locale, text in names.items() if text.strip()}
    usable = clean and clean.keys() <= set(LOCALES)
    if not usable or any(len(text) > LONGEST_NAME or unusable_text(text) for text in clean.values()):
        raise Invalid(
            "unusable_name",
            f"A calendar has a name in at least one language, of up to {LONGEST_NAME} characters.",
            field="names",
            longest=LONGEST_NAME,
        )
    return clean


def invalid(findings: Sequence[Finding]) -> Invalid:
    """The refusal that carries what is wrong with a definition."""
    sentence = f"The calendar cannot be used: {len(findings)} finding{'s' if len(findings) != 1 else ''}."
    errors = [finding.to_json() for finding in findings]
    return Invalid("invalid_calendar", sentence, field="definition", errors=errors)


def _checked(raw: Any) -> Definition:
    region = raw.get("holidays") if isinstance(raw, Mapping) else ""
    kept = newest_days(region) if isinstance(region, str) else {}
    reading = check(raw, kept, clock.now())
    if reading.definition is None:
        raise invalid(reading.findings)
    return reading.definition


def _replace(calendar: WorkingCalendar, definition: Definition, reason: str, actor: Actor) -> int:
    if definition == current_definition(calendar):
        number = calendar.current.number if calendar.current else 0
        raise Conflict(
            "calendar_unchanged", f"This is version {number}; nothing was published.", number=number
        )
    return publish(calendar, definition, reason=reason, actor=actor).pk


def _write(calendar: WorkingCalendar, new: Mapping[str, Any], actor: Actor) -> None:
    if not new:
        return
    old = {key: getattr(calendar, key) for key in new}
    for key, value in new.items():
        setattr(calendar, key, value)
    calendar.version += 1
    calendar.save(update_fields=[*new, "version"])
    event = NewEvent("CalendarChanged", {"code": calendar.code, "old": old, "new": dict(new)})
    append_to("calendar", calendar.pk, [event], actor=actor)


def _refuse_stale(calendar: WorkingCalendar, version: int | None) -> None:
    if version is not None and version != calendar.version:
        raise Conflict(
            "stale_version",
            "Somebody changed this calendar since your page was loaded.",
            version=calendar.version,
            yours=version,
        )
