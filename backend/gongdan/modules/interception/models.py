"""Interceptors (拦截器), the rests their breakers give them, and what each decided."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from gongdan.kernel.signing import KeyRing


class Interceptor(models.Model):
    """Who is asked before which verbs. Reference data: every process keeps the active ones in memory.

    `address` for kind http, `entry_point` for kind python. No `verbs`: all of them. `keys` as in kernel.signing.
    """

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=8)
    address = models.CharField(max_length=500, blank=True)
    entry_point = models.CharField(max_length=120, blank=True)
    verbs: models.Field[Any, list[str]] = ArrayField(models.CharField(max_length=64), default=list)
    condition = models.TextField(blank=True)
    position = models.IntegerField(default=0)
    timeout_ms = models.IntegerField()
    on_failure = models.CharField(max_length=8)
    may_change: models.Field[Any, list[str]] = ArrayField(models.CharField(max_length=120), default=list)
    active = models.BooleanField(default=True)
    allowed_networks: models.Field[Any, list[str]] = ArrayField(models.CharField(max_length=64), default=list)
    keys: models.JSONField[KeyRing] = models.JSONField(default=list)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="+")


class Rest(models.Model):
    """An interceptor that failed again and again is left alone until `until`; then one question tries it.

    Written only when that state changes. `times` counts the rests in a row; `probing_until`: somebody is trying it now.
    """

    interceptor = models.OneToOneField(Interceptor, models.CASCADE, primary_key=True, related_name="rest")
    since = models.DateTimeField()
    until = models.DateTimeField()
    times = models.IntegerField(default=1)
    reason = models.CharField(max_length=300)
    probing_until = models.DateTimeField(null=True)


class LoggedDecision(models.Model):
    """What one interceptor said to one proposal, or why it could not be asked; `passed`: the verb went on.

    `ticket_number` is empty when a ticket was being opened. `excerpt` is what came back, when it could not be used.
    """

    at = models.DateTimeField()
    proposal_id = models.CharField(max_length=40)
    interceptor = models.ForeignKey(Interceptor, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=80)
    verb = models.CharField(max_length=64)
    ticket_number = models.CharField(max_length=32, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    decision = models.CharField(max_length=8)
    passed = models.BooleanField()
    sentence = models.CharField(max_length=500, blank=True)
    changed: models.Field[Any, list[str]] = ArrayField(models.CharField(max_length=120), default=list)
    milliseconds = models.IntegerField()
    excerpt = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="interception_at"),
            models.Index(fields=["interceptor", "-id"], name="interception_whose"),
            models.Index(
                fields=["ticket_number", "-id"],
                name="interception_ticket",
                condition=~models.Q(ticket_number=""),
            ),
        ]
