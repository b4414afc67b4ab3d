"""Which bytes of a file an HTTP request asks for: one range, or all of it (RFC 9110, section 14). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII).fullmatch


class Unsatisfiable(Exception):
    """The file has no such bytes."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes from `first` to `last`, both included, of a file of `size` bytes."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def words(self) -> str:
        return f"bytes {self.first}-{self.last}/{self.size}"


def asked(header: str, size: int) -> Stretch | None:
    """The stretch; None for all of it: no header, several ranges, or what cannot be read. Raises Unsatisfiable."""
    found = _ONE(header)
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return _ending(int(last), size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return Stretch(int(first), min(int(last), size - 1) if last else size - 1, size)


def _ending(count: int, size: int) -> Stretch:
    """The last `count` bytes."""
    if count == 0 or size == 0:
        raise Unsatisfiable
    return Stretch(max(0, size - count), size - 1, size)
