"""Uploaded files: stored once by their SHA-256 under the home folder, given out only with the ticket they belong to."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets.access import TicketFacts, may
from gongdan.core.tickets.actions.work import facts_of
from gongdan.core.tickets.models import Attachment, MessageKind
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Invalid, NotFound


def store(name: str, content_type: str, chunks: Iterable[bytes], *, actor: Actor) -> Attachment:
    """Keep a file that is not yet part of a ticket. On disk (fsync) before the row is written."""
    digest, size, temporary = _spool(chunks)
    if size == 0:
        temporary.unlink()
        raise Invalid("empty_file", "The file is empty.", field="file")
    target = path_of(digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary.replace(target)
    return Attachment.objects.create(
        name=_plain_name(name),
        size=size,
        content_type=content_type[:120] or "application/octet-stream",
        sha256=digest,
        uploaded_by_id=actor.staff_id,
        uploaded_at=clock.now(),
    )


def _spool(chunks: Iterable[bytes]) -> tuple[str, int, Path]:
    folder = Path(settings.FILES)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size, Path(file.name)


def _plain_name(name: str) -> str:
    """The file's own name without folders or control characters, at most 255 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable())[-255:] or "file"


def path_of(digest: str) -> Path:
    return Path(settings.FILES) / digest[:2] / digest


def _may_read(file: Attachment, facts: TicketFacts, grants: StaffGrants) -> bool:
    """As the message it belongs to: internal notes have a right of their own."""
    noted = file.message is not None and file.message.kind == MessageKind.NOTE
    return may(grants, "ticket.view", facts) and (not noted or may(grants, "ticket.view_notes", facts))


def visible_file(attachment_id: int, grants: StaffGrants) -> Attachment:
    """A file of a ticket one may see, or one's own upload; otherwise NotFound."""
    found = Attachment.objects.select_related("ticket", "message").filter(pk=attachment_id).first()
    if found is not None and found.ticket is not None and _may_read(found, facts_of(found.ticket), grants):
        return found
    if found is not None and found.ticket is None and found.uploaded_by_id == grants.staff_id:
        return found
    raise NotFound("file_not_found", "There is no such file, or it is not yours to see.")
