"""Where requests may go: the very socket address is looked at when it is connected to.

Promise: no request leaves for an address that kernel.addresses refuses, whatever a name resolved to a moment ago,
because the check is made where the socket for that address is made. It is for whoever sends not to follow redirects.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from typing import Any

from gongdan.kernel.addresses import AddressRefused, refused


def guarded_sockets(allowed: Sequence[str]) -> Callable[[Any], socket.socket]:
    """What makes the sockets of a connector: it is given the address about to be connected to, and refuses with
    AddressRefused. `allowed`: networks as CIDR."""

    def make(info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, place = info
        if refused(str(place[0]), allowed):
            raise AddressRefused(f"{place[0]} lies in a private network that is not allowed.")
        return socket.socket(family, kind, protocol)

    return make
