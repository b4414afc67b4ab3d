"""An interceptor as others write one: a small HTTP server on a real socket, told by the test how to behave."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler", dict[str, Any]], None]


@dataclass
class Question:
    """One question as it came."""

    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        return dict(json.loads(self.raw))


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1, so that connections are kept."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        question = Question({name.lower(): value for name, value in self.headers.items()}, raw)
        self.server.receiver.questions.append(question)
        self.server.receiver.behaviour(self, question.body)

    def answer(self, body: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """A whole answer; `body` bytes as they are, else as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(raw)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def hang_up(self) -> None:
        """Close without an answer."""
        self.close_connection = True
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002  the base class's name


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    receiver: Receiver

    def handle_error(self, request: Any, client_address: Any) -> None: ...

    def get_request(self) -> Any:
        self.receiver.connections += 1
        return super().get_request()


@dataclass
class Receiver:
    """`questions` so far; `released` lets those end that hang."""

    behaviour: Behaviour
    questions: list[Question] = field(default_factory=list)
    connections: int = 0
    released: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.receiver = self
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/ask"

    def says(self, body: Any, status: int = 200) -> None:
        """Answer every question so from now on."""
        self.behaviour = lambda handler, _question: handler.answer(body, status)

    def allows(self) -> None:
        self.says({"decision": "allow"})

    def hangs(self) -> None:
        """Answer nothing until released."""

        def behave(handler: Handler, _question: dict[str, Any]) -> None:
            self.released.wait(20)
            handler.hang_up()

        self.behaviour = behave
