"""What the HTTP plumbing remembers: API tokens, sessions, idempotency keys, failed sign-ins, readers' places."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ApiToken(models.Model):
    """A bearer token; only its SHA-256 (hex) is stored. `prefix` is shown so that people can tell tokens apart."""

    staff = models.ForeignKey("staff.Staff", models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Session(models.Model):
    """A signed-in browser. Only the SHA-256 (hex) of the cookie is stored, so a copy of this table opens nothing."""

    digest = models.CharField(max_length=64, primary_key=True)
    staff = models.ForeignKey("staff.Staff", models.CASCADE, related_name="sessions")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class IdempotencyKey(models.Model):
    """One key per staff member: the digest of the request it came with, and the answer that was given."""

    staff_id = models.BigIntegerField()
    key = models.CharField(max_length=200)
    request_digest = models.BinaryField()
    status = models.SmallIntegerField(default=0)
    answer = models.BinaryField(default=b"")
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("staff_id", "key", name="idempotency_once")]


class SignInFailure(models.Model):
    """Sign-ins that failed since the last success. `name` is the SHA-256 (hex) of the user name tried (known or not,
    and people type passwords there) or of the address it came from; until `locked_until` no password is looked at."""

    name = models.CharField(max_length=64, unique=True)
    failures = models.IntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)


class FeedGroup(models.Model):
    """A consumer group of the event feed: a reader's place, kept for them. Everything up to (xact, event_id) was read.

    `types`, `subject`, `ticket` (a number) and `condition` are its filter (see event_filter).
    """

    name = models.CharField(max_length=64, unique=True)
    owner = models.ForeignKey("staff.Staff", models.CASCADE, related_name="feed_groups")
    types: models.Field[Any, list[str]] = ArrayField(models.CharField(max_length=64), default=list)
    subject = models.CharField(max_length=16, default="")
    ticket = models.CharField(max_length=32, default="")
    condition = models.TextField(default="")
    xact = models.BigIntegerField()
    event_id = models.BigIntegerField()
    moved_at = models.DateTimeField()
    created_at = models.DateTimeField()
