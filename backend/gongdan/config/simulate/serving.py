"""TCP for both dialects: who is connected, writing to all of them, cutting them off, waiting for slow ones."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import cast

LONGEST_LINE = 64 * 1024
FAREWELL = 2.0  # seconds for what was said last to go out


class Client:
    """One connection. `events`: whether it asked for them (each dialect keeps more of its own in `wants`)."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.signed_in = False
        self.events = False
        self.challenge = ""
        self.wants: set[str] = set()
        self.json = False
        self.filters: list[tuple[str, str]] = []

    def send(self, data: bytes) -> None:
        if not self.writer.is_closing():
            self.writer.write(data)

    async def drain(self) -> None:
        with contextlib.suppress(OSError):
            await self.writer.drain()

    def close(self) -> None:
        self.writer.close()


class Server:
    """Serves `speak` to everyone who connects; it ends the connection by returning."""

    def __init__(self, speak: Callable[[Client], Awaitable[None]]) -> None:
        self._speak = speak
        self._server: asyncio.Server | None = None
        self.clients: list[Client] = []
        self._served: set[asyncio.Task[None]] = set()
        self.listened = asyncio.Event()  # somebody has signed in
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        self._server = await asyncio.start_server(self._serve, host, port, limit=LONGEST_LINE)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = Client(reader, writer)
        self.clients.append(client)
        task = cast("asyncio.Task[None]", asyncio.current_task())
        self._served.add(task)
        task.add_done_callback(self._served.discard)
        try:
            await self._speak(client)
            await client.drain()
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            return
        finally:
            self.clients.remove(client)
            client.close()

    def send_all(self, data: bytes) -> None:
        for client in self.clients:
            client.send(data)

    async def drain(self) -> None:
        for client in list(self.clients):
            await client.drain()

    async def _flush(self) -> None:
        """What was said last goes out, to those who listen."""
        for client in self.clients:
            client.writer.transport.set_write_buffer_limits(0)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL):
                await self.drain()

    def drop(self) -> None:
        """Cut everyone off in mid-word, as a restart does."""
        for client in list(self.clients):
            client.writer.transport.abort()

    async def stop(self) -> None:
        if self._server is None:
            return
        self._server.close()
        await self._flush()
        self.drop()
        await self._server.wait_closed()
        if self._served:
            await asyncio.wait(self._served, timeout=FAREWELL)
        self._server = None


async def read_block(reader: asyncio.StreamReader) -> list[str] | None:
    """The lines up to an empty one; None at the end of the connection. Lines end with LF or CR LF."""
    lines: list[str] = []
    while True:
        raw = await reader.readline()
        if not raw:
            return None
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if line:
            lines.append(line)
        elif lines:
            return lines


def headers(lines: list[str]) -> list[tuple[str, str]]:
    """(name, value) of `Name: value` lines; others are left out."""
    split = (line.partition(":") for line in lines)
    return [(name.strip(), value.strip()) for name, colon, value in split if colon]
