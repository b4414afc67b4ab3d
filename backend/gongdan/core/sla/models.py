"""Policies (时限策略): what is to be done within which time, in immutable versions."""

from __future__ import annotations

from typing import Any

from django.db import models


class Policy(models.Model):
    """A policy by its code. Tickets take the first active one, by `position`, whose condition holds."""

    code = models.CharField(max_length=64, unique=True)
    names: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)
    current = models.ForeignKey("sla.PolicyVersion", models.PROTECT, null=True, related_name="+")
    version = models.IntegerField(default=1)


class PolicyVersion(models.Model):
    """An immutable version; `terms` is `contracts.Terms` as JSON."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    terms: models.JSONField[dict[str, Any]] = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("policy", "number", name="policy_version_once")]
