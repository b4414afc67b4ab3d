"""Talking to an exchange as a stranger would: a socket, lines, blocks."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from gongdan.config.simulate.exchange import SECRET, USERNAME, Exchange, exchange

PATIENCE = 10.0
Block = dict[str, str]


class Talk:
    """Blocks of headers until an empty line; a body if a length is told."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def say(self, text: str) -> None:
        self.writer.write(text.encode())
        await self.writer.drain()

    async def block(self) -> Block:
        """The next block; {} at the end."""
        async with asyncio.timeout(PATIENCE):
            found = await self._headers()
            length = int(found.get("Content-Length", 0))
            if not length:
                return found
            body = (await self.reader.readexactly(length)).decode()
        if found["Content-Type"] == "text/event-plain":
            pairs = (line.partition(": ") for line in body.splitlines())
            return {name: unquote(value) for name, colon, value in pairs if colon}
        if found["Content-Type"] == "text/event-json":
            return {name: str(value) for name, value in json.loads(body).items()}
        return found | {"body": body}

    async def _headers(self) -> Block:
        found: Block = {}
        while line := (await self.reader.readline()).decode().rstrip("\r\n"):
            name, colon, value = line.partition(":")
            if colon:
                found.setdefault(name, value.strip())
        return found

    async def until(self, wanted: Callable[[Block], Any]) -> list[Block]:
        """The blocks up to the wanted one."""
        found = [await self.block()]
        while not wanted(found[-1]):
            assert found[-1], "the connection ended"
            found.append(await self.block())
        return found

    async def event(self, name: str, **words: str) -> Block:
        """The next event of this name with these headers."""
        key = "Event-Name" if name.isupper() else "Event"
        wanted = {word.replace("_", "-"): value for word, value in words.items()}

        def is_it(block: Block) -> bool:
            return block.get(key) == name and all(block.get(word) == value for word, value in wanted.items())

        return (await self.until(is_it))[-1]


_open: list[Talk] = []


def run(test: Callable[[Exchange], Awaitable[None]], **setup: Any) -> None:
    """Run `test` against an exchange whose time goes by; connections are closed at the end."""

    async def inside() -> None:
        async with exchange(**setup) as made:
            try:
                await test(made)
            finally:
                while _open:
                    await _close(_open.pop())

    asyncio.run(inside())


async def _close(talk: Talk) -> None:
    talk.writer.close()
    with contextlib.suppress(OSError):
        await talk.writer.wait_closed()


async def talk_to(exchange: Exchange) -> Talk:
    talk = Talk(*await asyncio.open_connection("127.0.0.1", exchange.port))
    _open.append(talk)
    return talk


async def manager(exchange: Exchange) -> Talk:
    """Signed in to Asterisk's manager interface."""
    talk = await talk_to(exchange)
    await talk.reader.readline()
    await talk.say(f"Action: Login\r\nUsername: {USERNAME}\r\nSecret: {SECRET}\r\n\r\n")
    await talk.event("FullyBooted")
    return talk


async def event_socket(exchange: Exchange, events: str = "plain ALL") -> Talk:
    """Signed in to FreeSWITCH's event socket, listening."""
    talk = await talk_to(exchange)
    await talk.block()
    await talk.say(f"auth {SECRET}\n\nevent {events}\n\n")
    assert (await talk.block())["Reply-Text"] == "+OK accepted"
    assert (await talk.block())["Reply-Text"].startswith("+OK event listener enabled")
    return talk


async def act(talk: Talk, action: str, **headers: str) -> Block:
    """Send an action; its response."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    await talk.say(f"Action: {action}\r\nActionID: a1\r\n{lines}\r\n")
    return (await talk.until(lambda block: "Response" in block and block.get("ActionID") == "a1"))[-1]


async def api(talk: Talk, line: str) -> str:
    """Send an api command; its answer."""
    await talk.say(f"api {line}\n\n")
    return (await talk.until(lambda block: block.get("Content-Type") == "api/response"))[-1]["body"]
