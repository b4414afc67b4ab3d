"""The feed in the live process: answers a long poll, or streams events (text/event-stream), by a ticket of `feed_ticket`.

Promise: a stream gives every event in full, resumes with `Last-Event-ID`, and every `heartbeat` seconds sends a
comment that also moves the reader's place. It ends after about LONGEST, so that its reader is asked anew who it is.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from gongdan.outbox.feed import Cursor
from gongdan.web.event_reading import Cut, Shown
from gongdan.web.feed_ticket import Asked
from gongdan.web.live.hub import Hub
from gongdan.web.live.reader import Reader

LONGEST = 900.0  # seconds, less up to a third, so that not all come back at once
RETRY = b"retry: 1000\n\n"
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


async def serve(
    hub: Hub, asked: Asked, last_event_id: str, receive: Receive, send: Send, stream: Headers, answer: Headers
) -> None:
    """Answer one request; `stream` and `answer` are the headers of either kind. Raises Invalid for a bad cursor."""
    after = Cursor.parse((last_event_id if asked.wait is None else "") or asked.after)
    reader = Reader(hub.recent, asked, after)
    hub.follow(reader)
    serving = asyncio.create_task(
        _stream(reader, asked, send, stream) if asked.wait is None else _poll(reader, asked, send, answer)
    )
    watching = asyncio.create_task(_until_gone(receive))
    try:
        await asyncio.wait([serving, watching], return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.unfollow(reader)
        for task in (serving, watching):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _poll(reader: Reader, asked: Asked, send: Send, headers: Headers) -> None:
    cut = await reader.next(float(asked.wait or 0))
    body = (cut or Cut((), reader.cursor)).answer()
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


async def _stream(reader: Reader, asked: Asked, send: Send, headers: Headers) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + LONGEST * random.uniform(2 / 3, 1)  # noqa: S311  no secret
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": RETRY, "more_body": True})
    while loop.time() < until:
        cut = await reader.next(asked.heartbeat)
        if cut is None:
            break
        chunk = b"".join(map(_message, cut.shown)) or _beat(cut.cursor)
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _message(one: Shown) -> bytes:
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (str(one.cursor).encode(), one.type.encode(), one.body)


def _beat(cursor: Cursor) -> bytes:
    """A comment, and the place: an `id` without data moves `Last-Event-ID` and is no message."""
    return b":\nid: %b\n\n" % str(cursor).encode()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
