"""Connections to addresses that somebody else chose: each resolved address is looked at before it is connected to,
and everything on the connection ends at one moment.

The moment is set by the asking thread (`until`), for httpcore knows limits per step only: a receiver that sends one byte
at a time would be waited for without end.
"""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore

from gongdan.kernel.addresses import AddressRefused, refused
from gongdan.modules.interception import threads

PIECE = 64 * 1024
_until: ContextVar[float] = ContextVar("until")
_connected: ContextVar[bool] = ContextVar("connected", default=False)


@contextmanager
def until(moment: float) -> Iterator[None]:
    """Everything on connections within the block ends at `moment` (time.monotonic) with TimeoutError."""
    token, other = _until.set(moment), _connected.set(False)
    try:
        yield
    finally:
        _until.reset(token)
        _connected.reset(other)


def connected_anew() -> bool:
    """Whether a connection was made within the block; otherwise one was used again."""
    return _connected.get()


def left() -> float:
    """Seconds that are left, more than 0. Raises TimeoutError when none are."""
    seconds = _until.get() - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the time limit has passed")
    return seconds


class GuardedBackend(httpcore.NetworkBackend):
    """Connects only to addresses of the world, and of the `allowed` networks (CIDR)."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.allowed = allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises AddressRefused when no address of the name may be used, OSError when none answers."""
        _connected.set(True)
        found = _resolved(host, port)
        usable = [ip for ip in found if not refused(ip, self.allowed)]
        if not usable:
            raise AddressRefused(
                f"the address {', '.join(found)[:120]} is inside a network that is not allowed"
            )
        return Stream(_connection(usable, port))


def _resolved(host: str, port: int) -> list[str]:
    """The addresses a name stands for now. The system's resolver knows no limit, so it is asked in a thread."""
    try:
        found = threads.within(
            left(), f"name {host}", lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
    except threads.Late as late:
        raise TimeoutError(f"the name is not resolved: {late}") from None
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def _connection(addresses: list[str], port: int) -> socket.socket:
    """To the first address that answers. Raises the last one's error."""
    for place, ip in enumerate(addresses, 1):
        try:
            connection = socket.create_connection((ip, port), left())
        except OSError:
            if place == len(addresses):
                raise
        else:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
    raise OSError("the name has no address")


class Stream(httpcore.NetworkStream):
    """A connection whose every step ends when the time is over."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.connection.settimeout(left())
        return self.connection.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        waiting = memoryview(buffer)
        while waiting:
            self.connection.settimeout(left())
            waiting = waiting[self.connection.send(waiting[:PIECE]) :]

    def close(self) -> None:
        self.connection.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            self.connection.settimeout(left())
            return Stream(ssl_context.wrap_socket(self.connection, server_hostname=server_hostname))
        except BaseException:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return self.connection if isinstance(self.connection, ssl.SSLSocket) else None
        if info == "is_readable":  # an idle connection that is readable was closed by the other side
            return _is_readable(self.connection)
        return self.connection if info == "socket" else None


def _is_readable(connection: socket.socket) -> bool:
    if connection.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))
