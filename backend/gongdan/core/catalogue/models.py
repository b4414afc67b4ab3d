"""The service catalogue: kinds of request, a category tree of any depth, and versioned forms of own fields."""

from __future__ import annotations

from typing import Any

from django.db import models


class Kind(models.TextChoices):
    """Kinds of request (工单类型)."""

    CONSULTATION = "consultation"
    COMPLAINT = "complaint"
    REPAIR = "repair"
    SUGGESTION = "suggestion"
    DAILY_SERVICE = "daily_service"


class Priority(models.IntegerChoices):
    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4


class CallbackMode(models.TextChoices):
    ALWAYS = "always"
    SAMPLE = "sample"
    NEVER = "never"


class Category(models.Model):
    """One business category. A null setting is inherited from the nearest ancestor that has it.

    `callback_rate` is 0..1 and counts for `sample`. `path` is the chain of ids, e.g. "3.17.";
    `initials` are pinyin initials of the name, for typing two letters.
    """

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    names: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=255, default="", db_index=True)
    initials = models.CharField(max_length=120, blank=True, default="")
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, null=True, blank=True)
    flow = models.ForeignKey("flow.Flow", models.PROTECT, to_field="code", null=True, blank=True)
    entry_department = models.ForeignKey("staff.Department", models.PROTECT, null=True, blank=True)
    default_priority = models.SmallIntegerField(choices=Priority.choices, null=True, blank=True)
    callback_mode = models.CharField(max_length=10, choices=CallbackMode.choices, null=True, blank=True)
    callback_rate = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    form_version = models.ForeignKey(
        "catalogue.FormVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.IntegerField(default=1)


class FormVersion(models.Model):
    """An immutable version of a category's own fields. `fields` is a list of
    {code, type, label: {locale: text}, required, choices, max_length, minimum, maximum, …} (see `forms.py`)."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="form_versions")
    number = models.IntegerField()
    fields: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("staff.Staff", models.PROTECT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint("category", "number", name="form_version_once")]
