"""Text that PostgreSQL and JSON can carry: no NUL character, no lone half of a surrogate pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongdan.kernel.errors import Invalid


def is_usable(text: str) -> bool:
    """Whether `text` can be stored and sent back as it is."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def require_usable(value: Any, field: str | None = None) -> None:
    """Raise Invalid("unusable_text") if any text within `value` (keys included) is not usable."""
    if any(not is_usable(text) for text in _texts(value)):
        raise Invalid(
            "unusable_text",
            "The text contains a character that cannot be stored (NUL or half of a surrogate pair).",
            field=field,
        )


def _texts(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, str):
            yield here
        elif isinstance(here, dict):
            waiting.extend(here.keys())
            waiting.extend(here.values())
        elif isinstance(here, (list, tuple)):
            waiting.extend(here)
