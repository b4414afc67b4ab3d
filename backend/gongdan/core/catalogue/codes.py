"""Codes for categories that come without one. Pure.

A code follows from the names of the path alone, so the same tree gets the same codes in every installation:
up to eight pinyin initials of the last name, and four characters that stand for the whole path ("ssfw-k7qd").
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence

from gongdan.kernel.pinyin import initials

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
SEPARATOR = "\x1f"  # stands in no name, so that two different paths never read alike


def code_of(path: Sequence[str], *, longer: int = 0) -> str:
    """The code of a path of names from the root. `longer` adds characters, for the rare two that came out alike."""
    spellings = initials(path[-1]) or ("c",)
    digest = hashlib.sha256(SEPARATOR.join(path).encode()).digest()
    mark = base64.b32encode(digest).decode().lower()
    return f"{spellings[0][:8]}-{mark[: 4 + longer]}"


def spelled(name: str) -> str:
    """What `Category.initials` keeps: every spelling of the name, parted by spaces, the usual one first."""
    return " ".join(initials(name, longest=16))[:120]
