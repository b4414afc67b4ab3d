"""Working calendars in immutable versions, the official tables of holidays, and whose calendar is which."""

from __future__ import annotations

from typing import Any

from django.db import models


class HolidayTable(models.Model):
    """One official table, as published: {"2026-02-14": ["makeup", "春节"], …}, kinds holiday and makeup. Append-only.

    A table that was changed after it was published is a further `edition` of its year.
    """

    region = models.CharField(max_length=8)
    year = models.SmallIntegerField()
    edition = models.SmallIntegerField()
    days: models.JSONField[dict[str, list[str]]] = models.JSONField()
    source = models.CharField(max_length=120)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("region", "year", "edition", name="holiday_table_once")]


class WorkingCalendar(models.Model):
    """A calendar by its code; `current` is the version that new clocks are reckoned with."""

    code = models.CharField(max_length=64, unique=True)
    names: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    current = models.ForeignKey("calendar.CalendarVersion", models.PROTECT, null=True, related_name="+")
    is_default = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "is_default", condition=models.Q(is_default=True), name="one_default_calendar"
            )
        ]


class CalendarVersion(models.Model):
    """An immutable version: `definition` as in `definition.py`, `tables` {year: HolidayTable id} it was made with."""

    calendar = models.ForeignKey(WorkingCalendar, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    definition: models.JSONField[dict[str, Any]] = models.JSONField()
    tables: models.JSONField[dict[str, int]] = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, default="")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("calendar", "number", name="calendar_version_once")]


class DepartmentCalendar(models.Model):
    """A department's own calendar; departments below it without one inherit it."""

    department = models.OneToOneField("staff.Department", models.CASCADE, related_name="+")
    calendar = models.ForeignKey(WorkingCalendar, models.PROTECT, related_name="+")


class CorrectionReport(models.Model):
    """What a newly published holiday table changed: [{ticket, clock, node, old_due, new_due}, …] per calendar version."""

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lines: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
