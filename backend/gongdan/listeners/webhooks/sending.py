"""One attempt: a signed POST, and what came of it.

Promise: ends within SECONDS; reads at most MOST_READ bytes of the answer; follows no redirect; connects to no address
that kernel.guarded_sockets refuses; takes no proxy from the environment. Never raises for what a receiver or a network does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

import aiohttp
from aiohttp.abc import AbstractResolver

from gongdan.kernel import clock
from gongdan.kernel.addresses import AddressRefused
from gongdan.kernel.guarded_sockets import guarded_sockets
from gongdan.listeners.webhooks.attempt import Attempt, Target, request_headers

MOST_READ = 64 * 1024  # bytes of an answer
EXCERPT = 1000  # characters of it that are kept
KEPT_ALIVE = 3.0  # seconds an idle connection is kept; servers close theirs a little later
GONE = 410


class Sender:
    """Connections to receivers, pooled by what networks they may lie in. Use within one event loop; close it."""

    def __init__(self, seconds: float, resolver: AbstractResolver | None = None) -> None:
        self.seconds = seconds
        self.resolver = resolver
        self.sessions: dict[tuple[str, ...], aiohttp.ClientSession] = {}

    async def send(self, target: Target, message_id: str, body: bytes) -> Attempt:
        """One attempt; repeated once, at once, when an idle connection turns out to be closed by the other side."""
        at, began = clock.now(), time.monotonic()
        headers = request_headers(target, message_id, at, body)
        status: int | None = None
        try:
            async with asyncio.timeout(self.seconds):
                status, answer, asked = await self._post(target, headers, body)
        except TimeoutError:
            return _failed(at, began, status, "timeout", f"No answer within {self.seconds:g} seconds.")
        except AddressRefused as error:
            return _failed(at, began, None, "address_refused", str(error))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return _failed(at, began, None, *_why(error))
        code, words = _judge(status)
        milliseconds = round((time.monotonic() - began) * 1000)
        return Attempt(at, milliseconds, status, code, words, answer, asked)

    async def _post(
        self, target: Target, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, str, timedelta | None]:
        session = self._session(target.allowed_networks)
        for last in (False, True):
            try:
                async with session.post(
                    target.address, data=body, headers=headers, allow_redirects=False
                ) as response:
                    answer = await _read(response)
                    return response.status, answer, _asked(response.headers.get("Retry-After", ""))
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as error:
                if last or isinstance(error, aiohttp.ClientConnectorError):
                    raise
        raise AssertionError("unreachable")

    def _session(self, allowed: tuple[str, ...]) -> aiohttp.ClientSession:
        """A connection made with an allowance is never used by who has none."""
        if allowed not in self.sessions:
            connector = aiohttp.TCPConnector(
                limit=0,
                resolver=self.resolver,
                ttl_dns_cache=30,
                keepalive_timeout=KEPT_ALIVE,
                happy_eyeballs_delay=None,
                socket_factory=guarded_sockets(allowed),
            )
            self.sessions[allowed] = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,  # a small answer could unpack into a large one
                trust_env=False,
                timeout=aiohttp.ClientTimeout(total=None),
                skip_auto_headers=["User-Agent", "Accept-Encoding"],
            )
        return self.sessions[allowed]

    async def close(self) -> None:
        for session in self.sessions.values():
            await session.close()


async def _read(response: aiohttp.ClientResponse) -> str:
    """The beginning of the answer; a longer one is cut off and its connection closed."""
    parts, size = [], 0
    while size < MOST_READ and (part := await response.content.read(MOST_READ - size)):
        parts.append(part)
        size += len(part)
    if size >= MOST_READ:
        response.close()
    text = b"".join(parts)[: 4 * EXCERPT].decode("utf-8", "replace").replace("\x00", "\ufffd")
    return text[:EXCERPT]


def _judge(status: int) -> tuple[str, str]:
    if 200 <= status < 300:
        return "", ""
    if status == GONE:
        return "gone", "The receiver says that nobody listens there any more."
    if 300 <= status < 400:
        return "redirect", "Redirects are not followed; enter the final address."
    return "status", f"The receiver answered {status}."


def _why(error: Exception) -> tuple[str, str]:
    if isinstance(error, aiohttp.InvalidURL):
        return "address", "The address cannot be used."
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "name", "The name could not be resolved."
    if isinstance(error, aiohttp.ClientSSLError):
        return "tls", f"No secure connection: {error}"[:EXCERPT]
    if isinstance(error, aiohttp.ClientConnectorError):
        return "connection", f"No connection: {error.os_error.strerror or error.os_error}"[:EXCERPT]
    return "broken", f"The answer broke off: {type(error).__name__}"[:EXCERPT]


def _asked(text: str) -> timedelta | None:
    """Retry-After in seconds; as a date it is not heeded."""
    return timedelta(seconds=int(text)) if text.isascii() and text.isdecimal() and len(text) < 7 else None


def _failed(at: datetime, began: float, status: int | None, error: str, words: str) -> Attempt:
    return Attempt(at, round((time.monotonic() - began) * 1000), status, error, words, "")
