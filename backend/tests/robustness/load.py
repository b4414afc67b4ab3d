"""Clients that work on while the product is being killed: each opens tickets and sees them through, never giving up.

A request that got no answer, or was told to come again (503), is sent again with the same Idempotency-Key until it is
acknowledged. What was acknowledged is written down; whatever else was answered is a complaint.
"""

from __future__ import annotations

import http.client
import json
import threading
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.robustness.installation import GLANCE, PATIENCE, Installation

PATH = "/api/v1/tickets"
STEPS: list[tuple[str, str, dict[str, Any], list[str]]] = [
    ("clerk", "accept", {}, ["TicketAccepted"]),
    ("agent", "append", {"body": "客户又打来了"}, ["TicketAppended"]),
    ("clerk", "process", {"result": "已修复"}, ["TicketProcessed", "TicketResolved", "TicketClosed"]),
]
_pause = threading.Event()


@dataclass
class Acknowledged:
    """A ticket and the events it must have, in order."""

    number: str
    events: list[str] = field(default_factory=lambda: ["TicketOpened", "TicketSubmitted"])


class Client(threading.Thread):
    """One client's life. `tickets` grows by what was acknowledged."""

    def __init__(self, installation: Installation, name: str, tokens: dict[str, str]) -> None:
        super().__init__(name=name, daemon=True)
        self.installation = installation
        self.tokens = tokens
        self.stopping = threading.Event()
        self.tickets: list[Acknowledged] = []
        self.complaints: list[str] = []
        self.retries = 0
        self.last: tuple[str, dict[str, Any]] = ("", {})
        self.connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        for n in count():
            if self.stopping.is_set():
                break
            self._live_through(f"{self.name}-{n}", steps=n % 4)
        self._hang_up()

    def _live_through(self, key: str, steps: int) -> None:
        """Open a ticket and do the first of its `steps`, so that tickets rest at all places."""
        body = {"category": "consultation", "body": f"{key}: 宽带断了。"}
        self.last = (key, body)
        opened = self._until_acknowledged("agent", "", body, key)
        if opened is None:
            return
        ticket = Acknowledged(opened["number"])
        self.tickets.append(ticket)
        for who, verb, args, events in STEPS[:steps]:
            path = f"/{ticket.number}/actions/{verb}"
            if self._until_acknowledged(who, path, args, f"{key}-{verb}") is None:
                return
            ticket.events += events

    def sent_again(self) -> str:
        """The number that is answered when the last opening is sent once more with its key."""
        key, body = self.last
        number = self._until_acknowledged("agent", "", body, key)["number"]
        self._hang_up()
        return str(number)

    def _until_acknowledged(self, who: str, path: str, body: dict[str, Any], key: str) -> Any:
        """The answer; None when it was refused."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}", "Idempotency-Key": key}
        raw = json.dumps(body).encode()
        while True:
            try:
                status, answer = self._send(path, raw, headers)
            except (OSError, http.client.HTTPException):
                self._hang_up()
            else:
                if status in {200, 201}:
                    return json.loads(answer)
                if status != 503:
                    self.complaints.append(f"{key} {path}: {status} {answer.decode(errors='replace')[:300]}")
                    return None
            self.retries += 1
            _pause.wait(GLANCE)

    def _send(self, path: str, raw: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        if self.connection is None:
            port = self.installation.port
            self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        headers = {**headers, "Content-Type": "application/json"}
        self.connection.request("POST", PATH + path, raw, headers)
        response = self.connection.getresponse()
        return response.status, response.read()

    def _hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Crowd:
    """Several clients at once."""

    def __init__(self, installation: Installation, tokens: dict[str, str], size: int = 4) -> None:
        self.clients = [Client(installation, f"client{n}", tokens) for n in range(size)]

    def start(self) -> None:
        for one in self.clients:
            one.start()

    def done(self) -> int:
        """Acknowledged requests so far."""
        return sum(len(ticket.events) for one in self.clients for ticket in list(one.tickets))

    def stop(self) -> None:
        """Let everyone finish the request at hand."""
        for one in self.clients:
            one.stopping.set()
        for one in self.clients:
            one.join(PATIENCE)
            assert not one.is_alive()

    def complaints(self) -> list[str]:
        return [words for one in self.clients for words in one.complaints]

    def tickets(self) -> list[Acknowledged]:
        return [ticket for one in self.clients for ticket in one.tickets]
