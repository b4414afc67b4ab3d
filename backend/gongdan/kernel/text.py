"""Text that PostgreSQL and UTF-8 cannot keep, and folding text for comparison. Pure."""

from __future__ import annotations

import re
import unicodedata

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_A_WORD = re.compile(r"[\W_]+")


def unusable_text(text: str) -> bool:
    """Whether it holds NUL or a lone surrogate, which no PostgreSQL text can keep."""
    return bool(_UNUSABLE.search(text))


def fold(text: str) -> str:
    """For comparing: full-width and case differences gone, and everything that is no letter and no digit left out."""
    return _NOT_A_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def bigrams(folded: str) -> frozenset[str]:
    """Every two neighbouring characters of a folded text."""
    return frozenset(folded[place : place + 2] for place in range(len(folded) - 1))
