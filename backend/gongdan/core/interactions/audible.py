"""The recordings a person may hear or take away, by the one rule of calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gongdan.core.interactions import access, sound_files
from gongdan.core.interactions.models import Recording, RecordingState
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel.errors import NotFound

ENDINGS = {
    "audio/wav": "wav", "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/flac": "flac", "audio/amr": "amr",
    "audio/mp4": "m4a", "audio/webm": "webm", "audio/basic": "au",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Audible:
    """A stored recording. `name` is what it is called when it is taken away: call, time in UTC, ending."""

    id: int
    call_id: int
    began_at: datetime
    content_type: str
    size: int
    sha256: str

    @property
    def path(self) -> Path:
        return sound_files.path_of(self.sha256)

    @property
    def name(self) -> str:
        ending = ENDINGS.get(self.content_type, "bin")
        return f"call-{self.call_id}-{self.began_at:%Y%m%d-%H%M%S}-{self.id}.{ending}"


def audible(call_id: int, recording_id: int, grants: StaffGrants, *, download: bool) -> Audible:
    """The recording. Raises NotFound (unknown_call, recording_not_found, recording_not_here) and Forbidden."""
    access.require(grants, call_id, access.DOWNLOAD if download else access.LISTEN)
    row = Recording.objects.filter(pk=recording_id, call_id=call_id).first()
    if row is None:
        raise NotFound("recording_not_found", "This call has no such recording.")
    found = Audible(row.pk, call_id, row.began_at, row.content_type, row.size, row.sha256)
    if row.state != RecordingState.STORED or not found.path.is_file():
        raise NotFound(
            "recording_not_here", "This recording was not fetched yet, never came, or was removed."
        )
    return found
