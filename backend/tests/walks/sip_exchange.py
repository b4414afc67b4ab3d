"""A SIP registrar and proxy over WebSocket (RFC 3261, RFC 7118), as small as browsers need it to telephone with one another.

It challenges REGISTER with a digest (RFC 2617), passes requests to whoever is registered and responses back by a branch of
its own, and answers REFER itself, as an exchange does. What went by is kept for tests.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

OWN = "z9hG4bKx"
USER = re.compile(r"sips?:([^@;>\s]+)@?")
HEADER = re.compile(r"^([A-Za-z-]+)\s*:\s*(.*)$")


@dataclass
class Message:
    """A request or a response: its first line, headers in their order, body."""

    first: str
    headers: list[tuple[str, str]]
    body: str

    @classmethod
    def of(cls, text: str) -> Message:
        head, _, body = text.partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        found = (HEADER.match(line) for line in lines)
        return cls(first, [(one[1], one[2]) for one in found if one], body)

    def __getitem__(self, name: str) -> str:
        return next((value for known, value in self.headers if known.lower() == name.lower()), "")

    @property
    def method(self) -> str:
        return "" if self.first.startswith("SIP/") else self.first.split(" ", 1)[0]

    def text(self) -> str:
        lines = [self.first, *(f"{name}: {value}" for name, value in self.headers)]
        return "\r\n".join(lines) + "\r\n\r\n" + self.body

    def answer(self, status: str, *more: tuple[str, str]) -> Message:
        """A response of one's own to this request."""
        kept = {"via", "from", "call-id", "cseq"}
        headers = [one for one in self.headers if one[0].lower() in kept]
        to = self["To"] if "tag=" in self["To"] else f"{self['To']};tag={secrets.token_hex(4)}"
        return Message(f"SIP/2.0 {status}", [*headers, ("To", to), *more, ("Content-Length", "0")], "")


@dataclass
class SipExchange:
    """`passwords` by extension. `seen` holds the first line of every request, `referred` who was to go where."""

    passwords: dict[str, str]
    seen: list[str] = field(default_factory=list)
    referred: list[tuple[str, str]] = field(default_factory=list)
    sockets: dict[str, web.WebSocketResponse] = field(default_factory=dict)
    branches: dict[str, web.WebSocketResponse] = field(default_factory=dict)
    port: int = 0

    @property
    def address(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("sip",))
        await socket.prepare(request)
        async for frame in socket:
            if frame.type is WSMsgType.TEXT and frame.data.strip():
                await self._take(Message.of(frame.data), socket)
        for user in [user for user, one in self.sockets.items() if one is socket]:
            del self.sockets[user]
        return socket

    async def _take(self, message: Message, socket: web.WebSocketResponse) -> None:
        if not message.method:
            await self._back(message)
            return
        self.seen.append(message.first)
        if message.method == "REGISTER":
            await socket.send_str(self._register(message, socket).text())
        elif message.method == "REFER":
            await self._refer(message, socket)
        else:
            await self._forward(message, socket)

    def _register(self, message: Message, socket: web.WebSocketResponse) -> Message:
        user = _user(message["To"])
        if not self._proved(message, user):
            challenge = f'Digest realm="walk", nonce="{secrets.token_hex(8)}", algorithm=MD5'
            refused = "403 Forbidden" if message["Authorization"] else "401 Unauthorized"
            return message.answer(refused, ("WWW-Authenticate", challenge))
        if "expires=0" in message["Contact"] or message["Expires"] == "0":
            self.sockets.pop(user, None)
            return message.answer("200 OK")
        self.sockets |= {user: socket, _user(message["Contact"]): socket}
        return message.answer("200 OK", ("Contact", f"{message['Contact']};expires=300"))

    def _proved(self, message: Message, user: str) -> bool:
        said = dict(re.findall(r'(\w+)="?([^",]+)"?', message["Authorization"]))
        if user not in self.passwords or not said:
            return False
        own = _md5(f"{user}:{said['realm']}:{self.passwords[user]}")
        wanted = _md5(f"{own}:{said['nonce']}:{_md5('REGISTER:' + said['uri'])}")
        return bool(said["response"] == wanted)

    async def _refer(self, message: Message, socket: web.WebSocketResponse) -> None:
        """Accepted, and told at once that it worked; the two others are ours to connect."""
        self.referred.append((message["Refer-To"], message["Referred-By"]))
        accepted = message.answer("202 Accepted", ("Contact", "<sip:exchange@walk.invalid;transport=ws>"))
        await socket.send_str(accepted.text())
        headers = [
            ("Via", f"SIP/2.0/WS walk.invalid;branch={OWN}{secrets.token_hex(6)}"),
            ("Max-Forwards", "70"),
            ("From", accepted["To"]),
            ("To", message["From"]),
            ("Call-ID", message["Call-ID"]),
            ("CSeq", f"{100_000 + len(self.referred)} NOTIFY"),
            ("Event", f"refer;id={message['CSeq'].split()[0]}"),
            ("Subscription-State", "terminated;reason=noresource"),
            ("Contact", "<sip:exchange@walk.invalid;transport=ws>"),
            ("Content-Type", "message/sipfrag"),
            ("Content-Length", "16"),
        ]
        told = Message(f"NOTIFY {_inside(message['Contact'])} SIP/2.0", headers, "SIP/2.0 200 OK\r\n")
        await socket.send_str(told.text())

    async def _forward(self, message: Message, socket: web.WebSocketResponse) -> None:
        target = self.sockets.get(_user(message.first))
        if target is None or target.closed:
            if message.method != "ACK":
                await socket.send_str(message.answer("480 Temporarily Unavailable").text())
            return
        branch = OWN + re.sub(r".*branch=(?:z9hG4bK)?([^;,\s]+).*", r"\1", message["Via"])
        self.branches[branch] = socket
        via = ("Via", f"SIP/2.0/WS walk.invalid;branch={branch}")
        await target.send_str(Message(message.first, [via, *message.headers], message.body).text())

    async def _back(self, message: Message) -> None:
        """By our own Via, which goes no further."""
        at = next(place for place, (name, _) in enumerate(message.headers) if name.lower() == "via")
        found = re.search(r"branch=([^;,\s]+)", message.headers[at][1])
        socket = self.branches.get(found[1]) if found else None
        headers = [*message.headers[:at], *message.headers[at + 1 :]]
        if socket is not None and not socket.closed and len(headers) < len(message.headers):
            await socket.send_str(Message(message.first, headers, message.body).text())


def _user(text: str) -> str:
    found = USER.search(text)
    return found[1].replace("%23", "#") if found else ""


def _inside(contact: str) -> str:
    return contact.partition("<")[2].partition(">")[0] or contact


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


@contextmanager
def sip_exchange(**passwords: str) -> Iterator[SipExchange]:
    """One on a free port of this machine, in a thread of its own. Extensions by keyword: `x8105="…"`."""
    exchange = SipExchange({user.removeprefix("x"): word for user, word in passwords.items()})
    ready, loop = threading.Event(), asyncio.new_event_loop()

    async def run() -> None:
        app = web.Application()
        app.router.add_get("/ws", exchange.serve)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert runner.addresses
        exchange.port = runner.addresses[0][1]
        ready.set()
        await stopping.wait()
        await runner.cleanup()

    stopping = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield exchange
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(10)
        loop.close()
