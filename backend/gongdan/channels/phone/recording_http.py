"""Fetching a recording by HTTP(S): streamed, bounded, and only from where an administrator said.

Promise: connects to the host of the system's recording address, if kernel.addresses lets one, or else only into its
allowed networks; the very socket address is looked at. Follows no redirect, takes no proxy from the environment, sends
the password to no other place than the recording address, ends within SECONDS.
"""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from gongdan.kernel.addresses import network_of, refused

SECONDS = 300.0  # a whole fetch
STEP = 20.0  # one step of it
PIECE = 1 << 18
WEB = {"http": 80, "https": 443}


class NotFetched(Exception):
    """It did not come; the words say why, without secrets. `for_good`: trying again is no use."""

    def __init__(self, words: str, *, for_good: bool = False) -> None:
        super().__init__(words)
        self.for_good = for_good


@dataclass(frozen=True, slots=True)
class Place:
    """Where a system has its recordings, and who may be asked."""

    address: str
    username: str
    secret: str
    allowed: tuple[str, ...]


def fetched(url: str, place: Place) -> Iterator[bytes]:
    """The body, piece by piece. `url` is absolute or relative to the place. Raises NotFetched."""
    target = _target(url, place)
    own = _origin(target) == _origin(urlsplit(place.address))
    until = time.monotonic() + SECONDS
    connection = _connection(target, place.allowed, strict=not own)
    end = threading.Timer(SECONDS, _cut, [connection])  # who drips headers would be waited for without end
    end.daemon = True
    end.start()
    try:
        yield from _asked(connection, target, _headers(place) if own else {}, until)
    except http.client.HTTPException as error:
        raise NotFetched(f"The answer could not be read ({type(error).__name__}).") from None
    except TimeoutError:
        raise NotFetched("The recording did not come in time.") from None
    except ssl.SSLError as error:
        raise NotFetched(f"No secure connection: {error.reason or 'unknown'}.") from None
    except OSError as error:
        raise NotFetched(f"No connection: {error.strerror or type(error).__name__}.") from None
    finally:
        end.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _target(url: str, place: Place) -> SplitResult:
    """Relative ones below the address's folder."""
    base = place.address if place.address.endswith("/") else f"{place.address}/"
    try:
        target = urlsplit(urljoin(base, url) if place.address else url)
        _ = target.port
    except ValueError:
        raise NotFetched("The recording's address is no URL.") from None
    if target.scheme not in WEB or not target.hostname or target.username is not None:
        raise NotFetched("The recording has no address to fetch it from; set the system's recording address.")
    if any(char <= " " or char > "~" for char in target.geturl()):
        raise NotFetched("The recording's address holds characters no URL may hold.")
    return target


def _origin(target: SplitResult) -> tuple[str, str | None, int | None]:
    return target.scheme, target.hostname, target.port or WEB.get(target.scheme)


def _headers(place: Place) -> dict[str, str]:
    if not place.username:
        return {}
    pair = f"{place.username}:{place.secret}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _connection(target: SplitResult, allowed: tuple[str, ...], *, strict: bool) -> http.client.HTTPConnection:
    assert target.hostname is not None
    port = target.port or WEB[target.scheme]

    def connect(_: Any, timeout: Any = None, source: Any = None) -> socket.socket:
        return _socket(target.hostname or "", port, allowed, strict=strict)

    made: http.client.HTTPConnection = (
        http.client.HTTPSConnection(target.hostname, port, context=ssl.create_default_context())
        if target.scheme == "https"
        else http.client.HTTPConnection(target.hostname, port)
    )
    made._create_connection = connect  # type: ignore[attr-defined]  # where both make their socket
    return made


def _socket(host: str, port: int, allowed: tuple[str, ...], *, strict: bool) -> socket.socket:
    """To the first address of the name that may be used and answers."""
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    usable = [ip for ip in dict.fromkeys(found) if _may(ip, allowed, strict=strict)]
    if not usable:
        raise NotFetched(
            "The recording lies on a host that is not allowed; see the system's allowed networks."
        )
    for place, ip in enumerate(usable, 1):
        try:
            return socket.create_connection((ip, port), STEP)
        except OSError:
            if place == len(usable):
                raise
    raise AssertionError("unreachable")


def _may(ip: str, allowed: tuple[str, ...], *, strict: bool) -> bool:
    if strict and not any(ip_address(ip.partition("%")[0]) in network_of(text) for text in allowed):
        return False
    return not refused(ip, allowed)


def _asked(
    connection: http.client.HTTPConnection, target: SplitResult, headers: dict[str, str], until: float
) -> Iterator[bytes]:
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    connection.request("GET", path, headers={"Accept-Encoding": "identity", **headers})
    response = connection.getresponse()
    if response.status != http.client.OK:
        raise NotFetched(f"The place of recordings answered {response.status}.")
    while piece := response.read1(PIECE):
        if time.monotonic() > until:
            raise TimeoutError
        yield piece
    if time.monotonic() > until:
        raise TimeoutError
    if response.length:  # what is still owed of Content-Length
        raise NotFetched("The recording broke off.")
