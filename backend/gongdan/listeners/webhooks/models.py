"""Webhooks: who wants to be told, and every delivery with all its attempts.

A change of an endpoint's settings bumps the reference revision (a database trigger), so the fan-out's cached list is
never stale; its health, written with every batch of results, does not.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from gongdan.kernel.signing import KeyRing


class Endpoint(models.Model):
    """An address that is told of events, with what its owner may see.

    `types` empty: all. `condition`: the language of conditions over the ticket's facts and `type`; empty: always.
    `keys`: see kernel.signing. `allowed_networks`: private networks (CIDR) it may lie in all the same.
    `active` is a person's wish; `paused_at` and `paused_why` (failing, gone) say that the product stopped trying.
    Health: `failures` in a row, `failing_since`, `rest_until` (not asked before), `told_dead_at` (the last alarm).
    """

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=2000)
    types: models.Field[Any, list[str]] = ArrayField(models.CharField(max_length=64), default=list)
    condition = models.TextField(blank=True, default="")
    headers: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    allowed_networks: models.Field[Any, list[str]] = ArrayField(models.CharField(max_length=64), default=list)
    keys: models.JSONField[KeyRing] = models.JSONField(default=list)
    owner = models.ForeignKey("staff.Staff", models.PROTECT)
    active = models.BooleanField(default=True)
    paused_at = models.DateTimeField(null=True)
    paused_why = models.CharField(max_length=20, blank=True, default="")
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rest_until = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)
    last_failure = models.TextField(blank=True, default="")
    told_dead_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    version = models.IntegerField(default=1)


class State(models.TextChoices):
    """What became of a delivery: to be sent (again), accepted, or given up."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


class Delivery(models.Model):
    """One event for one endpoint.

    Sent in the order of `event_id` within a subject: it waits while an earlier one of its subject waits.
    `next_try_at`: not before; `claimed_until`: an engine has it until then; `give_up_at`: dead if it fails after.
    `tries` holds every attempt: [{"at", "status", "ms", "error", "answer"}], the request can be made again from the
    event. `ticket` is the ticket's number, empty for other subjects.
    """

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, db_index=False)
    event_id = models.BigIntegerField()
    type = models.CharField(max_length=64)
    subject = models.CharField(max_length=16)
    subject_id = models.BigIntegerField()
    ticket = models.CharField(max_length=32, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    give_up_at = models.DateTimeField()
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    tries: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint("endpoint", "event_id", name="delivery_once")]
        indexes = [
            models.Index(
                fields=["endpoint", "next_try_at"],
                name="delivery_due",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["endpoint", "subject", "subject_id", "event_id"],
                name="delivery_order",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["endpoint", "event_id"], name="delivery_dead", condition=models.Q(state="dead")
            ),
            models.Index(fields=["endpoint", "created_at", "id"], name="delivery_log"),
        ]
