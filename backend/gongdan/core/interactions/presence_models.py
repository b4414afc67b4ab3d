"""The tables of presence: how people stand to the line, now and before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongdan.core.interactions.line_models import REFERENCE, Extension


class PresenceState(models.TextChoices):
    """就绪, 置忙, 小休, 话后处理, 离线. Talking is not a state: it is seen from the calls."""

    READY = "ready"
    BUSY = "busy"
    BREAK = "break"
    WRAP_UP = "wrap_up"
    OFFLINE = "offline"


class Presence(models.Model):
    """How one person stands to the line now. `until`: when after-call work ends by itself; `after` is what comes then.
    `seen_at`: when a page of theirs was last heard of."""

    staff = models.OneToOneField("staff.Staff", models.PROTECT, related_name="presence")
    state = models.CharField(max_length=8, choices=PresenceState.choices, default=PresenceState.OFFLINE)
    reason = models.CharField(max_length=32, blank=True, default="")
    after = models.CharField(max_length=8, blank=True, default="")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    extension = models.OneToOneField(Extension, models.SET_NULL, null=True, related_name="presence")
    wrap_up_part = models.BigIntegerField(null=True)
    seen_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["until"], name="presence_due", condition=Q(until__isnull=False))]


class PresenceSpan(models.Model):
    """One stretch of a person's presence, for occupancy; the last one is open."""

    staff = models.ForeignKey("staff.Staff", **REFERENCE)
    state = models.CharField(max_length=8, choices=PresenceState.choices)
    reason = models.CharField(max_length=32, blank=True, default="")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("staff", name="presence_span_open", condition=Q(ended_at__isnull=True))
        ]
        indexes = [
            models.Index(fields=["began_at"], name="presence_span_by_time"),
            models.Index(fields=["staff", "-began_at"], name="presence_span_of_staff"),
        ]
