"""Which addresses may be called: the text when it is saved, and the very socket address when it is connected to.

Promise: no request leaves for an address that kernel.addresses refuses, whatever a name resolved to a moment ago,
because the check is made where the socket for that address is made. Redirects are not followed (see sending).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from gongdan.kernel.addresses import AddressRefused, network_of, refused
from gongdan.kernel.errors import Invalid

SCHEMES = ("http", "https")
WEB_PORTS = (80, 443)
FIRST_FREE_PORT = 1024  # those below belong to other services: mail, shells, directories
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}").fullmatch
_VALUE = re.compile(r"[\t -~]{0,500}").fullmatch
# What the product says itself, or what decides how a request is read.
RESERVED = frozenset(
    "host content-length content-type connection transfer-encoding te trailer upgrade expect keep-alive"
    " proxy-authorization proxy-connection accept-encoding user-agent cookie".split()
)
WIDEST = {4: 8, 6: 16}  # the shortest prefix of a network that may be allowed


def require_usable(address: str, allowed: Sequence[str]) -> None:
    """Raise Invalid unless this is an address that may be told: http(s), no credentials, no inner literal address."""
    if not address.isascii() or any(char <= " " for char in address):
        raise _unusable("unusable_address", "The address must be a URL in ASCII, without blanks.")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _unusable("unusable_address", "The address is not a URL.") from None
    if parts.scheme not in SCHEMES or not parts.hostname or parts.fragment:
        raise _unusable("unusable_address", "The address must begin with https:// or http://.")
    if parts.username is not None or parts.password is not None:
        raise _unusable("credentials_in_address", "Put credentials into a header, not into the address.")
    if not port_allowed(port):
        raise _unusable("port_refused", "Only ports 80, 443 and those from 1024 on are called.")
    if is_literal(parts.hostname) and refused(parts.hostname, allowed):
        raise _unusable("address_refused", "This address lies in a private network that is not allowed.")


def _unusable(code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, field="address")


def port_allowed(port: int | None) -> bool:
    return port is None or port in WEB_PORTS or port >= FIRST_FREE_PORT


def is_literal(host: str) -> bool:
    """Whether a host is an IP address, in any spelling a resolver takes for one (127.1, 0x7f000001)."""
    if ":" in host:
        return True
    try:
        socket.inet_aton(host)
    except OSError:
        return False
    return True


def require_networks(texts: Sequence[str]) -> list[str]:
    """The networks in their usual spelling. Raises Invalid("unusable_network")."""
    found = []
    for text in texts:
        try:
            network = network_of(text.strip())
        except ValueError:
            network = None
        if network is None or network.prefixlen < WIDEST[network.version]:
            raise Invalid(
                "unusable_network",
                "A network is written like 10.1.0.0/16 and is no wider than /8 (IPv6: /16).",
                field="allowed_networks",
                network=text,
            )
        found.append(str(network))
    return sorted(set(found))


def require_headers(headers: dict[str, str]) -> None:
    """Raise Invalid("unusable_header") for what may not be sent along."""
    for name, value in headers.items():
        lower = name.lower()
        if not _TOKEN(name) or not _VALUE(value) or lower in RESERVED or lower.startswith("webhook-"):
            raise Invalid(
                "unusable_header", "This header cannot be sent along.", field="headers", header=name[:64]
            )


def guarded_sockets(allowed: Sequence[str]) -> Callable[[Any], socket.socket]:
    """What makes the sockets of a connector: it is given the address about to be connected to, and refuses."""

    def make(info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, place = info
        if refused(str(place[0]), allowed):
            raise AddressRefused(f"{place[0]} lies in a private network that is not allowed.")
        return socket.socket(family, kind, protocol)

    return make
