"""No spelling, name or redirect makes a public request reach a private server."""

from __future__ import annotations

import itertools
import socket
from asyncio.selector_events import BaseSelectorEventLoop
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from config.feeds import Feed
from config.settings import Fetching
from flows.sources.failures import FetchError, NeverGood
from flows.sources.fetching import Fetcher
from tests.sources.conftest import Server, Trap

Serve = Callable[..., Awaitable[Server]]

SPELLINGS = Path(__file__).with_name("private_spellings.txt").read_text(encoding="utf-8").split()

REFUSED = {"refused-address", "refused-url", "refused-port", "refused-redirect", "unreachable"}


class Stub(AbstractResolver):
    """Resolves every name to the next of the given addresses, as a hostile name server would."""

    def __init__(self, *addresses: str) -> None:
        self._answers = itertools.cycle(addresses)
        self.asked = 0

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        """Answer with the next address."""
        self.asked += 1
        address = next(self._answers)
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def open_ports(limits: Fetching, trap: Trap) -> Fetching:
    """Limits that let the trap's port pass, so that only its address can stop us; one second to connect."""
    return limits.model_copy(update={"ports": (80, 443, trap.port), "connect_deadline_s": 1.0})


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every address that a socket of the event loop is connected to."""
    addresses: list[object] = []
    connect = BaseSelectorEventLoop.sock_connect

    async def remember(self: BaseSelectorEventLoop, sock: socket.socket, address: object) -> None:
        addresses.append(address)
        await connect(self, sock, address)

    monkeypatch.setattr(BaseSelectorEventLoop, "sock_connect", remember)
    return addresses


def test_there_are_at_least_sixty_spellings() -> None:
    """The list below is worth its name."""
    assert len(set(SPELLINGS)) >= 60


@pytest.mark.fault
async def test_no_spelling_of_a_private_address_is_dialled(open_ports: Fetching, trap: Trap, dialled: list[object]) -> None:
    """Decimal, octal, hexadecimal, full-width, mapped, translated: the trap sees nobody, and no other address is tried."""
    async with Fetcher(open_ports) as fetcher:
        for spelling in SPELLINGS:
            with pytest.raises(FetchError) as failure:
                await fetcher.get(f"http://{spelling}:{trap.port}/")
            assert failure.value.reason in REFUSED, spelling
    assert trap.visits == 0
    assert dialled == []


@pytest.mark.fault
async def test_no_redirect_leads_to_a_private_address(
    open_ports: Fetching, trap: Trap, serve: Serve, make_feed: Callable[..., Feed]
) -> None:
    """A local source that redirects to each of the spellings is not followed to any."""

    async def away(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": f"http://{SPELLINGS[int(request.query['n'])]}:{trap.port}/"})

    server = await serve(away)
    async with Fetcher(open_ports, [make_feed(server.url(), local=True)]) as fetcher:
        for number in range(len(SPELLINGS)):
            with pytest.raises(NeverGood):
                await fetcher.get(server.url(f"/?n={number}"), local=True)
    assert trap.visits == 0
    assert len(server.requests) == len(SPELLINGS)


@pytest.mark.fault
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "169.254.169.254", "10.0.0.1", "0.0.0.0"])
async def test_a_name_that_resolves_to_a_private_address_is_refused(open_ports: Fetching, trap: Trap, address: str) -> None:
    """What counts is the address that would be dialled, not the name."""
    async with Fetcher(open_ports, resolver=Stub(address)) as fetcher:
        with pytest.raises(NeverGood, match="refused-address"):
            await fetcher.get(f"http://innocent.example:{trap.port}/")
    assert trap.visits == 0


@pytest.mark.fault
async def test_a_name_that_changes_its_address_is_refused(open_ports: Fetching, trap: Trap) -> None:
    """Rebinding: each look-up answers with another private address; a thousand names, no visit."""
    short = open_ports.model_copy(update={"connect_deadline_s": 0.05})
    resolver = Stub("127.0.0.1", "::1", "0.0.0.0", "::ffff:127.0.0.1")
    async with Fetcher(short, resolver=resolver) as fetcher:
        for number in range(1000):
            with pytest.raises(NeverGood, match="refused-address"):
                await fetcher.get(f"http://n{number}.example:{trap.port}/")
    assert resolver.asked == 1000
    assert trap.visits == 0


@pytest.mark.fault
async def test_a_public_source_does_not_reach_a_declared_local_server(
    open_ports: Fetching, serve: Serve, make_feed: Callable[..., Feed]
) -> None:
    """That a server is declared local helps local feeds only, even while a connection to it stands open."""

    async def page(request: web.Request) -> web.Response:
        return web.Response(text="ours")

    server = await serve(page)
    ports = open_ports.model_copy(update={"ports": (server.port,)})
    async with Fetcher(ports, [make_feed(server.url(), local=True)]) as fetcher:
        await fetcher.get(server.url(), local=True)
        with pytest.raises(NeverGood, match="refused-address"):
            await fetcher.get(server.url())
    assert len(server.requests) == 1


@pytest.mark.fault
async def test_a_local_feed_does_not_vouch_for_other_private_servers(
    open_ports: Fetching, trap: Trap, make_feed: Callable[..., Feed]
) -> None:
    """An entry of a local feed that names an undeclared private address goes the public way, and is refused."""
    async with Fetcher(open_ports, [make_feed("http://127.0.0.1:1/feed", local=True)]) as fetcher:
        with pytest.raises(NeverGood, match="refused-address"):
            await fetcher.get(f"http://127.0.0.1:{trap.port}/", local=True)
    assert trap.visits == 0


@pytest.mark.fault
async def test_proxies_in_the_environment_are_ignored(open_ports: Fetching, trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would dial for us, behind the guard's back."""
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{trap.port}")
    async with Fetcher(open_ports, resolver=Stub("10.0.0.1")) as fetcher:
        with pytest.raises(NeverGood, match="refused-address"):
            await fetcher.get("http://innocent.example/")
    assert trap.visits == 0


@pytest.mark.fault
@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/", "refused-url"),
        ("file:///etc/passwd", "refused-url"),
        ("javascript:alert(1)", "refused-url"),
        ("http://", "refused-url"),
        ("http://[::1", "refused-url"),
        ("/etc/passwd", "refused-url"),
        ("", "refused-url"),
        ("http://user:secret@news.example/", "refused-url"),
        ("http://news.example:22/", "refused-port"),
        ("https://news.example:8443/", "refused-port"),
        ("http://" + "a" * 70 + ".example/", "refused-url"),
        ("http://news.example:99999/", "refused-url"),
    ],
)
async def test_what_is_no_public_web_address_is_refused(limits: Fetching, url: str, reason: str) -> None:
    """Other schemes, names and passwords, odd ports and broken addresses are refused before anything is dialled."""
    async with Fetcher(limits, resolver=Stub("127.0.0.1")) as fetcher:
        with pytest.raises(NeverGood) as failure:
            await fetcher.get(url)
    assert failure.value.reason in {reason, "refused-address"}
    assert "secret" not in f"{failure.value} {failure.value.rejection}"
