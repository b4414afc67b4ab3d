"""In-app notifications: what happened to tickets one is concerned with."""

from __future__ import annotations

from typing import Any

from django.db import models


class Notification(models.Model):
    """One line in a person's bell. Unique by event, so that telling twice stores once."""

    staff = models.ForeignKey("staff.Staff", models.CASCADE)
    event_id = models.BigIntegerField()
    type = models.CharField(max_length=64)
    ticket_id = models.BigIntegerField(null=True)
    data: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("staff", "event_id", name="notification_once")]
        indexes = [
            models.Index(fields=["staff", "-id"], name="notification_list"),
            models.Index(
                fields=["staff"], name="notification_unread", condition=models.Q(read_at__isnull=True)
            ),
        ]
