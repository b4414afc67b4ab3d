"""A load generator that costs little: keep-alive connections, prepared bytes, one thread per connection.

It shares the two cores with what it measures, so it reads only what it must: the status and the body's length.
"""

from __future__ import annotations

import json
import socket
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class Connection:
    """One keep-alive HTTP/1.1 connection with a bearer token."""

    def __init__(self, port: int, token: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = f"Host: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n".encode()
        self.rest = b""

    def post(self, path: str, body: Any, key: str | None = None) -> tuple[int, bytes]:
        raw = json.dumps(body).encode()
        extra = f"Idempotency-Key: {key}\r\n".encode() if key else b""
        head = (
            f"POST /api/v1{path} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n"
        )
        return self._exchange(head.encode() + self.head + extra + b"\r\n" + raw)

    def get(self, path: str) -> tuple[int, bytes]:
        return self._exchange(f"GET /api/v1{path} HTTP/1.1\r\n".encode() + self.head + b"\r\n")

    def _exchange(self, request: bytes) -> tuple[int, bytes]:
        self.socket.sendall(request)
        data = self.rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end].lower()
        start = head.index(b"content-length:") + 15
        stop = head.find(b"\r\n", start)
        length = int(head[start : stop if stop >= 0 else None])
        while len(data) < end + 4 + length:
            data += self._more()
        self.rest = data[end + 4 + length :]
        return int(head[9:12]), data[end + 4 : end + 4 + length]

    def _more(self) -> bytes:
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data

    def close(self) -> None:
        self.socket.close()


@dataclass
class Measured:
    """What `run` found: requests per second of all clients together, and each one's time in milliseconds."""

    name: str
    seconds: float
    times: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def median(self) -> float:
        return statistics.median(self.times)


Step = Callable[[Connection, int, int], int]


def run(
    name: str, port: int, token: str, step: Step, *, clients: int, seconds: float = 0, count: int = 0
) -> Measured:
    """`step(connection, client, turn)` again and again on every client, for `seconds` or `count` turns in all.

    A step answers the HTTP status; anything but 2xx counts as refused and stops nothing.
    """
    measured = Measured(name, 0.0)
    deadline = time.monotonic() + seconds if seconds else float("inf")
    turns = count // clients if count else 10**9
    lock = threading.Lock()

    def work(client: int) -> None:
        connection = Connection(port, token)
        times: list[float] = []
        refused = 0
        for turn in range(turns):
            before = time.perf_counter()
            if time.monotonic() > deadline:
                break
            status = step(connection, client, turn)
            times.append((time.perf_counter() - before) * 1000)
            refused += not 200 <= status < 300
        connection.close()
        with lock:
            measured.times += times
            measured.refused += refused

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    measured.seconds = time.monotonic() - begin
    return measured
