"""A connection to Asterisk's manager interface: signed in, asked, listened to.

Promise: a peer that says nothing for about two pings is given up; answers find who asked; events are handed over one
by one, and while they are not taken nothing more is read.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from hashlib import md5
from itertools import count
from typing import Any

from gongdan.channels.phone.contract import Refused, SystemSettings
from gongdan.channels.phone.providers.asterisk_protocol import Garbage, Message, Splitter, encode

BANNER = b"Asterisk Call Manager"
CONNECTING = 10.0  # seconds until it must have answered at all
ANSWERING = 10.0  # seconds until an action must be answered
PING = 10.0  # seconds of silence after which it is asked whether it is there
CHUNK = 64 * 1024
MOST_ITEMS = 50_000  # of a list

Heard = Callable[[list[Message | Garbage]], Awaitable[None]]


class Session:
    """Made by `connected`. `read` until the peer closes; beside it `request` and `items`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, heard: Heard) -> None:
        self.reader = reader
        self.writer = writer
        self.heard = heard
        self.splitter = Splitter()
        self.numbers = count(1)
        self.answers: dict[str, asyncio.Future[Message]] = {}
        self.lists: dict[str, list[Message]] = {}
        self.ends: dict[str, asyncio.Future[None]] = {}
        self.heard_at = asyncio.get_running_loop().time()
        self.busy = False

    async def read(self) -> None:
        """Until the peer closes. Raises OSError, and what `heard` raises."""
        while data := await self.reader.read(CHUNK):
            events = [one for one in self.splitter.feed(data) if not self._is_answer(one)]
            self.busy = True
            await self.heard(events)
            self.busy = False
            self.heard_at = asyncio.get_running_loop().time()

    def _is_answer(self, one: Message | Garbage) -> bool:
        """Whether it belongs to something asked here; then it is handed there."""
        number = one.headers.get("actionid", "") if isinstance(one, Message) else ""
        if not isinstance(one, Message) or not number:
            return False
        if "response" in one.headers:
            return _settle(self.answers.get(number), one)
        if number not in self.lists:
            return False
        if one.get("eventlist").lower() == "complete":
            _settle(self.ends.get(number), None)
        elif len(self.lists[number]) < MOST_ITEMS:
            self.lists[number].append(one)
        return True

    async def request(self, action: str, headers: Mapping[str, str], number: str = "") -> Message:
        """The answer to an action. Raises ValueError (a value with a line end), OSError, TimeoutError."""
        number = number or f"gongdan-{next(self.numbers)}"
        data = encode(action, {"ActionID": number, **headers})
        answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self.answers[number] = answer
        try:
            self.writer.write(data)
            await self.writer.drain()
            async with asyncio.timeout(ANSWERING):
                return await answer
        finally:
            del self.answers[number]

    async def items(self, action: str) -> list[Message]:
        """The events of a list action; none if Asterisk refuses it. Raises OSError, TimeoutError."""
        number = f"gongdan-{next(self.numbers)}"
        found = self.lists[number] = []
        end = self.ends[number] = asyncio.get_running_loop().create_future()
        try:
            answer = await self.request(action, {}, number)
            if answer.get("response") == "Success":
                async with asyncio.timeout(ANSWERING):
                    await end
            return found
        finally:
            del self.lists[number], self.ends[number]

    async def keep_alive(self) -> None:
        """Ask a silent peer whether it is there, until it is not: then OSError."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(max(0.05, self.heard_at + PING - loop.time()))
            if self.busy or loop.time() - self.heard_at < PING:
                await asyncio.sleep(0.05)
                continue
            try:
                await self.request("Ping", {})
            except TimeoutError:
                if not self.busy:
                    raise OSError("it says nothing any more") from None

    async def close(self) -> None:
        self.writer.close()
        with suppress(OSError):
            await self.writer.wait_closed()


async def connected(settings: SystemSettings, heard: Heard) -> Session:
    """Connect and see that it is Asterisk. Raises OSError, Refused."""
    tls = _tls(settings.settings)
    try:
        async with asyncio.timeout(CONNECTING):
            reader, writer = await asyncio.open_connection(settings.host, settings.port, ssl=tls)
    except TimeoutError:
        raise OSError("it does not answer") from None
    session = Session(reader, writer, heard)
    try:
        await _see(reader)
    except BaseException:
        await session.close()
        raise
    return session


async def _see(reader: asyncio.StreamReader) -> None:
    """Who answers."""
    try:
        async with asyncio.timeout(CONNECTING):
            banner = await reader.readuntil(b"\n")
    except TimeoutError:
        raise OSError("it does not answer") from None
    except asyncio.IncompleteReadError:
        raise OSError("it closed the connection at once; is our address permitted in manager.conf?") from None
    except asyncio.LimitOverrunError:
        banner = b""
    if not banner.startswith(BANNER):
        raise Refused("what answers there is not Asterisk's manager interface")


def _tls(settings: Mapping[str, Any]) -> ssl.SSLContext | None:
    """`tls: true` verifies by the machine's authorities, or by the PEM text in `tls_ca`."""
    if not settings.get("tls"):
        return None
    own = settings.get("tls_ca")
    try:
        return ssl.create_default_context(cadata=str(own) if own else None)
    except (ssl.SSLError, ValueError):
        raise Refused("tls_ca is no PEM certificate") from None


async def log_in(session: Session, settings: SystemSettings) -> None:
    """Sign in by challenge; plainly where the system knows no challenge. Raises Refused, OSError."""
    try:
        challenge = (await session.request("Challenge", {"AuthType": "MD5"})).get("challenge")
        said = {"Username": settings.username, "Events": "on"}
        if challenge:
            digest = md5(f"{challenge}{settings.secret}".encode(), usedforsecurity=False).hexdigest()
            answer = await session.request("Login", {**said, "AuthType": "MD5", "Key": digest})
        else:
            answer = await session.request("Login", {**said, "Secret": settings.secret})
    except TimeoutError:
        raise OSError("it does not answer the login") from None
    except ValueError as error:
        raise Refused(str(error)) from None
    if answer.get("response") != "Success":
        raise Refused(answer.get("message") or "the login was refused")


def _settle(waiting: asyncio.Future[Any] | None, value: object) -> bool:
    if waiting is not None and not waiting.done():
        waiting.set_result(value)
    return waiting is not None
