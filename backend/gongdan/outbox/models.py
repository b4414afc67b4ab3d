"""The event log, which is also the outbox; its consumers' cursors; what is parked; the anchors of the trail."""

from __future__ import annotations

from typing import Any

from django.db import models


class CurrentXact(models.Func):
    """The id of the writing transaction, as bigint; the feed reads by it so that no cursor can skip (see feed.py)."""

    template = "((pg_current_xact_id())::text::bigint)"
    output_field = models.BigIntegerField()
    arity = 0


class EventRecord(models.Model):
    """One thing that happened to a subject. Append-only: a trigger refuses change and removal.

    `seq` counts per subject from 1; `hash` = HMAC(key, previous hash + canonical record), chained per subject.
    `data` holds old and new values. `actor` = {kind, id, name, via}.
    """

    xact = models.BigIntegerField(db_default=CurrentXact())
    subject = models.CharField(max_length=16)
    subject_id = models.BigIntegerField()
    seq = models.IntegerField()
    type = models.CharField(max_length=64)
    version = models.SmallIntegerField(default=1)
    actor: models.JSONField[dict[str, Any]] = models.JSONField()
    actor_staff_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    data: models.JSONField[dict[str, Any]] = models.JSONField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("subject", "subject_id", "seq", name="event_seq_once")]
        indexes = [
            models.Index(fields=["xact", "id"], name="event_feed"),
            models.Index(
                fields=["actor_staff_id", "-id"],
                name="event_by_staff",
                condition=models.Q(actor_staff_id__isnull=False),
            ),
        ]


class ChainHead(models.Model):
    """The last seq and hash of every subject that does not keep its own (tickets keep theirs in their row)."""

    subject = models.CharField(max_length=16)
    subject_id = models.BigIntegerField()
    seq = models.IntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("subject", "subject_id", name="chain_head_once")]


class Anchor(models.Model):
    """A day's fixing of the chains' heads, itself chained, so that cutting off a chain's end shows.

    `heads` is a list of [subject, subject_id, seq, hash hex] of the chains that grew since the anchor before.
    """

    made_at = models.DateTimeField()
    upto_xact = models.BigIntegerField()
    upto_id = models.BigIntegerField()
    heads: models.JSONField[list[list[Any]]] = models.JSONField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()


class ConsumerCursor(models.Model):
    """How far a listener has read: everything up to (xact, id) is done or parked."""

    name = models.CharField(max_length=120, unique=True)
    xact = models.BigIntegerField(default=0)
    event_id = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField()


class ParkedEvent(models.Model):
    """An event a listener failed on, or that waits behind such a one of the same subject.

    `state`: retrying | dead. `next_try_at` is null while it waits for an earlier one.
    """

    consumer = models.CharField(max_length=120)
    subject = models.CharField(max_length=16)
    subject_id = models.BigIntegerField()
    event = models.ForeignKey(EventRecord, models.PROTECT)
    state = models.CharField(max_length=10, default="retrying")
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")
    parked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("consumer", "event", name="parked_once")]
        indexes = [
            models.Index(
                fields=["consumer", "next_try_at"],
                name="parked_due",
                condition=models.Q(state="retrying", next_try_at__isnull=False),
            ),
            models.Index(fields=["consumer", "subject", "subject_id", "event"], name="parked_order"),
        ]
