"""Clocks and cards: the part of the ticket aggregate that reckons with time. Written only by the verbs."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

# Reference rows (categories, versions, departments, people) are never removed, only made inactive, and the verbs look
# each of them up before they write it. A constraint in the database would lock the same few rows in every transaction
# and an index of its own would be written by every ticket without ever being read.
REFERENCE: Any = {"on_delete": models.PROTECT, "db_constraint": False, "db_index": False}


class ClockKind(models.TextChoices):
    """What a clock measures: 全程, 环节, 首次响应, 后续响应, 回访."""

    PROCESS = "process"
    NODE = "node"
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    CALLBACK = "callback"


class ClockState(models.TextChoices):
    """`void` is a clock that no longer counts for anything: its ticket was cancelled, its node taken back."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    VOID = "void"


TICKING = Q(state__in=[ClockState.RUNNING, ClockState.PAUSED])


class Clock(models.Model):
    """One clock (计时) of a ticket. What it counted is `segments`, [[start, end or null, counting, why], …], whole
    seconds in ISO 8601; everything else follows from them, the limit (counted seconds) and the calendar version
    (null: every hour counts). `stages` are what happens when, `stage` is the next of them, `next_fire_at` its moment.

    A running clock past its limit has `breached_at`; its state is met or breached once it is stopped.
    """

    ticket = models.ForeignKey("tickets.Ticket", **REFERENCE, related_name="clocks")
    kind = models.CharField(max_length=16, choices=ClockKind.choices)
    node = models.CharField(max_length=64, default="")
    token = models.IntegerField(null=True)
    state = models.CharField(max_length=8, choices=ClockState.choices)
    policy_version = models.ForeignKey("sla.PolicyVersion", **REFERENCE, null=True)
    calendar_version = models.ForeignKey("calendar.CalendarVersion", **REFERENCE, null=True)
    limit = models.IntegerField()
    first_limit = models.IntegerField()
    pauses: models.JSONField[list[str]] = models.JSONField(default=list)
    stages: models.JSONField[list[Any]] = models.JSONField(default=list)
    stage = models.SmallIntegerField(default=0)
    segments: models.JSONField[list[Any]] = models.JSONField(default=list)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    next_fire_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["ticket"], name="clock_of_ticket"),
            models.Index(
                fields=["next_fire_at"], name="clock_to_fire", condition=Q(next_fire_at__isnull=False)
            ),
            models.Index(
                fields=["calendar_version"], name="clock_provisional", condition=Q(provisional=True) & TICKING
            ),
        ]


class Colour(models.TextChoices):
    YELLOW = "yellow"
    RED = "red"


class CardState(models.TextChoices):
    """A card stands (counts) in every state but withdrawn. `upheld` is an appeal that was turned down."""

    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    APPEALED = "appealed"
    UPHELD = "upheld"
    WITHDRAWN = "withdrawn"


class Card(models.Model):
    """A yellow or red card (黄牌, 红牌): whose time was nearly or wholly used up.

    `due_at` is the moment it was due, `issued_at` when it was made out. `department` and `staff` are liable; `step`
    counts a clock's yellow cards from 1.
    """

    ticket = models.ForeignKey("tickets.Ticket", **REFERENCE, related_name="cards")
    clock = models.ForeignKey(Clock, **REFERENCE)
    clock_kind = models.CharField(max_length=16, choices=ClockKind.choices)
    node = models.CharField(max_length=64, default="")
    colour = models.CharField(max_length=6, choices=Colour.choices)
    step = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=CardState.choices, default=CardState.ISSUED)
    department = models.ForeignKey("staff.Department", **REFERENCE, null=True)
    staff = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    due_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    appealed_by = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    appealed_at = models.DateTimeField(null=True)
    appeal_reason = models.TextField(default="")
    decided_by = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(default="")

    class Meta:
        constraints = [
            # Whatever else goes wrong, no moment of a clock gives two cards.
            models.UniqueConstraint("clock", "colour", "due_at", name="card_once"),
        ]
        indexes = [
            models.Index(fields=["ticket"], name="card_of_ticket"),
            models.Index(fields=["-id"], name="card_standing", condition=~Q(state="withdrawn")),
            models.Index(fields=["department", "-id"], name="card_of_department"),
            models.Index(fields=["staff", "-id"], name="card_of_staff"),
        ]


class ExtensionState(models.TextChoices):
    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"


class Extension(models.Model):
    """A request (延期申请) for a later required end, and its decision. The old end is kept."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="extensions")
    item = models.ForeignKey("tickets.WorkItem", models.PROTECT)
    state = models.CharField(max_length=10, choices=ExtensionState.choices)
    requested_by = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    reason = models.TextField()
    old_end = models.DateTimeField(null=True)
    new_end = models.DateTimeField()
    decided_by = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint("ticket", condition=Q(state="requested"), name="extension_one_pending")
        ]
