"""Fixing the ends of all chains from time to time, so that cutting off a chain's end shows later.

Promise: an anchor holds the head of every chain that grew since the anchor before. Anchors are chained with the same
key, and each one's hash is also written to a file in the data folder (`anchors.jsonl`), because who can change the
database could otherwise remove the last anchor together with what it proves. A copy of that file elsewhere is better.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from gongdan.kernel import clock
from gongdan.outbox import record
from gongdan.outbox.models import Anchor

HEADS = 10_000  # in one anchor; more make several
LOCK = 0x616E6368


def anchors_file() -> Path:
    """Where the anchors' hashes are kept outside the database, one JSON object per line."""
    return Path(settings.HOME) / "anchors.jsonl"


def make_anchor() -> int:
    """Anchor every chain that grew since the last anchor; returns how many. Nothing new writes nothing."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            settled = int(cursor.fetchone()[0])
        last = Anchor.objects.order_by("-id").first()
        previous = bytes(last.hash) if last else b""
        begin = (last.upto_xact, last.upto_id) if last else (0, 0)
        count = 0
        lines: list[str] = []
        for heads in _grown(begin, settled):
            anchor = _write(heads, settled, previous)
            previous = bytes(anchor.hash)
            count += len(heads)
            lines.append(_line(anchor))
    _note(lines)
    return count


def _grown(begin: tuple[int, int], settled: int) -> Iterator[list[list[Any]]]:
    """The heads of chains with records after `begin` in transactions before `settled`, HEADS at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_GROWN, [*begin, settled])
        while rows := cursor.fetchmany(HEADS):
            yield [[subject, subject_id, seq, bytes(hash_).hex()] for subject, subject_id, seq, hash_ in rows]


_GROWN = """
SELECT DISTINCT ON (subject, subject_id) subject, subject_id, seq, hash FROM outbox_eventrecord
WHERE (xact, id) > (%s, %s) AND xact < %s ORDER BY subject, subject_id, seq DESC"""


def _write(heads: list[list[Any]], settled: int, previous: bytes) -> Anchor:
    made_at = clock.now()
    upto = (settled - 1, 2**63 - 1)
    fixed = digest(previous, made_at, *upto, heads)
    return Anchor.objects.create(
        made_at=made_at, upto_xact=upto[0], upto_id=upto[1], heads=heads, previous_hash=previous, hash=fixed
    )


def digest(
    previous: bytes, made_at: datetime, upto_xact: int, upto_id: int, heads: Sequence[Sequence[Any]]
) -> bytes:
    """The hash of an anchor."""
    return record.chain(
        previous,
        record.canonical(
            {"made_at": made_at.timestamp(), "xact": upto_xact, "id": str(upto_id), "heads": heads}
        ),
    )


def _line(anchor: Anchor) -> str:
    line = {"id": anchor.pk, "made_at": anchor.made_at.isoformat(), "hash": bytes(anchor.hash).hex()}
    return json.dumps(line) + "\n"


def _note(lines: Sequence[str]) -> None:
    if not lines:
        return
    path = anchors_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def noted() -> dict[int, str]:
    """What the file says: anchor ids to hashes in hex. A line cut short by a crash is left out."""
    path = anchors_file()
    found: dict[int, str] = {}
    for line in path.read_text().splitlines() if path.exists() else ():
        try:
            entry = json.loads(line)
            found[int(entry["id"])] = str(entry["hash"])
        except (ValueError, KeyError, TypeError):
            continue
    return found
