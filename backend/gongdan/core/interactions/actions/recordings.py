"""What becomes of a recording: awaited, fetched or given up, listened to, and gone when its time is over.

The ledger makes the rows; who fetches them is a channel (core reaches no network). Every step is an event of the call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from gongdan.core.interactions import sound_files
from gongdan.core.interactions.models import (
    Call,
    CallPart,
    LineSettings,
    Recording,
    RecordingListen,
    RecordingState,
)
from gongdan.core.interactions.sound_files import Spooled
from gongdan.kernel import clock, sealing
from gongdan.kernel.actor import Actor, system
from gongdan.outbox.log import Head, NewEvent, append

LEASE = timedelta(minutes=15)  # longer than a fetch may take; who dies in between leaves it to be tried again
# Seconds until the next try; after the last one, about a day in all, it is given up.
WAITS = (30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10800, 14400, 21600, 21600)
ONCE_IN = timedelta(minutes=10)  # a player asks for many ranges: that is one listening
BATCH = 200


@dataclass(frozen=True, slots=True)
class Due:
    """A recording to be fetched, and what is known of the system that has it. `secret` in clear, never logged."""

    id: int
    call_id: int
    ref: str
    url: str
    tries: int
    address: str
    username: str
    secret: str
    settings: Mapping[str, Any]
    allowed_networks: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Due({self.id}, {self.ref!r})"


def claim(limit: int) -> list[Due]:
    """Up to `limit` recordings whose time it is, for LEASE nobody else's."""
    now = clock.now()
    with transaction.atomic():
        rows = list(
            Recording.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("call__system")
            .filter(state=RecordingState.AWAITED, next_try_at__lte=now)
            .order_by("next_try_at")[:limit]
        )
        Recording.objects.filter(pk__in=[row.pk for row in rows]).update(next_try_at=now + LEASE)
    return [_due(row) for row in rows]


def _due(row: Recording) -> Due:
    place = row.call.system
    return Due(
        id=row.pk,
        call_id=row.call_id,
        ref=row.ref,
        url=row.url,
        tries=row.tries,
        address=place.recording_address,
        username=place.username,
        secret=sealing.unseal(place.secret),
        settings=place.settings,
        allowed_networks=tuple(place.allowed_networks),
    )


def keep(due: Due, spool: Spooled) -> frozenset[int]:
    """The file is here: keep it. Answers whose pages must look anew; nobody's when the row went its own way."""
    now, days = clock.now(), _recording_days()
    with transaction.atomic():
        sound_files.lock_file(spool.sha256)
        call, row = _locked(due.call_id), _awaited(due)
        if row is None:
            return frozenset()
        sound_files.place(spool)
        row.state, row.fault, row.next_try_at = RecordingState.STORED, "", None
        row.sha256, row.size, row.content_type = spool.sha256, spool.size, spool.content_type
        row.seconds, row.peaks = spool.seconds or row.seconds, list(spool.peaks)
        row.tries, row.stored_at, row.keep_until = due.tries + 1, now, row.began_at + timedelta(days=days)
        row.save()
        told = {"recording_id": row.pk, "sha256": row.sha256, "seconds": row.seconds, "size": row.size}
        _append(call, NewEvent("RecordingStored", told), actor=system("phone"), at=now)
    return people_of(due.call_id)


def not_come(due: Due, why: str, *, for_good: bool = False) -> frozenset[int]:
    """It did not come: later again, or never. `why`: one sentence, without secrets. Answers as `keep` does."""
    now, tries = clock.now(), due.tries + 1
    given_up = for_good or tries > len(WAITS)
    with transaction.atomic():
        call, row = _locked(due.call_id), _awaited(due)
        if row is None:
            return frozenset()
        row.fault, row.tries = why[:300], tries
        row.next_try_at = None if given_up else now + timedelta(seconds=WAITS[tries - 1])
        row.state = RecordingState.FAILED if given_up else RecordingState.AWAITED
        row.save()
        if given_up:
            told = {"recording_id": row.pk, "why": row.fault}
            _append(call, NewEvent("RecordingFailed", told), actor=system("phone"), at=now)
    return people_of(due.call_id) if given_up else frozenset()


def played(recording_id: int, *, download: bool, actor: Actor) -> None:
    """Somebody listens, or takes it away: noted once, however many pieces their player asks for."""
    assert actor.staff_id is not None
    now = clock.now()
    with transaction.atomic():
        row = Recording.objects.only("call_id").get(pk=recording_id)
        call = _locked(row.call_id)
        since = RecordingListen.objects.filter(
            recording_id=recording_id, staff_id=actor.staff_id, download=download, at__gt=now - ONCE_IN
        )
        if since.exists():
            return
        RecordingListen.objects.create(
            recording_id=recording_id, staff_id=actor.staff_id, at=now, download=download
        )
        told = {"recording_id": recording_id, "download": download}
        _append(call, NewEvent("RecordingPlayed", told), actor=actor, at=now)


def remove_old() -> int:
    """Remove what need not be kept any longer; answers how many recordings that were."""
    count = 0
    while found := _over():
        for one in found:
            _remove(*one)
        count += len(found)
    return count


def _over() -> Sequence[tuple[int, int, str]]:
    rows = Recording.objects.filter(state=RecordingState.STORED, keep_until__lte=clock.now())
    return list(rows.order_by("keep_until").values_list("pk", "call_id", "sha256")[:BATCH])


def _remove(recording_id: int, call_id: int, sha256: str) -> None:
    """The file first: if we die before the row says so, the next run finds the row and no file, which is well."""
    with transaction.atomic():
        sound_files.lock_file(sha256)
        call = _locked(call_id)
        kept = Recording.objects.filter(state=RecordingState.STORED, sha256=sha256)
        if not kept.filter(pk=recording_id).exists():
            return
        if not kept.exclude(pk=recording_id).exists():
            sound_files.path_of(sha256).unlink(missing_ok=True)
        Recording.objects.filter(pk=recording_id).update(state=RecordingState.REMOVED, peaks=[])
        told = {"recording_id": recording_id, "sha256": sha256}
        _append(call, NewEvent("RecordingRemoved", told), actor=system("schedule"), at=clock.now())


def people_of(call_id: int) -> frozenset[int]:
    """Who took part in the call."""
    parts = CallPart.objects.filter(call_id=call_id, staff_id__isnull=False)
    return frozenset(parts.values_list("staff_id", flat=True))


def _recording_days() -> int:
    days = LineSettings.objects.filter(pk=1).values_list("recording_days", flat=True).first()
    return LineSettings().recording_days if days is None else days


def _awaited(due: Due) -> Recording | None:
    """The row, locked, unless it is no longer awaited."""
    rows = Recording.objects.select_for_update(no_key=True).filter(pk=due.id, state=RecordingState.AWAITED)
    return rows.first()


def _locked(call_id: int) -> Call:
    return Call.objects.select_for_update(no_key=True).only("event_seq", "head_hash").get(pk=call_id)


def _append(call: Call, event: NewEvent, *, actor: Actor, at: datetime) -> None:
    """After the call's last event; the call's row is locked."""
    head = append("call", call.pk, Head(call.event_seq, bytes(call.head_hash)), [event], actor=actor, at=at)
    call.event_seq, call.head_hash = head.seq, head.hash
    call.save(update_fields=["event_seq", "head_hash"])
