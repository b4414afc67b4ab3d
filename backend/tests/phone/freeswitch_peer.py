"""A scripted FreeSWITCH: a TCP server that speaks as its event socket is documented, and misbehaves when told to.

Source: developer.signalwire.com/freeswitch, mod_event_socket (auth/request, command/reply, api/response,
text/event-plain, text/event-json, text/disconnect-notice, text/rude-rejection) and Event List.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import quote

from tests.phone.freeswitch_listening import PASSWORD

A, B = "aaaa-1", "bbbb-2"  # legs
CORE = "2f1c9a10-5d0e-4a42-9d2e-000000000001"
BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)  # what is far off is not believed
Event = dict[str, str]
_sequence = count(100)


def event(name: str, seconds: float = 0.0, unique: str = "", **more: str) -> Event:
    """An event so many seconds after BEGAN; names of headers with _ for -, but for variables."""
    at = int((BEGAN.timestamp() + seconds) * 1_000_000)
    said = {"Event-Name": name, "Core-UUID": CORE, "Event-Date-Timestamp": str(at)}
    said["Event-Sequence"] = str(next(_sequence))
    said |= {"Unique-ID": unique} if unique else {}
    return said | {
        (key if key.startswith("variable_") else key.replace("_", "-")): value for key, value in more.items()
    }


def caller_leg(unique: str, number: str = "13800138000", dialled: str = "4008001234") -> Event:
    """What events of a call's first leg, from a trunk, have in common."""
    return {
        "Unique-ID": unique,
        "Channel-Name": f"sofia/external/{number}@203.0.113.9",
        "Call-Direction": "inbound",
        "Channel-Call-UUID": unique,
        "Caller-Caller-ID-Number": number,
        "Caller-Destination-Number": dialled,
    }


def phone_leg(
    unique: str, extension: str, above: str = "", *, calls: bool = False, dialled: str = ""
) -> Event:
    """The same of an extension's leg, called for the leg `above`, or calling itself."""
    return {
        "Unique-ID": unique,
        "Channel-Name": f"sofia/internal/{extension}@10.0.0.7:5060",
        "Channel-Presence-ID": f"{extension}@pbx.example",
        "Call-Direction": "inbound" if calls else "outbound",
        "Channel-Call-UUID": above or unique,
        "Caller-Destination-Number": dialled or extension,
        **({"variable_originator": above, "Other-Type": "originator", "Other-Leg-Unique-ID": above} if above else {}),
    }  # fmt: skip


def as_json(said: Event) -> bytes:
    body = json.dumps(said).encode()
    return b"Content-Length: %d\nContent-Type: text/event-json\n\n%b" % (len(body), body)


def as_plain(said: Event) -> bytes:
    """Names and values by lines, the values as in addresses of the web."""
    body = "".join(f"{name}: {quote(value)}\n" for name, value in said.items() if name != "_body")
    within = said.get("_body", "").encode()
    head = f"{body}Content-Length: {len(within)}\n\n" if within else f"{body}\n"
    whole = head.encode() + within
    return b"Content-Length: %d\nContent-Type: text/event-plain\n\n%b" % (len(whole), whole)


def a_call(render: Callable[[Event], bytes]) -> bytes:
    """It comes in, rings at 8001 and is answered."""
    customer, agent = caller_leg(A), phone_leg(B, "8001", A)
    said = [
        event("CHANNEL_CREATE", 0, A) | customer,
        event("CHANNEL_CREATE", 4, B) | agent,
        event("CHANNEL_PROGRESS", 5, B) | agent,
        event("CHANNEL_ANSWER", 9, B) | agent,
        event("CHANNEL_BRIDGE", 9, A, Bridge_A_Unique_ID=A, Bridge_B_Unique_ID=B) | customer,
    ]
    return b"".join(render(one) for one in said)


class Peer:
    """`asked`: the lines that came after signing in, but for those asked at every beginning."""

    BEGINNING = ("bgapi version", "api show channels as json", "api callcenter_config agent list")

    def __init__(self) -> None:
        self.greeting = b"Content-Type: auth/request\n\n"
        self.rows: list[dict[str, str]] = []
        self.channels: str | None = None  # instead of the rows
        self.answers: dict[str, str] = {}  # by the first word of an api command
        self.jobs: dict[str, str] = {}  # what comes of background commands; none: nothing ever
        self.mute = False
        self.asked: list[str] = []
        self.writers: list[asyncio.StreamWriter] = []
        self.subscribed = ""
        self.before_channels: list[bytes] = []
        self.port = 0
        self.moved = asyncio.Condition()

    def say(self, *data: bytes) -> None:
        for writer in self.writers:
            writer.write(b"".join(data))

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        writer.write(self.greeting)
        try:
            while block := (await reader.readuntil(b"\n\n")).decode():
                await self._hear(block.strip().split("\n"), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _hear(self, lines: list[str], writer: asyncio.StreamWriter) -> None:
        command, _, rest = lines[0].partition(" ")
        if command in ("auth", "userauth"):
            right = rest in (PASSWORD, f"me@pbx.example:{PASSWORD}")
            self._reply(writer, "+OK accepted" if right else "-ERR invalid")
        elif command == "event":
            self.subscribed = rest
            self._reply(writer, self.answers.get("event", "+OK event listener enabled json"))
        elif not self.mute:
            if not lines[0].startswith((*self.BEGINNING, "api uuid_getvar")):
                self.asked.append(lines[0])
            self._do(command, rest, lines[1:], writer)
        async with self.moved:
            self.moved.notify_all()

    def _do(self, command: str, rest: str, headers: list[str], writer: asyncio.StreamWriter) -> None:
        name = rest.partition(" ")[0]
        if command == "api":
            if rest == "show channels as json":
                writer.write(b"".join(self.before_channels))
            body = self._answer(rest, name).encode()
            writer.write(b"Content-Type: api/response\nContent-Length: %d\n\n%b" % (len(body), body))
        elif command == "bgapi":
            [job] = [one.partition(": ")[2] for one in headers if one.startswith("Job-UUID")]
            self._reply(writer, f"+OK Job-UUID: {job}", f"Job-UUID: {job}")
            done = "+OK" if name == "version" else self.jobs.get(name)
            if done is not None:
                said = event("BACKGROUND_JOB", 0, Job_UUID=job, _body=done)
                writer.write(as_plain({key.replace("-body", "_body"): value for key, value in said.items()}))

    def _answer(self, rest: str, name: str) -> str:
        if rest == "show channels as json":
            rows = {"row_count": len(self.rows), "rows": self.rows} if self.rows else {"row_count": 0}
            return json.dumps(rows) if self.channels is None else self.channels
        return self.answers.get(rest, self.answers.get(name, "-ERR no such command\n"))

    @staticmethod
    def _reply(writer: asyncio.StreamWriter, text: str, *more: str) -> None:
        lines = ["Content-Type: command/reply", f"Reply-Text: {text}", *more]
        writer.write(("\n".join(lines) + "\n\n").encode())


@asynccontextmanager
async def peer() -> AsyncIterator[Peer]:
    """One that listens."""
    made = Peer()
    server = await asyncio.start_server(made.speak, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for writer in made.writers:
            writer.close()
