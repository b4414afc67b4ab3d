"""The exchange as FreeSWITCH: its event socket over TCP, inbound mode.

developer.signalwire.com/freeswitch, mod_event_socket: `auth/request` first, `auth`, `api`, `bgapi` with a
BACKGROUND_JOB event, `event plain|json`, `nixevent`, `noevents`, `filter`, `exit`, `linger`; a wrong password is
answered with `-ERR invalid` and the connection ends with a disconnect notice.
"""

from __future__ import annotations

import json
from itertools import count
from urllib.parse import quote

from gongdan.config.simulate import freeswitch_apis, serving
from gongdan.config.simulate.freeswitch_events import Narrator
from gongdan.config.simulate.freeswitch_words import Headers, basic
from gongdan.config.simulate.model import Happening
from gongdan.config.simulate.serving import Client, Server
from gongdan.config.simulate.switchboard import Switchboard

NOTICE = b"Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n"


def framed(kind: str, body: bytes) -> bytes:
    return f"Content-Length: {len(body)}\nContent-Type: {kind}\n\n".encode() + body


def plain(event: Headers) -> bytes:
    lines = (f"{name}: {quote(value, safe=_SAFE)}\n" for name, value in event.items())
    return "".join(lines).encode() + b"\n"


_SAFE = " !\"'()*,-./;<=>?@[]^_`{|}~"  # FreeSWITCH writes colons, percent signs and what is not ASCII as %XX


def rendered(event: Headers, *, as_json: bool) -> bytes:
    if as_json:
        return framed("text/event-json", json.dumps(event, ensure_ascii=False).encode())
    body = event.get("_body", "")
    shown = {name: value for name, value in event.items() if name != "_body"}
    if not body:
        return framed("text/event-plain", plain(shown))
    within = body.encode()
    headers = plain(shown)[:-1] + f"Content-Length: {len(within)}\n\n".encode()
    return framed("text/event-plain", headers + within)


class FreeSwitchDialect:
    """Renders happenings to everyone who subscribed to them, and reads commands."""

    def __init__(self, board: Switchboard, secret: str) -> None:
        self.board, self.secret = board, secret
        self.server = Server(self.speak)
        self._narrator = Narrator()
        self._jobs = count(1)
        self._kept_back: list[Headers] | None = None  # while a command is done: its reply goes first
        board.listeners.append(self.hear)

    def hear(self, happening: Happening) -> None:
        for event in self._narrator.events_of(happening):
            self._publish(event)

    def _publish(self, event: Headers) -> None:
        if self._kept_back is not None:
            self._kept_back.append(event)
            return
        for client in self.server.clients:
            if client.signed_in and _wanted(client, event):
                client.send(rendered(event, as_json=client.json))

    async def speak(self, client: Client) -> None:
        client.send(b"Content-Type: auth/request\n\n")
        while lines := await serving.read_block(client.reader):
            if not self._do(client, lines):
                client.send(b"Content-Type: text/disconnect-notice\n" + _length(NOTICE) + b"\n" + NOTICE)
                return
            await client.drain()

    def _do(self, client: Client, lines: list[str]) -> bool:
        command, _, rest = lines[0].strip().partition(" ")
        if command == "auth":
            client.signed_in = rest.strip() == self.secret
            _reply(client, "+OK accepted" if client.signed_in else "-ERR invalid")
            return client.signed_in
        if command == "exit":
            _reply(client, "+OK bye")
            return False
        if not client.signed_in:
            _reply(client, "-ERR command not found")
            return True
        match command:
            case "api":
                self._api(client, rest)
            case "bgapi":
                self._background(client, rest, dict(serving.headers(lines[1:])))
            case _:
                self.server.listened.set()
                _reply(client, _subscribe(client, command, rest.split()))
        return True

    def _api(self, client: Client, line: str) -> None:
        answer, events = self._run(line)
        body = answer.encode()
        client.send(b"Content-Type: api/response\n" + _length(body) + b"\n" + body)
        self._tell(events)

    def _background(self, client: Client, line: str, headers: dict[str, str]) -> None:
        """Replies at once; what came of it is an event of its own."""
        job = headers.get("Job-UUID") or f"00000000-0000-4000-9000-{next(self._jobs):012x}"
        client.send(
            f"Content-Type: command/reply\nReply-Text: +OK Job-UUID: {job}\nJob-UUID: {job}\n\n".encode()
        )
        answer, events = self._run(line)
        self._tell(events)
        name, _, arguments = line.strip().partition(" ")
        done = basic("BACKGROUND_JOB", self.board.timeline.now(), 0)
        done |= {"Job-UUID": job, "Job-Command": name, "Job-Command-Arg": arguments, "_body": answer}
        self._publish(done)

    def _run(self, line: str) -> tuple[str, list[Headers]]:
        self._kept_back = []
        try:
            answer = freeswitch_apis.run(self.board, line)
        finally:
            kept, self._kept_back = self._kept_back, None
        return answer, kept

    def _tell(self, events: list[Headers]) -> None:
        for event in events:
            self._publish(event)


def _subscribe(client: Client, command: str, words: list[str]) -> str:
    """The reply to event, nixevent, noevents, filter and what else there is."""
    match command:
        case "event" if words:
            if words[0] in ("plain", "json", "xml"):
                client.json = words.pop(0) == "json"
            client.wants |= set(words)
            return f"+OK event listener enabled {'json' if client.json else 'plain'}"
        case "nixevent":
            client.wants -= set(words)
            return "+OK"
        case "noevents":
            client.wants.clear()
            return "+OK no longer listening for events"
        case "filter" if words[:1] == ["delete"]:
            client.filters = [one for one in client.filters if one[0] not in words[1:2]] if words[1:] else []
            return "+OK filter deleted."
        case "filter" if len(words) > 1:
            client.filters.append((words[0], " ".join(words[1:])))
            return f"+OK filter added. [{words[0]}]=[{client.filters[-1][1]}]"
        case "linger" | "nolinger" | "log" | "nolog" | "divert_events":
            return "+OK"
    return "-ERR command not found"


def _wanted(client: Client, event: Headers) -> bool:
    """Subscribed to by name (of custom events by subclass), and let through by one of the filters, if any."""
    names = {event["Event-Name"], event.get("Event-Subclass", "")} - {"CUSTOM", ""}
    subscribed = bool(names & client.wants) or bool(client.wants & {"ALL", "all"})
    return subscribed and (
        not client.filters or any(event.get(name) == value for name, value in client.filters)
    )


def _length(body: bytes) -> bytes:
    return f"Content-Length: {len(body)}\n".encode()


def _reply(client: Client, text: str) -> None:
    client.send(f"Content-Type: command/reply\nReply-Text: {text}\n\n".encode())
