"""Flows and their immutable versions, each kept as its readable document and as the parsed definition."""

from __future__ import annotations

from typing import Any

from django.db import models


class Flow(models.Model):
    """A named flow; `current` is the version that new tickets are pinned to."""

    code = models.CharField(max_length=64, unique=True)
    title: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    current = models.ForeignKey("flow.FlowVersion", models.PROTECT, null=True, blank=True, related_name="+")


class FlowVersion(models.Model):
    """Never changed after it is published (a database trigger refuses it)."""

    flow = models.ForeignKey(Flow, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    document = models.TextField()
    definition: models.JSONField[dict[str, Any]] = models.JSONField()
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey("staff.Staff", models.PROTECT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint("flow", "number", name="flow_version_once")]
