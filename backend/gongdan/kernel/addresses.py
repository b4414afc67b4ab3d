"""Which network addresses the product may send requests to when somebody else chose the address.

Promise: nothing of this machine, its networks or their neighbours is reached (loopback, private, link-local, shared,
multicast, reserved, unspecified), nor through an IPv6 address that stands for such an IPv4 one. An administrator may
allow networks. The caller asks with the very address it is about to connect to, not with a name: names may answer
something else the next time. Registries: https://www.iana.org/assignments/iana-ipv4-special-registry (and ipv6).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_INNER4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_WORLD6 = IPv6Network("2000::/3")  # all else is loopback, local, multicast or not given out
_INNER6 = tuple(IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "3fff::/20"))
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")


class AddressRefused(Exception):
    """The address must not be connected to; the text says which and why."""


def refused(ip: str, allowed: Sequence[str] = ()) -> bool:
    """Whether `ip` (no name) must not be connected to. `allowed`: networks as CIDR. What is no address is refused."""
    try:
        address = ip_address(ip.partition("%")[0])
    except ValueError:
        return True
    forms = _forms(address)
    if any(form in network for network in _networks(tuple(allowed)) for form in forms):
        return False
    return any(_is_inner(form) for form in forms)


def network_of(text: str) -> Network:
    """The network `text` (CIDR, or one address) means. Raises ValueError."""
    return ip_network(text, strict=False)


def _forms(address: Address) -> tuple[Address, ...]:
    """What the address stands for: itself, or the IPv4 address carried within it."""
    if isinstance(address, IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return (address, address.sixtofour) if address.sixtofour is not None else (address,)


def _is_inner(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return any(address in network for network in _INNER4)
    return address not in _WORLD6 or any(address in network for network in _INNER6)


@lru_cache(maxsize=1024)
def _networks(allowed: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(network_of(text) for text in allowed)
