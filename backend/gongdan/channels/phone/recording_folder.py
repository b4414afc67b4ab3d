"""Reading a recording from a folder of this machine (or mounted here) that an administrator named.

Promise: nothing outside the folder is read: no "..", and no step on the way is a symbolic link, whoever makes one when.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import PurePosixPath

from gongdan.channels.phone.recording_http import NotFetched

PIECE = 1 << 20
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def read(folder: str, path: str) -> Iterator[bytes]:
    """The file's pieces. `path` is relative to the folder, or absolute and within it. Raises NotFetched."""
    parts = _parts(folder, path)
    try:
        descriptor = _opened(folder, parts)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NotFetched("The recording's path names no file.")
            while piece := file.read(PIECE):
                yield piece
    except FileNotFoundError:
        raise NotFetched("There is no such file in the folder of recordings.") from None
    except OSError as error:
        raise NotFetched(f"The file cannot be read: {error.strerror}.") from None


def _parts(folder: str, path: str) -> tuple[str, ...]:
    asked, home = PurePosixPath(path), PurePosixPath(folder)
    if not home.is_absolute():
        raise NotFetched("The folder of recordings must be an absolute path.")
    if asked.is_absolute():
        if not asked.is_relative_to(home):
            raise NotFetched("The recording's path leaves the folder of recordings.", for_good=True)
        asked = asked.relative_to(home)
    if not asked.parts or ".." in asked.parts or "\0" in path:
        raise NotFetched("The recording's path leaves the folder of recordings.", for_good=True)
    return asked.parts


def _opened(folder: str, parts: tuple[str, ...]) -> int:
    """Step by step, each below the one before; a link anywhere raises OSError."""
    here = os.open(folder, _FOLDER)
    try:
        for name in parts[:-1]:
            below = os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = below
        return os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, dir_fd=here)
    finally:
        os.close(here)
