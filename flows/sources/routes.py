"""Which way a request goes: through the guard to the public network, or to a server of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yarl import URL

from flows.sources.failures import NeverGood

if TYPE_CHECKING:
    from collections.abc import Iterable

    from config.feeds import Feed


@dataclass(frozen=True, slots=True)
class Route:
    """How one address is reached."""

    local: bool = False
    """A declared server of one's own, which may live on a private address."""
    dial: str | None = None
    """host:port to connect to in place of what the name resolves to."""

    def target(self, url: URL) -> URL:
        """The address to connect to for `url`."""
        if not self.dial:
            return url
        host, _, port = self.dial.rpartition(":")
        return url.with_host(host).with_port(int(port))


PUBLIC = Route()


class Routes:
    """The ways there are: public ports for all, and the servers that the operator declared local, for local feeds alone."""

    def __init__(self, feeds: Iterable[Feed], ports: Iterable[int]) -> None:
        """Declare the server of each local feed among `feeds`; `ports` may be dialled on public hosts."""
        self._ports = frozenset(ports)
        declared = [(URL(feed.url), feed.dial) for feed in feeds if feed.local]
        self._local = {(url.host, url.port): Route(local=True, dial=dial) for url, dial in declared}

    def first(self, url: URL, *, local: bool, dial: str | None) -> Route:
        """The way to an address that a feed names: the feed itself, or an entry of it.

        A local feed may name public addresses as well; those go the public way, through the guard.

        Raises:
            NeverGood: a port that may not be dialled.

        """
        if local and dial:
            return Route(local=True, dial=dial)
        declared = self._local.get((url.host, url.port)) if local else None
        return declared or self._public(url)

    def onward(self, route: Route, origin: URL, url: URL) -> Route:
        """The way from `origin`, reached by `route`, to `url`, where it redirects.

        Raises:
            NeverGood: from https down to http, from a local server to one that is not declared, or to a refused port.

        """
        if origin.scheme == "https" and url.scheme == "http":
            raise NeverGood("refused-redirect", str(origin), f"from https down to {url}")
        if not route.local:
            return self._public(url)
        if (origin.host, origin.port) == (url.host, url.port):
            return route
        if declared := self._local.get((url.host, url.port)):
            return declared
        raise NeverGood("refused-redirect", str(origin), f"a local source redirects to {url}, which no local feed declares")

    def _public(self, url: URL) -> Route:
        if url.port not in self._ports:
            raise NeverGood("refused-port", str(url), f"port {url.port} is not among {sorted(self._ports)}")
        return PUBLIC
