"""Which addresses a public source may make us dial."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.networks import load_networks
from flows.sources.addresses import AddressGuard, AddressRefusedError

REFUSED = Path(__file__).with_name("refused_addresses.txt").read_text(encoding="utf-8").split()

DIALLED = Path(__file__).with_name("public_addresses.txt").read_text(encoding="utf-8").split()


@pytest.fixture(scope="module")
def guard() -> AddressGuard:
    """The guard with the shipped table."""
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


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[[network]]\ncidr = "10.0.0.0/33"\nreason = "x"', "network.0.cidr"),
        ('[[network]]\ncidr = "10.0.0.0/8"', "network.0.reason: missing"),
        ("network = []", "network"),
    ],
)
def test_a_broken_table_is_named_and_never_half_used(tmp_path: Path, content: str, said: str) -> None:
    """A guard with a hole is worse than none: the file is refused, with the place."""
    path = tmp_path / "networks.toml"
    path.write_text(content)
    with pytest.raises(ConfigError, match=said):
        load_networks(path)
