"""Which addresses a public source may make us dial."""

from __future__ import annotations

import socket

import pytest

from config.networks import load_networks
from flows.sources.addresses import AddressGuard, AddressRefusedError

REFUSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:a9fe:a9fe ::ffff:0:7f00:1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
64:ff9b:1::1 100::1 100:0:0:1::1 2001::1 2001:0:7f00:1:: 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::1
3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fe80::1%25lo fec0::1 ff02::1 ff05::2 4000::1 8000::1 e000::1
""".split()

DIALLED = (
    "8.8.8.8 1.1.1.1 9.255.255.255 100.63.255.255 100.128.0.0 172.32.0.1 192.0.1.1 223.255.255.255 2606:4700::1111 2a00:1450::1".split()
)


@pytest.fixture(scope="module")
def guard() -> AddressGuard:
    return AddressGuard(load_networks())


@pytest.mark.fault
@pytest.mark.parametrize("address", REFUSED)
def test_special_addresses_are_refused_with_their_reason(guard: AddressGuard, address: str) -> None:
    """Every special-purpose address is refused, and the refusal says by which RFC."""
    assert "RFC" in (guard.refusal(address) or "")


@pytest.mark.parametrize("address", DIALLED)
def test_public_addresses_may_be_dialled(guard: AddressGuard, address: str) -> None:
    """Ordinary unicast addresses, also those right beside a refused network, are not in the table."""
    assert guard.refusal(address) is None


@pytest.mark.fault
@pytest.mark.parametrize("nonsense", ["", "localhost", "0x7f.1", "127.1", "2130706433", "１２７.0.0.1", "[::1]"])
def test_what_is_no_address_is_refused(guard: AddressGuard, nonsense: str) -> None:
    """Only an address that was looked at may be dialled; names and old spellings are none."""
    assert guard.refusal(nonsense)


def test_a_refused_address_gets_no_socket(guard: AddressGuard) -> None:
    """The socket for a refused address is never made."""
    with pytest.raises(AddressRefusedError, match="loopback"):
        guard.open_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 80)))
