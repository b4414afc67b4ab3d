"""What a database administrator can do to the trail behind our back, and what the verifier says of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from gongdan.outbox import verify
from gongdan.outbox.models import EventRecord
from tests.outbox.happenings import happen


def make_trail() -> None:
    """Three chains of four records."""
    for n in range(4):
        for subject_id in (1, 2, 3):
            happen(subject_id, n)


@contextmanager
def tampering() -> Iterator[Any]:
    """What a superuser can do: triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE outbox_eventrecord DROP CONSTRAINT IF EXISTS event_is_readable")
        cursor.execute("SET session_replication_role = replica")
        yield cursor
        cursor.execute("SET session_replication_role = DEFAULT")


def tamper(sql: str, *parameters: object) -> None:
    with tampering() as cursor:
        cursor.execute(sql, parameters)


def found(**where: Any) -> list[tuple[str, int, int]]:
    """(kind, subject id, seq) of every finding."""
    return [(one.kind, one.subject_id, one.seq) for one in verify.verify(**where)]


def cut_off_and_rewrite_the_head() -> None:
    third = EventRecord.objects.get(subject_id=2, seq=3)
    with tampering() as cursor:
        cursor.execute("DELETE FROM outbox_eventrecord WHERE subject_id = 2 AND seq = 4")
        cursor.execute(
            "UPDATE outbox_chainhead SET seq = 3, hash = %s WHERE subject_id = 2", [bytes(third.hash)]
        )


def forge(seq: int) -> None:
    tamper(
        "INSERT INTO outbox_eventrecord (subject, subject_id, seq, type, version, actor, actor_staff_id, at, data,"
        " previous_hash, hash) SELECT subject, subject_id, %s, type, version, actor, actor_staff_id, at, '{\"n\": 50}',"
        " hash, sha256(hash) FROM outbox_eventrecord WHERE subject_id = 2 AND seq = %s",
        seq,
        seq - 1,
    )
