"""The line protocol of Asterisk's manager interface (AMI): bytes to messages and actions to bytes. Pure.

A message is lines `Name: value` up to an empty line. Whatever comes, `Splitter` answers messages and garbage, never an
exception; what is longer than MOST bytes is garbage to its end.
Source: https://docs.asterisk.org/Configuration/Interfaces/Asterisk-Manager-Interface-AMI/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MOST = 64 * 1024  # bytes of one message
_END = re.compile(rb"\r?\n\r?\n")
_FIRST = ("event:", "response:")


@dataclass(frozen=True, slots=True)
class Message:
    """Header names in lower case; of a repeated header the first. `raw` is what came."""

    headers: Mapping[str, str]
    raw: str

    def get(self, name: str) -> str:
        """A header's value, "" without one; Asterisk's word for an empty name or number is "" too."""
        value = self.headers.get(name, "")
        return "" if value == "<unknown>" else value


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that are no message, and why."""

    raw: bytes
    why: str


class Splitter:
    """Cuts a stream into messages, however its bytes arrive."""

    def __init__(self) -> None:
        self.rest = bytearray()
        self.skipping = False

    def feed(self, data: bytes) -> list[Message | Garbage]:
        """What is complete with `data`."""
        begin = max(0, len(self.rest) - 3)
        self.rest += data
        found: list[Message | Garbage] = []
        cut = 0
        while (end := _END.search(self.rest, max(begin, cut))) is not None:
            block = bytes(self.rest[cut : end.start()])
            cut = end.end()
            if self.skipping:
                self.skipping = False
            elif block.strip():
                found.append(parse(block))
        del self.rest[:cut]
        if len(self.rest) > MOST:
            found += [] if self.skipping else [Garbage(bytes(self.rest[:MOST]), "too long")]
            self.skipping = True
            del self.rest[:-3]
        return found


def parse(block: bytes) -> Message | Garbage:
    """One message without its empty line. Lines without a colon are passed over: some values hold line ends."""
    if len(block) > MOST:
        return Garbage(block[:MOST], "too long")
    text = block.decode("utf-8", "replace").replace("\0", "\ufffd").lstrip("\r\n")
    if not text.lower().startswith(_FIRST):
        return Garbage(block, "neither an event nor a response")
    headers: dict[str, str] = {}
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return Message(headers, text)


def encode(action: str, headers: Mapping[str, str]) -> bytes:
    """An action as bytes. Raises ValueError for a value that would begin another line."""
    lines = [("Action", action), *headers.items()]
    for name, value in lines:
        if re.search(r"[\r\n\0]", f"{name}{value}"):
            raise ValueError(f"The value of {name} has a line end in it.")
    return "".join(f"{name}: {value}\r\n" for name, value in lines).encode() + b"\r\n"
