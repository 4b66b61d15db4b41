"""The one door to other people's servers: feeds, pages and robots.txt all come in through `Fetcher.get`."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import aiohttp
from yarl import URL

from config.networks import load_networks
from flows.sources.addresses import AddressGuard
from flows.sources.answers import Answer, Validators
from flows.sources.decoding import is_gzip, read_bounded
from flows.sources.failures import FetchError, NeverGood, TryAgain, failure_of
from flows.sources.pacing import Pacing
from flows.sources.resolving import Resolver
from flows.sources.routes import Route, Routes
from flows.sources.targets import host_header, parse_target, redirect_target
from models.waiting import retry_after

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
    from types import TracebackType

    from aiohttp.abc import AbstractResolver

    from config.feeds import Feed
    from config.settings import Fetching

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRY_AGAIN = frozenset({408, 425, 429, *range(500, 600)})
_MOST_HEADERS, _LONGEST_HEADER = 100, 8190
_CHUNK = 65_536


class Fetcher:
    """Fetches with bounds on everything: time, size, redirects, addresses, pace.

    Proxies named in the environment are ignored, for the guard could not see past them. Certificates are always verified. No
    cookies are kept. Use it as an async context manager, one a run: what it learns of a host's pace and failures ends with it.
    """

    def __init__(self, limits: Fetching, feeds: Iterable[Feed] = (), *, resolver: AbstractResolver | None = None) -> None:
        """Keep to `limits`; the local ones among `feeds` declare the servers of one's own. `resolver` stands in for the system's."""
        self._limits = limits
        self._routes = Routes(feeds, limits.ports)
        self._resolver = resolver or Resolver(threads=2 * limits.max_concurrent)
        self._guard = AddressGuard(load_networks())
        self._pacing = Pacing(limits.host_gap_s, limits.max_concurrent)

    async def __aenter__(self) -> Self:
        certificates = ssl.create_default_context()
        # Two pools: a connection that was opened to a local server is never reused for a public request.
        self._public = self._session(
            aiohttp.TCPConnector(ssl=certificates, limit=0, resolver=self._resolver, socket_factory=self._guard.open_socket)
        )
        self._local = self._session(aiohttp.TCPConnector(ssl=certificates, limit=0, resolver=self._resolver))
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._public.close()
        await self._local.close()
        await self._resolver.close()

    def _session(self, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector,
            headers={"User-Agent": self._limits.user_agent, "Accept-Encoding": "gzip"},
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._limits.connect_deadline_s),
            max_headers=_MOST_HEADERS,
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
        )

    async def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        local: bool = False,
        dial: str | None = None,
        permit: Callable[[str], Awaitable[None]] | None = None,
    ) -> Answer:
        """Fetch `url`, following redirects; with `validators` the answer may be "not modified".

        `local` says that a local feed asks: it may reach the servers that local feeds declare, whatever their address, and the
        rest of the network like everybody else. `dial`, "host:port", with `local`, names where to connect; URL and Host stay.
        `permit` is asked before every address that a redirect leads to, and raises what it has against it.

        Raises:
            TryAgain: the network or the server failed.
            NeverGood: the address or the answer is not acceptable, or gone.

        """
        here = parse_target(url, url)
        route = self._routes.first(here, local=local, dial=dial)
        budget_s = self._limits.deadline_s
        loop = asyncio.get_running_loop()
        for _ in range(self._limits.max_redirects + 1):
            async with self._pacing.turn(here.authority, url, gap=not route.local), self._noting(here.authority):
                started = loop.time()
                outcome = await self._ask(url, here, route, validators, budget_s)
                # Waiting for one's turn is not the server's fault; only its own time is counted.
                budget_s -= loop.time() - started
            if isinstance(outcome, Answer):
                return outcome
            route = self._routes.onward(route, here, outcome)
            here = outcome
            if permit:
                await permit(str(here))
        raise NeverGood("too-many-redirects", url, f"more than {self._limits.max_redirects}")

    def slow_down(self, url: str, gap_s: float) -> None:
        """Keep at least `gap_s` seconds between two requests to the host of `url`."""
        self._pacing.slow_down(URL(url).authority, gap_s)

    @asynccontextmanager
    async def _noting(self, host: str) -> AsyncIterator[None]:
        """Tell the pacing how the request went; a host that says what it has against us works well."""
        try:
            yield
        except FetchError as failure:
            self._pacing.note(host, failed=failure.retryable)
            raise
        self._pacing.note(host, failed=False)

    async def _ask(self, url: str, here: URL, route: Route, validators: Validators | None, budget_s: float) -> Answer | URL:
        """One request: the answer, or the address it redirects to."""
        headers = dict(validators.headers) if validators else {}
        if route.dial:
            headers["Host"] = host_header(here)
        try:
            async with asyncio.timeout(budget_s):
                return await self._exchange(url, here, route, headers)
        except TimeoutError as error:
            raise TryAgain("timeout", url, f"no whole answer within {self._limits.deadline_s} s") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise failure_of(error, url) from error

    async def _exchange(self, url: str, here: URL, route: Route, headers: dict[str, str]) -> Answer | URL:
        session = self._local if route.local else self._public
        name = here.raw_host if route.dial and here.scheme == "https" else None
        async with session.get(route.target(here), headers=headers, allow_redirects=False, server_hostname=name) as response:
            if response.status in _REDIRECTS and "Location" in response.headers:
                return redirect_target(url, here, response.headers["Location"])
            not_modified = response.status == 304 and bool(headers.keys() & {"If-None-Match", "If-Modified-Since"})
            if response.status != 200 and not not_modified:
                raise self._status_failure(response, url, here.authority)
            content = b"" if not_modified else await self._content(response, url)
            return Answer(
                url=url,
                final_url=str(here),
                content=content,
                content_type=response.headers.get("Content-Type"),
                validators=Validators.of(response.headers),
                fetched_at=datetime.now(UTC),
                not_modified=not_modified,
            )

    async def _content(self, response: aiohttp.ClientResponse, url: str) -> bytes:
        gzip = is_gzip(response.headers.getall("Content-Encoding", []), url)
        return await read_bounded(response.content.iter_chunked(_CHUNK), gzip=gzip, limit=self._limits.max_bytes, url=url)

    def _status_failure(self, response: aiohttp.ClientResponse, url: str, host: str) -> FetchError:
        reason = f"http-{response.status}"
        if response.status not in _TRY_AGAIN:
            return NeverGood(reason, url)
        wait = retry_after(response.headers.get("Retry-After"), datetime.now(UTC), self._limits.retry_after_cap_h * 3600)
        if wait and response.status in {429, 503}:
            self._pacing.hold(host, wait)
        return TryAgain(reason, url, retry_after=wait)
