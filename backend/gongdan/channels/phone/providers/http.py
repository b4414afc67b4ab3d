"""Telephone systems that speak the HTTP interface (docs/phone-http.md): their signals come in by the API, commands go
out from here, signed.

Promise: a command is one signed POST to the system's control address; no address that kernel.addresses refuses is
connected to, no redirect followed, no proxy of the environment used; it ends within SECONDS.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp

from gongdan.channels.phone.contract import (
    COMMANDS,
    CommandFailed,
    Intake,
    KnownCall,
    SystemSettings,
)
from gongdan.kernel import clock, signing
from gongdan.kernel.addresses import AddressRefused
from gongdan.kernel.guarded_sockets import guarded_sockets

SECONDS = 4.0  # the engine waits a little longer
MOST_READ = 16 * 1024  # bytes of an answer
MOST_WORDS = 200
USUAL = frozenset({"answer", "hold", "resume", "hang_up", "transfer", "dial"})


class HttpConnection:
    """No lasting connection: ready at once. What it can do stands in the setting `commands`; without it, USUAL."""

    def __init__(
        self,
        settings: SystemSettings,
        intake: Intake,
        ready: Callable[[], None],
        live_calls: Callable[[], Awaitable[Mapping[str, KnownCall]]],
    ) -> None:
        self.settings = settings
        self.ready = ready
        self.closed = asyncio.Event()
        self.session: aiohttp.ClientSession | None = None
        self.capabilities = _capabilities(settings)

    async def run(self) -> None:
        """Until `close`."""
        self.ready()
        await self.closed.wait()

    async def close(self) -> None:
        self.closed.set()
        session, self.session = self.session, None
        if session is not None:
            await session.close()

    async def command(self, verb: str, args: Mapping[str, Any]) -> None:
        """Raises CommandFailed unless the system answered 2xx, and not {"ok": false, "error": …}."""
        if verb not in self.capabilities:
            raise CommandFailed("the system cannot do this")
        command_id = f"cmd_{secrets.token_hex(12)}"
        said = {"id": command_id, "command": verb, **args}
        body = json.dumps(said, ensure_ascii=False).encode()
        now = clock.now()
        keys = signing.valid([dict(one) for one in self.settings.keys], now)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Gongdan-Phone",
            "Accept-Encoding": "identity",
            **signing.headers(keys, command_id, now, body),
        }
        try:
            async with asyncio.timeout(SECONDS):
                status, answer = await self._post(body, headers)
        except TimeoutError:
            raise CommandFailed(f"no answer within {SECONDS:g} seconds") from None
        except AddressRefused as error:
            raise CommandFailed(str(error)) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise CommandFailed(f"no connection to the control address ({type(error).__name__})") from None
        _judge(status, answer)

    async def _post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        if self.session is None:
            self.session = _session(self.settings.allowed_networks)
        async with self.session.post(
            self.settings.control_address, data=body, headers=headers, allow_redirects=False
        ) as response:
            answer = await response.content.read(MOST_READ)
            if not response.content.at_eof():
                response.close()
            return response.status, answer


def _capabilities(settings: SystemSettings) -> frozenset[str]:
    if not settings.control_address:
        return frozenset()
    told = settings.settings.get("commands")
    return frozenset(map(str, told)) & COMMANDS if isinstance(told, list) else USUAL


def _session(allowed: tuple[str, ...]) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        keepalive_timeout=3.0, happy_eyeballs_delay=None, socket_factory=guarded_sockets(allowed)
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=None),
        skip_auto_headers=["User-Agent", "Accept-Encoding"],
    )


def _judge(status: int, answer: bytes) -> None:
    if 300 <= status < 400:
        raise CommandFailed(f"it answered {status}; redirects are not followed")
    said = _said(answer)
    if not 200 <= status < 300 or said.get("ok") is False:
        error = said.get("error")
        words = f": {error[:MOST_WORDS]}" if isinstance(error, str) and error else ""
        raise CommandFailed(f"it answered {status}{words}")


def _said(answer: bytes) -> dict[str, Any]:
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
