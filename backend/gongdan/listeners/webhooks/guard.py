"""What may be sent along, and where to: the very socket address is looked at when it is connected to.

Promise: no request leaves for an address that kernel.addresses refuses, whatever a name resolved to a moment ago,
because the check is made where the socket for that address is made. Redirects are not followed (see sending).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from typing import Any

from gongdan.kernel.addresses import AddressRefused, refused
from gongdan.kernel.errors import Invalid

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}").fullmatch
_VALUE = re.compile(r"[\t -~]{0,500}").fullmatch
# What the product says itself, or what decides how a request is read.
RESERVED = frozenset(
    "host content-length content-type connection transfer-encoding te trailer upgrade expect keep-alive"
    " proxy-authorization proxy-connection accept-encoding user-agent cookie".split()
)


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
