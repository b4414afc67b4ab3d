"""The live push: an ASGI application with one address, GET /live?ticket=…&after=cursor, answering text/event-stream.

`?feed=…` instead of `?ticket=…` is a reader of the whole feed, sent here by GET /events (see `feed`).

Promise: who shows a genuine ticket hears of every change they may see, from the cursor on (or `Last-Event-ID`), until
they leave. Every BEAT seconds something is sent, so that proxies keep the line and the browser's cursor moves on.
Plain ASGI, without a framework: this process does nothing else and is to stay small.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from gongdan.kernel.errors import Invalid
from gongdan.outbox.feed import Cursor
from gongdan.web import feed_ticket, live_ticket
from gongdan.web.live import feed, messages
from gongdan.web.live.connection import Connection
from gongdan.web.live.hub import Hub

BEAT = 15.0  # seconds
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


class Live:
    """The application. Its hub starts with the server, or with the first stream if the server has no lifespan."""

    def __init__(self) -> None:
        self.hub: Hub | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._start()
            elif self.hub is not None:
                await asyncio.to_thread(self.hub.stop)
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    def _start(self) -> Hub:
        if self.hub is None:
            self.hub = Hub(asyncio.get_running_loop())
            self.hub.start()
        return self.hub

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/health":
            await _answer(send, 200, b'{"status":"ok"}')
        elif scope["path"] != "/live":
            await _answer(send, 404, b"There is nothing here.")
        elif scope["method"] != "GET":
            await _answer(send, 405, b"Only GET.")
        else:
            await self._stream(scope, receive, send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        cors = _cors(headers)
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if "feed" in query:
            await self._feed(query["feed"][0], headers.get(b"last-event-id", ""), receive, send, cors)
            return
        staff_id = live_ticket.read(query.get("ticket", [""])[0])
        if staff_id is None:
            await _answer(send, 401, EXPIRED, cors)
            return
        try:
            text = headers.get(b"last-event-id") or query.get("after", [""])[0]
            after = Cursor.parse(text) if text else None
        except Invalid:
            await _answer(send, 422, b"The cursor was not made by this stream.", cors)
            return
        await self._serve(Connection(staff_id, after), receive, send, cors)

    async def _feed(self, ticket: str, last_id: str, receive: Receive, send: Send, cors: Headers) -> None:
        asked = feed_ticket.read(ticket)
        if asked is None:
            await _answer(send, 401, EXPIRED, cors)
            return
        try:
            await feed.serve(
                self._start(), asked, last_id, receive, send, [*STREAM, *cors], [*DOCUMENT, *cors]
            )
        except Invalid:
            await _answer(send, 422, b"The cursor was not made by the feed.", cors)

    async def _serve(self, stream: Connection, receive: Receive, send: Send, cors: Headers) -> None:
        hub = self._start()
        watching = asyncio.create_task(_close_when_gone(stream, receive))
        hub.join(stream)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": [*STREAM, *cors]})
            await _pour(stream, hub, send)
        except asyncio.CancelledError:
            if not stream.closed:
                raise
        finally:
            watching.cancel()
            hub.leave(stream)


async def _pour(stream: Connection, hub: Hub, send: Send) -> None:
    """Send what comes, and a sign of life when nothing does, until the stream is closed."""
    chunk: bytes | None = messages.RETRY
    told: Cursor | None = None
    while chunk is not None:
        if not chunk:
            here = hub.delivered if stream.joined else None  # before, it would promise what was not sent
            chunk = messages.BEAT if here is None or here == told else messages.place(here)
            told = here
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        chunk = await stream.next(BEAT)
    await send({"type": "http.response.body", "body": b""})


ALWAYS: Headers = [
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
STREAM: Headers = [(b"content-type", b"text/event-stream"), *ALWAYS]
DOCUMENT: Headers = [(b"content-type", b"application/json"), *ALWAYS]
EXPIRED = b"The ticket is not genuine or has expired; ask for a new one."


async def _close_when_gone(stream: Connection, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.cut_off()


def _cors(headers: MutableMapping[bytes, str]) -> Headers:
    """The page comes from the same host on another port; other origins may not read the stream."""
    origin = headers.get(b"origin", "")
    host = urlsplit(f"//{headers.get(b'host', '')}").hostname
    if not origin or urlsplit(origin).hostname != host:
        return [(b"vary", b"origin")]
    return [(b"vary", b"origin"), (b"access-control-allow-origin", origin.encode("latin-1"))]


async def _answer(send: Send, status: int, body: bytes, cors: Headers | None = None) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *(cors or [])]})
    await send({"type": "http.response.body", "body": body})
