"""A real web server on loopback that serves the sample newsroom: every site under its own host name, edition by edition."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.demo.newsroom import Site, SiteFeed, SitePage

_ROBOTS = "User-agent: *\nAllow: /\n"
_FEED_TYPES = {
    ".atom": "application/atom+xml",
    ".rdf": "application/rdf+xml",
    ".xml": "application/rss+xml",
    ".json": "application/feed+json",
}
_START_LIMIT_S = 10.0


@dataclass(slots=True)
class NewsroomServer:
    """A running server."""

    address: str
    """host:port."""
    edition: int = 1
    """Which edition is served; set it to serve the next."""


@contextmanager
def serve(sites: dict[Path, Site]) -> Iterator[NewsroomServer]:
    """Serve `sites` on a free loopback port, in a thread of its own, until the block ends."""
    running, stop = Event(), Event()
    server = NewsroomServer("")

    async def run() -> None:
        runner = web.AppRunner(_application(sites, server), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        server.address = f"{host}:{port}"
        running.set()
        await asyncio.to_thread(stop.wait)
        await runner.cleanup()

    thread = Thread(target=asyncio.run, args=(run(),), name="newsroom", daemon=True)
    thread.start()
    try:
        if not running.wait(_START_LIMIT_S):
            raise RuntimeError("the newsroom server did not start; is loopback networking allowed here?")
        yield server
    finally:
        stop.set()
        thread.join()


def _application(sites: dict[Path, Site], server: NewsroomServer) -> web.Application:
    by_host = {site.host: (folder, site) for folder, site in sites.items()}

    async def answer(request: web.Request) -> web.Response:
        found = by_host.get(request.host.partition(":")[0])
        if found is None:
            return web.Response(status=404, text="no such site")
        if request.path == "/robots.txt":
            return web.Response(text=_ROBOTS)
        return _answer(request, *found, server.edition)

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    return application


def _answer(request: web.Request, folder: Path, site: Site, edition: int) -> web.Response:
    served = [part for part in site.parts if part.path == request.path and part.edition <= edition]
    if not served:
        return web.Response(status=404, text="no such page")
    part = max(served, key=lambda part: part.edition)
    status = getattr(part, "status", 200)
    content = (folder / part.file).read_bytes() if part.file else b""
    etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers={"ETag": etag})
    return web.Response(status=status, body=content, headers={"Content-Type": _content_type(part), "ETag": etag})


def _content_type(part: SiteFeed | SitePage) -> str:
    if part.content_type:
        return part.content_type
    suffix = Path(part.file or "").suffix
    return _FEED_TYPES.get(suffix) or mimetypes.guess_type(f"x{suffix}")[0] or "application/octet-stream"
