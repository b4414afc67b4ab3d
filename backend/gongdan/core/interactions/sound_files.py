"""The files of recordings: kept once by their SHA-256 below the home folder, given out only with the call.

Promise: a file that a row calls stored is whole on disk (fsync) before the row says so, and is gone once no row says so.
Both ends hold the file's lock (`lock_file`), so that one recording's end is never another's loss.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from gongdan.core.interactions.sound import HEAD, kind_of, shape_of
from gongdan.kernel import sql


class NoSound(Exception):
    """What came is no recording; the words say why, in English."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """A file that was written down and is not yet anybody's. `seconds` is 0 where it cannot be told."""

    path: Path
    sha256: str
    size: int
    content_type: str
    seconds: int
    peaks: tuple[int, ...]


def folder() -> Path:
    return Path(settings.FILES) / "recordings"


def path_of(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256


@contextmanager
def spooled(chunks: Iterable[bytes], most: int) -> Iterator[Spooled]:
    """The chunks on disk, looked into. Removed at the end unless `place` was called. Raises NoSound, OSError."""
    folder().mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder(), prefix="new-")
    path = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            digest, size = _write(file, chunks, most)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            kind = kind_of(file.read(HEAD))
            if kind is None:
                raise NoSound("What came is no sound file that is known.")
            shape = shape_of(file, size)
        yield Spooled(path, digest, size, kind, shape.seconds, shape.peaks)
    finally:
        path.unlink(missing_ok=True)


def _write(file: IO[bytes], chunks: Iterable[bytes], most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise NoSound(f"The file is larger than {most} bytes.")
        digest.update(chunk)
        file.write(chunk)
    if size == 0:
        raise NoSound("The file is empty.")
    return digest.hexdigest(), size


def place(spool: Spooled) -> None:
    """Put a spooled file where its checksum says; hold its lock. Raises OSError."""
    target = path_of(spool.sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    spool.path.replace(target)
    descriptor = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)  # the name too
    finally:
        os.close(descriptor)


def lock_file(sha256: str) -> None:
    """Until the transaction ends nobody else places or removes this file."""
    sql.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


def checksum(sha256: str) -> bool | None:
    """Whether the stored file is what its name says; None: it is not there."""
    try:
        with path_of(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return None
