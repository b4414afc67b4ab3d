"""A receiver: a small web server that keeps what it was sent and behaves as it is told."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 30.0  # seconds


@dataclass(frozen=True)
class Message:
    """A request as it came. Header names are lower case."""

    headers: dict[str, str]
    body: bytes

    @property
    def value(self) -> dict[str, Any]:
        return dict(json.loads(self.body))

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


Behaviour = Callable[[socket.socket, Message], None]


def answering(status: int = 200, body: bytes = b"ok", **headers: str) -> Behaviour:
    """A plain answer; headers by their names with underscores."""

    def behave(connection: socket.socket, message: Message) -> None:
        lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    return behave


class Receiver:
    """Listens on a port of its own until it is closed. `behave` answers; it may be replaced at any time."""

    def __init__(self, behave: Behaviour | None = None, host: str = "127.0.0.1") -> None:
        self.behave: Behaviour = behave or answering()
        self.messages: list[Message] = []
        self.changed = threading.Condition()
        self.open = 0  # requests under way
        self.most_open = 0
        receiver = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                while (message := _read(self.rfile)) is not None:
                    receiver._take(self.connection, message)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            request_queue_size = 128
            block_on_close = False

            def handle_error(self, request: Any, client_address: Any) -> None:
                """Senders that leave in the middle are what is tested."""

        self.server = Server((host, 0), Handler)
        self.port = int(self.server.server_address[1])
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def _take(self, connection: socket.socket, message: Message) -> None:
        with self.changed:
            self.messages.append(message)
            self.open += 1
            self.most_open = max(self.most_open, self.open)
            self.changed.notify_all()
        try:
            self.behave(connection, message)
        finally:
            with self.changed:
                self.open -= 1

    def wait(self, enough: Callable[[list[Message]], bool], seconds: float = PATIENCE) -> list[Message]:
        """What came, as soon as it is enough."""
        with self.changed:
            assert self.changed.wait_for(lambda: enough(self.messages), seconds), [
                one.value for one in self.messages
            ]
            return list(self.messages)

    def wait_for(self, count: int, seconds: float = PATIENCE) -> list[Message]:
        return self.wait(lambda messages: len(messages) >= count, seconds)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def _read(file: Any) -> Message | None:
    """The next request of a connection, None at its end."""
    if not file.readline():
        return None
    headers: dict[str, str] = {}
    while (line := file.readline().strip()) != b"":
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    return Message(headers, file.read(int(headers.get("content-length", "0"))))


@dataclass
class Until:
    """A point where behaviours wait until a test lets them go on."""

    passed: threading.Event = field(default_factory=threading.Event)

    def __call__(self, connection: socket.socket, message: Message) -> None:
        self.passed.wait(PATIENCE)
        answering()(connection, message)


def eventually(found: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What `found` answers as soon as it is true."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (answer := found()):
        assert time.monotonic() < deadline, "It did not come about in time."
        pause.wait(0.05)
    return answer
