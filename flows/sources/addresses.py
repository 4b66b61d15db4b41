"""Whether a resolved address may be dialled.

`ipaddress.is_global` is no answer: it passes NAT64, 6to4, site-local, IPv4-compatible and multicast addresses. So the
refused networks stand in a table, config/networks.toml, and an address that lies in none of them may be dialled.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from config.networks import Network


class AddressRefusedError(OSError):
    """A resolved address that a public source may not make us dial.

    It is an `OSError` because that is what a failing connect raises: a host with a further, allowed address is still reached.
    All have `errno` EACCES, which survives when several failures of one host are told as one.
    """

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(errno.EACCES, f"{address}: {reason}")


class AddressGuard:
    """The refused networks, and the door that every public connection goes through."""

    def __init__(self, networks: Iterable[Network]) -> None:
        self._refused = [(network.cidr, network.reason) for network in networks]

    def refusal(self, address: str) -> str | None:
        """Why `address`, a literal IP address, may not be dialled; None when it may.

        What is no IP address is refused as well: only an address that was looked at may be dialled.
        """
        try:
            parsed = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return "no IP address"
        return next((reason for network, reason in self._refused if parsed in network), None)

    def open_socket(self, target: tuple[Any, ...]) -> socket.socket:
        """Make the socket that will be connected to `target`, an entry as `socket.getaddrinfo` gives it.

        aiohttp calls this (`TCPConnector(socket_factory=...)`) for every address it is about to dial, after name resolution and
        for literal addresses too. What is checked here is therefore what is dialled: neither a redirect nor a name that
        resolves differently the second time gets by.

        Raises:
            AddressRefusedError: the address lies in a refused network.

        """
        family, kind, protocol, _, address = target
        if reason := self.refusal(str(address[0])):
            raise AddressRefusedError(str(address[0]), reason)
        return socket.socket(family, kind, protocol)
