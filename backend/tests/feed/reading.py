"""Reading the feed as others do: ask the API, follow its redirection to a real live process, read what comes."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.client import BASE, Client

PATIENCE = 20.0  # seconds


@dataclass
class Message:
    """One block of an event stream; `data` is None in a heartbeat, whose `id` moves the place all the same."""

    id: str = ""
    event: str = ""
    data: Any = None


class EventStream:
    """An open text/event-stream."""

    def __init__(self, port: int, address: str, last_event_id: str = "") -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.http.request("GET", address, headers={"Last-Event-ID": last_event_id} if last_event_id else {})
        self.response = self.http.getresponse()

    def next(self) -> Message:
        """The next block that carries an id; EOFError at the end."""
        message = Message()
        while line := self.response.readline():
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name == "id":
                message.id = value
            elif name == "event":
                message.event = value
            elif name == "data":
                message.data = json.loads(value)
            elif not name and message.id:
                return message
        raise EOFError

    def event(self) -> dict[str, Any]:
        """The next event."""
        while True:
            message = self.next()
            if message.data is not None:
                assert (message.id, message.event) == (message.data["cursor"], message.data["type"])
                found: dict[str, Any] = message.data
                return found

    def events(self, count: int) -> list[dict[str, Any]]:
        return [self.event() for _ in range(count)]

    def until(self, type_: str) -> list[dict[str, Any]]:
        """All events up to the first of this type."""
        found = [self.event()]
        while found[-1]["type"] != type_:
            found.append(self.event())
        return found

    def beat(self) -> str:
        """Wait for a heartbeat; its place."""
        while (message := self.next()).data is not None:
            pass
        return message.id

    def close(self) -> None:
        self.response.close()
        self.http.close()


class Feed:
    """Readers of one live process."""

    def __init__(self, port: int, pid: int) -> None:
        self.port = port
        self.pid = pid
        self.open: list[EventStream] = []

    def stream(self, client: Client, *, last_event_id: str = "", **query: Any) -> EventStream:
        stream = self.raw(address(client, stream=True, **query), last_event_id)
        assert stream.response.status == 200
        assert stream.response.headers["Content-Type"] == "text/event-stream"
        return stream

    def raw(self, address: str, last_event_id: str = "") -> EventStream:
        stream = EventStream(self.port, address, last_event_id)
        self.open.append(stream)
        return stream

    def asking(self, client: Client, **query: Any) -> http.client.HTTPConnection:
        """A long poll under way; `answered` reads its answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", address(client, **query))
        return connection

    def answered(self, asking: http.client.HTTPConnection) -> dict[str, Any]:
        response = asking.getresponse()
        body = response.read()
        asking.close()
        assert response.status == 200, body
        found: dict[str, Any] = json.loads(body)
        return found

    def poll(self, client: Client, **query: Any) -> dict[str, Any]:
        """What a long poll brings, from whichever process."""
        response = client.django.get(f"{BASE}/events", query, headers=client.headers)
        if response.status_code == 200:
            at_once: dict[str, Any] = response.json()
            return at_once
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", _target(response.headers["Location"]))
        return self.answered(connection)

    def close(self) -> None:
        for stream in self.open:
            stream.close()


def address(client: Client, *, stream: bool = False, **query: Any) -> str:
    """Where the API sends a reader who wants to wait, without its host."""
    headers = {**client.headers, **({"Accept": "text/event-stream"} if stream else {})}
    response = client.django.get(f"{BASE}/events", query, headers=headers)
    assert response.status_code == 307, response.content
    return _target(response.headers["Location"])


def _target(location: str) -> str:
    parts = urlsplit(location)
    return f"{parts.path}?{parts.query}"


def plain(client: Client, after: str | None = None, limit: int = 100, **query: Any) -> list[dict[str, Any]]:
    """Everything from a cursor on, page after page."""
    found: list[dict[str, Any]] = []
    while True:
        page = client.get("/events", after=after, limit=limit, **query)
        assert page.status == 200, page.body
        found += page["events"]
        if page["cursor"] == after:
            return found
        after = page["cursor"]


def end_of(client: Client) -> str:
    return str(client.get("/events", after="now")["cursor"])
