"""No request goes inwards, however the address is written, unless an administrator allowed the network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdan.kernel.addresses import refused

INWARDS = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",  # noqa: S104
    "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.7",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "2001::1", "fec0::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:1::",
    "::7f00:1", "100::1", "3fff::1",
]  # fmt: skip
OUTWARDS = ["1.1.1.1", "8.8.8.8", "172.32.0.1", "172.15.0.1", "100.128.0.1", "192.169.0.1", "2606:4700::1111"]
OUTWARDS += ["2a00:1450::1", "64:ff9b::101:101", "2002:101:101::1", "::ffff:1.1.1.1"]


@pytest.mark.parametrize("ip", INWARDS)
def test_inner_addresses_are_refused(ip: str) -> None:
    assert refused(ip)


@pytest.mark.parametrize("ip", OUTWARDS)
def test_outer_addresses_are_not(ip: str) -> None:
    assert not refused(ip)


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f.1", "2130706433", "1.2.3.4.5", "[::1]"])
def test_what_is_no_address_is_refused(text: str) -> None:
    assert refused(text)


def test_an_allowed_network_opens_itself_and_nothing_else() -> None:
    assert not refused("10.1.2.3", ["10.1.0.0/16"])
    assert not refused("::ffff:10.1.2.3", ["10.1.0.0/16"])
    assert not refused("fd12::1", ["fd12::/64"])
    assert refused("10.2.2.3", ["10.1.0.0/16"])
    assert refused("127.0.0.1", ["10.1.0.0/16"])


@given(st.ip_addresses(v=4))
def test_an_ipv6_form_is_judged_as_the_ipv4_address_it_stands_for(address: IPv4Address) -> None:
    number = int(address)
    for form in (IPv6Address((0xFFFF << 32) | number), IPv6Address((0x64FF9B << 96) | number)):
        assert refused(str(form)) == refused(str(address))
    if refused(str(address)):
        assert refused(str(IPv6Address((0x2002 << 112) | (number << 80))))


@given(st.ip_addresses())
def test_what_the_standard_library_calls_private_is_refused(address: IPv4Address | IPv6Address) -> None:
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or str(address).startswith("64:ff9b::")):
        return  # judged by what they carry, above
    if address.is_private or address.is_multicast or address.is_link_local or address.is_reserved:
        assert refused(str(address))
