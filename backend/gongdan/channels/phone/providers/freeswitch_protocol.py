"""The event socket's framing (mod_event_socket): headers, an empty line, and as many bytes as Content-Length says. Pure
but for the stream it reads.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

LONGEST_HEAD = 64 * 1024  # bytes of headers; also the stream's limit
LONGEST_BODY = 16 * 1024 * 1024  # a list of thousands of channels
PLAIN, JSON = "text/event-plain", "text/event-json"

Event = Mapping[str, str]


class Garbage(Exception):
    """What came is not the event socket's language; the words say what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Message:
    """`kind` is the Content-Type; header names as they were sent."""

    kind: str
    headers: Mapping[str, str]
    body: bytes


async def read_message(reader: asyncio.StreamReader) -> Message:
    """The next message. Raises EOFError at the end of the stream, Garbage."""
    head = b"\n"
    while not head.strip():
        try:
            head = await reader.readuntil(b"\n\n")
        except asyncio.LimitOverrunError:
            raise Garbage(f"headers of more than {LONGEST_HEAD} bytes") from None
        except asyncio.IncompleteReadError as error:
            raise EOFError("the connection was closed") from error
    headers = headers_of(head)
    if "Content-Type" not in headers:
        raise Garbage("a message without Content-Type")
    return Message(headers["Content-Type"], headers, await _body(reader, headers.get("Content-Length", "0")))


async def _body(reader: asyncio.StreamReader, length: str) -> bytes:
    if not (length.isascii() and length.isdecimal()) or len(length) > 9 or int(length) > LONGEST_BODY:
        raise Garbage(f"a body of {length[:20]!r} bytes")
    try:
        return await reader.readexactly(int(length))
    except asyncio.IncompleteReadError as error:
        raise EOFError("the connection was closed within a message") from error


def headers_of(head: bytes) -> dict[str, str]:
    """Lines of `Name: value`; others are left out."""
    found = {}
    for line in head.decode("utf-8", "replace").split("\n"):
        name, colon, value = line.partition(":")
        if colon and name.strip():
            found[name.strip()] = value.strip()
    return found


def event_of(message: Message) -> dict[str, str]:
    """The event a message carries, its own body as `_body`. Raises ValueError."""
    if message.kind == JSON:
        return _of_json(message.body)
    head, _, body = message.body.partition(b"\n\n")
    found = {name: unquote(value) for name, value in headers_of(head).items()}
    if body.strip():
        found["_body"] = body.decode("utf-8", "replace")
    if "Event-Name" not in found:
        raise ValueError("an event without Event-Name")
    return found


def _of_json(body: bytes) -> dict[str, str]:
    try:
        said = json.loads(body)
    except RecursionError:
        raise ValueError("an event nested too deeply") from None
    name = said.get("Event-Name") if isinstance(said, dict) else None
    if not isinstance(name, str):
        raise ValueError("an event without Event-Name")  # noqa: TRY004  one kind of complaint
    return {str(name): value if isinstance(value, str) else json.dumps(value) for name, value in said.items()}
