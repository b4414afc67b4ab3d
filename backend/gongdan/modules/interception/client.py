"""Asks over HTTP: one POST, no redirects, no proxies of the environment, a small answer, all within one time limit.

Connections are used again, per set of allowed networks, so that none that one interceptor may use serves another.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Mapping

import certifi
import httpcore

from gongdan.kernel.addresses import AddressRefused
from gongdan.modules.interception import network

LARGEST = 64 * 1024
IDLE = 4.0  # seconds; below what servers usually keep idle connections for


class Failed(Exception):
    """No usable answer; the text says why, `excerpt` what came."""

    def __init__(self, reason: str, excerpt: bytes = b"") -> None:
        super().__init__(reason)
        self.excerpt = excerpt


_pools: dict[tuple[str, ...], httpcore.ConnectionPool] = {}
_lock = threading.Lock()


def post(
    address: str, body: bytes, headers: Mapping[str, str], *, seconds: float, networks: tuple[str, ...] = ()
) -> bytes:
    """The body of the answer to a POST, which must be a 200. Raises Failed."""
    moment = time.monotonic() + seconds
    try:
        return _once_more_if_stale(address, body, headers, moment, networks)
    except Failed:
        raise
    except (TimeoutError, httpcore.TimeoutException):
        raise Failed(f"no answer within {round(seconds * 1000)} ms") from None
    except AddressRefused as error:
        raise Failed(str(error)) from None
    except ssl.SSLError as error:
        raise Failed(f"TLS failed: {_words(error)}") from None
    except (OSError, httpcore.NetworkError) as error:
        raise Failed(f"the connection failed: {_words(error)}") from None
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, ValueError) as error:
        raise Failed(f"no HTTP answer: {_words(error)}") from None


def _words(error: Exception) -> str:
    return str(error)[:160] or type(error).__name__


def _once_more_if_stale(
    address: str, body: bytes, headers: Mapping[str, str], moment: float, networks: tuple[str, ...]
) -> bytes:
    with network.until(moment):
        try:
            return _post(address, body, headers, networks)
        except (ConnectionError, httpcore.RemoteProtocolError):
            if network.connected_anew():
                raise
    with network.until(moment):  # the other side gave up a connection that was idle just then
        return _post(address, body, headers, networks)


def _post(address: str, body: bytes, headers: Mapping[str, str], networks: tuple[str, ...]) -> bytes:
    limit = {"pool": network.left()}
    with _pool(networks).stream(
        "POST", address, headers=list(headers.items()), content=body, extensions={"timeout": limit}
    ) as answer:
        raw = bytearray()
        for piece in answer.iter_stream():
            raw += piece
            if len(raw) > LARGEST:
                raise Failed(f"the answer is larger than {LARGEST // 1024} KiB", bytes(raw[:500]))
    if answer.status != 200:
        also = "; redirects are not followed" if 300 <= answer.status < 400 else ""
        raise Failed(f"it answered {answer.status}{also}", bytes(raw[:500]))
    return bytes(raw)


def _pool(networks: tuple[str, ...]) -> httpcore.ConnectionPool:
    with _lock:
        if networks not in _pools:
            _pools[networks] = httpcore.ConnectionPool(
                ssl_context=_trust(),
                max_connections=32,
                max_keepalive_connections=16,
                keepalive_expiry=IDLE,
                network_backend=network.GuardedBackend(networks),
            )
        return _pools[networks]


def _trust() -> ssl.SSLContext:
    """The authorities of the machine, where a company's own may be, and the usual ones."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def close() -> None:
    """Close every connection."""
    with _lock:
        for pool in _pools.values():
            pool.close()
        _pools.clear()
