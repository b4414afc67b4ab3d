"""The tables of calls. Written only by this room's actions; a call's row is what its signals add up to (ledger.py)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from gongdan.core.interactions.line_models import (
    REFERENCE,
    BreakReason,
    CallQueue,
    Dialect,
    Extension,
    ExtensionKind,
    Health,
    Line,
    LineSettings,
    TelephoneSystem,
)
from gongdan.core.interactions.presence_models import Presence, PresenceSpan, PresenceState

__all__ = [
    "BreakReason", "CallQueue", "Dialect", "Extension", "ExtensionKind", "Health", "Line", "LineSettings", "Presence",
    "PresenceSpan", "PresenceState", "TelephoneSystem",
]  # fmt: skip


class PhoneSignal(models.Model):
    """A signal as it came, kept before it is read. `key` is unique within the system, so a repeat is no second row.

    `reading`: the signals made of it (`phone_signals.to_json`), in their order; empty: it says nothing about a call.
    `fault`: why it could not be read; it then waits for a better reader.
    """

    system = models.ForeignKey(TelephoneSystem, **REFERENCE)
    key = models.CharField(max_length=200)
    call = models.CharField(max_length=120, blank=True, default="")
    received_at = models.DateTimeField()
    raw = models.TextField()
    reading: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    fault = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint("system", "key", name="phone_signal_once")]
        indexes = [
            models.Index(fields=["system", "call", "id"], name="phone_signal_of_call", condition=~Q(call="")),
            models.Index(fields=["received_at"], name="phone_signal_by_time"),
            models.Index(fields=["-id"], name="phone_signal_faults", condition=~Q(fault="")),
        ]


class Call(models.Model):
    """A call (通话). `key` is the system's name for it.

    `caller_id` and `dialled` stand as the system wrote them; `customer_number` is the number on the customer's side
    in E.164 or digits ("" when withheld). `phase` and `outcome`: see call_state. `talks`, `stays`, `menu` are the ledger's, as
    JSON for reading; what is counted stands in CallPart and QueueEntry. `agent` is who talked last (or rings now).
    Durations in whole seconds. `disposition` is a category's code (服务小结), made once the talk is over.
    """

    system = models.ForeignKey(TelephoneSystem, **REFERENCE)
    key = models.CharField(max_length=120)
    direction = models.CharField(max_length=10)
    caller_id = models.CharField(max_length=80, blank=True, default="")
    dialled = models.CharField(max_length=80, blank=True, default="")
    line = models.CharField(max_length=40, blank=True, default="")
    customer_number = models.CharField(max_length=80, blank=True, default="")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, null=True, db_index=False)
    chosen = models.BooleanField(default=False)  # a person said who it is
    queue = models.CharField(max_length=80, blank=True, default="")
    menu: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    stays: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    talks: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    phase = models.CharField(max_length=10)
    outcome = models.CharField(max_length=12, blank=True, default="")
    began_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, blank=True, default="")
    closed_by_us = models.BooleanField(default=False)
    waiting_seconds = models.IntegerField(default=0)
    talk_seconds = models.IntegerField(default=0)
    hold_seconds = models.IntegerField(default=0)
    agent = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    department = models.ForeignKey("staff.Department", **REFERENCE, null=True, related_name="+")
    disposition = models.CharField(max_length=64, blank=True, default="")
    disposition_note = models.TextField(blank=True, default="")
    disposed_at = models.DateTimeField(null=True)
    disposed_by = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    version = models.IntegerField(default=1)
    event_seq = models.IntegerField(default=0)
    head_hash = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint("system", "key", name="call_once")]
        indexes = [
            models.Index(fields=["-id"], name="call_live", condition=~Q(phase="ended")),
            models.Index(
                fields=["customer", "-id"], name="call_of_customer", condition=Q(customer__isnull=False)
            ),
            models.Index(fields=["customer_number", "-id"], name="call_of_number"),
            models.Index(fields=["agent", "-id"], name="call_of_agent"),
            models.Index(fields=["began_at"], name="call_by_time"),
            models.Index(
                fields=["began_at"], name="call_without_queue", condition=Q(direction="inbound", queue="")
            ),
            models.Index(
                fields=["agent", "-id"],
                name="call_undisposed",
                condition=Q(direction="inbound", outcome="answered", disposition=""),
            ),
        ]


class CallPart(models.Model):
    """One person's part in a call (`call_state.Talk`): it rang at an extension, was answered perhaps, and ended.

    `staff` is who was signed in to the extension when it rang, None for strangers' extensions. `wrap_up_seconds` is
    what was needed after it. `outcome`: ringing, talking, answered, missed, refused, elsewhere, cancelled.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="parts", db_index=False)
    seq = models.SmallIntegerField()
    system = models.ForeignKey(TelephoneSystem, **REFERENCE)
    extension = models.CharField(max_length=32, blank=True, default="")
    leg = models.CharField(max_length=120, blank=True, default="")
    staff = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    department = models.ForeignKey("staff.Department", **REFERENCE, null=True, related_name="+")
    direction = models.CharField(max_length=10)
    queue = models.CharField(max_length=80, blank=True, default="")
    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10)
    ring_seconds = models.IntegerField(default=0)
    talk_seconds = models.IntegerField(default=0)
    hold_seconds = models.IntegerField(default=0)
    wrap_up_seconds = models.IntegerField(default=0)
    transferred_to = models.CharField(max_length=80, blank=True, default="")
    transfer_mode = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint("call", "seq", name="call_part_once")]
        indexes = [
            models.Index(fields=["staff", "-call"], name="call_part_mine_by_call"),
            models.Index(fields=["department", "-call"], name="call_part_of_department"),
            models.Index(fields=["staff"], name="call_part_live", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["staff", "rang_at"], name="call_part_of_day"),
            models.Index(fields=["rang_at"], name="call_part_by_time"),
        ]


class QueueEntry(models.Model):
    """One stay of a call in a queue (排队). `outcome`: "" while waiting, answered, abandoned, overflowed."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="entries", db_index=False)
    seq = models.SmallIntegerField()
    system = models.ForeignKey(TelephoneSystem, **REFERENCE)
    queue = models.CharField(max_length=80)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    waited_seconds = models.IntegerField(default=0)
    outcome = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint("call", "seq", name="queue_entry_once")]
        indexes = [
            models.Index(fields=["queue"], name="queue_entry_waiting", condition=Q(left_at__isnull=True)),
            models.Index(fields=["entered_at"], name="queue_entry_by_time"),
        ]


class RecordingState(models.TextChoices):
    """awaited: to be fetched; stored; failed: given up; removed: its time was over."""

    AWAITED = "awaited"
    STORED = "stored"
    FAILED = "failed"
    REMOVED = "removed"


class Recording(models.Model):
    """A call's recording (录音). `sha256` (hex) names the stored file; `peaks` are up to 400 loudnesses 0..100."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="recordings")
    ref = models.CharField(max_length=300)
    url = models.CharField(max_length=2000, blank=True, default="")
    state = models.CharField(max_length=8, choices=RecordingState.choices, default=RecordingState.AWAITED)
    began_at = models.DateTimeField()
    seconds = models.IntegerField(default=0)
    size = models.BigIntegerField(default=0)
    content_type = models.CharField(max_length=60, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    peaks: models.JSONField[list[int]] = models.JSONField(default=list)
    tries = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True, default="")
    stored_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("call", "ref", name="recording_once")]
        indexes = [
            models.Index(fields=["next_try_at"], name="recording_awaited", condition=Q(state="awaited")),
            models.Index(fields=["keep_until"], name="recording_over", condition=Q(state="stored")),
        ]


class RecordingListen(models.Model):
    """Somebody listened to a recording, or took it away (`download`)."""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="listens")
    staff = models.ForeignKey("staff.Staff", **REFERENCE)
    at = models.DateTimeField()
    download = models.BooleanField(default=False)


class CallbackTask(models.Model):
    """Somebody called and nobody answered: call them back (回访任务). One open task per number: further calls join it.

    `state`: open, taken, done, given_up. `result` of the last try: reached, not_reached, wrong_number, called_again
    (they came through themselves).
    """

    number = models.CharField(max_length=80)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, null=True, db_index=False)
    queue = models.CharField(max_length=80, blank=True, default="")
    line = models.CharField(max_length=40, blank=True, default="")
    calls = models.IntegerField(default=1)
    first_call_at = models.DateTimeField()
    last_call_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="open")
    taken_by = models.ForeignKey("staff.Staff", **REFERENCE, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    result = models.CharField(max_length=16, blank=True, default="")
    note = models.TextField(blank=True, default="")
    done_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "number", name="callback_task_once", condition=Q(state__in=["open", "taken"])
            )
        ]
        indexes = [
            models.Index(
                fields=["last_call_at", "id"],
                name="callback_task_open",
                condition=Q(state__in=["open", "taken"]),
            ),
        ]


class CallbackTaskCall(models.Model):
    """A missed call that a task is about, or one made to call back (`how`: missed, tried)."""

    task = models.ForeignKey(CallbackTask, models.CASCADE, related_name="missed")
    how = models.CharField(max_length=6, default="missed")
    call = models.OneToOneField(Call, models.CASCADE)


class PhoneCommand(models.Model):
    """Something a telephone system is to do (answer, hold, …), asked by a page and carried out by the phone process.

    `state`: asked, doing, done, failed. Commands older than a few seconds are not carried out any more (stale).
    """

    system = models.ForeignKey(TelephoneSystem, models.CASCADE, db_index=False)
    call = models.ForeignKey(Call, models.CASCADE, null=True, db_index=False)
    verb = models.CharField(max_length=20)
    args: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    staff = models.ForeignKey("staff.Staff", **REFERENCE, null=True)
    state = models.CharField(max_length=8, default="asked")
    fault = models.CharField(max_length=300, blank=True, default="")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["system", "id"], name="phone_command_asked", condition=Q(state="asked")),
            models.Index(
                fields=["call", "-id"], name="phone_command_of_call", condition=Q(call__isnull=False)
            ),
        ]
