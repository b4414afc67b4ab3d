"""Whether the recordings on disk are still what was fetched: each file's checksum is its name, so damage shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import structlog
from django.db.models import F

from gongdan.core.interactions import sound_files
from gongdan.core.interactions.models import Recording, RecordingState
from gongdan.kernel import clock

NIGHTS = 30  # in which every recording is looked at once

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A recording whose file is gone, or is not what was fetched."""

    recording_id: int
    call_id: int
    sha256: str
    missing: bool


def damaged(progress: Callable[[], object] = lambda: None) -> list[Damaged]:
    """Look at every stored recording; reads every byte of them."""
    return list(_damaged(progress))


def verify_some() -> int:
    """Tonight's share of them; damage is logged. Answers how many are damaged."""
    tonight = clock.now().toordinal() % NIGHTS
    found = list(_damaged(lambda: None, tonight))
    for one in found:
        log.error("recording.damaged", recording=one.recording_id, call=one.call_id, missing=one.missing)
    return len(found)


def count() -> int:
    return Recording.objects.filter(state=RecordingState.STORED).count()


def _damaged(progress: Callable[[], object], share: int | None = None) -> Iterator[Damaged]:
    rows = Recording.objects.filter(state=RecordingState.STORED).order_by("pk")
    if share is not None:
        rows = rows.annotate(share=F("pk") % NIGHTS).filter(share=share)
    for recording_id, call_id, sha256 in rows.values_list("pk", "call_id", "sha256").iterator(1000):
        whole = sound_files.checksum(sha256)
        if whole is not True:
            yield Damaged(recording_id, call_id, sha256, whole is None)
        progress()
