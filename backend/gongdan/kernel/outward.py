"""Addresses that an administrator tells the product to call: what may be saved. kernel.addresses decides again, with the
very socket address, when one is connected to.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

from gongdan.kernel.addresses import network_of, refused
from gongdan.kernel.errors import Invalid

SCHEMES = ("http", "https")
WEB_PORTS = (80, 443)
FIRST_FREE_PORT = 1024  # those below belong to other services: mail, shells, directories
WIDEST = {4: 8, 6: 16}  # the shortest prefix of a network that may be allowed


def require_usable(address: str, allowed: Sequence[str]) -> None:
    """Raise Invalid unless it is http(s) in ASCII without credentials, to a port of the web or a free one, and no
    literal address inside a network that is not `allowed`: unusable_address, credentials_in_address, port_refused,
    address_refused."""
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
        raise _unusable("credentials_in_address", "An address holds no credentials.")
    if port is not None and port not in WEB_PORTS and port < FIRST_FREE_PORT:
        raise _unusable("port_refused", "Only ports 80, 443 and those from 1024 on are called.")
    if is_literal(parts.hostname) and refused(parts.hostname, allowed):
        raise _unusable("address_refused", "This address lies in a private network that is not allowed.")


def _unusable(code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, field="address")


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
    """The networks in their usual spelling, sorted. Raises Invalid("unusable_network")."""
    found = set()
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
        found.add(str(network))
    return sorted(found)
