"""Real servers on loopback, and the settings to ask them with."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from config.feeds import Feed
from config.settings import Fetching, load_settings

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
def limits() -> Fetching:
    """The shipped limits, with no gap and short deadlines, for servers of our own."""
    return load_settings().fetching.model_copy(update={"host_gap_s": 0.0, "deadline_s": 5.0, "connect_deadline_s": 2.0})


@pytest.fixture
def make_feed() -> Callable[..., Feed]:
    """A feed declaration of which only what matters is said."""

    def make(url: str = "http://news.example/feed", **said: Any) -> Feed:
        plain = {"id": "news", "publisher": "News", "owner": "News", "country": "US", "language": "en", "kind": "wire"}
        return Feed.model_validate({**plain, "url": url, **said})

    return make


@dataclass
class Server:
    """A loopback server that remembers what it was asked."""

    port: int = 0
    scheme: str = "http"
    requests: list[web.Request] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """What was asked, in order."""
        return [request.path_qs for request in self.requests]

    def url(self, path: str = "/") -> str:
        """The full address of a path."""
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"


@pytest.fixture
async def serve() -> AsyncIterator[Callable[..., Awaitable[Server]]]:
    """Start a server that answers every request by the given handler."""
    runners: list[web.AppRunner] = []

    async def start(handler: Handler, **site: Any) -> Server:
        server = Server(scheme="https" if site.get("ssl_context") else "http")

        async def remember(request: web.Request) -> web.StreamResponse:
            server.requests.append(request)
            return await handler(request)

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", remember)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, **site).start()
        server.port = runner.addresses[0][1]
        return server

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
def raw_server() -> Callable[[Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]], Any]:
    """Start a server that writes bytes as it likes, for answers that no HTTP library would send."""

    @asynccontextmanager
    async def start(talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[str]:
        async def guarded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await reader.readuntil(b"\r\n\r\n")
                await talk(reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(guarded, "127.0.0.1", 0)
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        finally:
            server.close()

    return start


@dataclass
class Trap:
    """A listening socket that nobody may ever reach."""

    port: int
    visits: int = 0


@pytest.fixture
def trap() -> Iterator[Trap]:
    """A trap on all loopback addresses, IPv4 and, where there is one, IPv6; counts the connections it sees."""
    sockets = [socket.create_server(("127.0.0.1", 0))]
    trap = Trap(sockets[0].getsockname()[1])
    if socket.has_dualstack_ipv6():
        with suppress(OSError):
            sockets.append(socket.create_server(("::1", trap.port), family=socket.AF_INET6))

    def count(listener: socket.socket) -> None:
        while True:
            try:
                visitor, _ = listener.accept()
            except OSError:
                return
            trap.visits += 1
            visitor.close()

    threads = [threading.Thread(target=count, args=(listener,), daemon=True) for listener in sockets]
    for thread in threads:
        thread.start()
    yield trap
    for listener in sockets:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@pytest.fixture
def state_file(tmp_path: Path) -> Path:
    """Where the fetch state of a test lies."""
    return tmp_path / "data" / "sources.sqlite"
