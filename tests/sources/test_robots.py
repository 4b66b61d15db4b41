"""What a robots.txt lets us fetch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from config.settings import Fetching
from flows.sources.failures import NeverGood, TryAgain
from flows.sources.fetching import Fetcher
from flows.sources.robots import Robots
from flows.sources.state import FetchState
from tests.sources.conftest import Server

Serve = Callable[..., Awaitable[Server]]
HOST = "http://news.example"


class Site:
    """A site with the given robots.txt, asked through `dial`; every `Robots` stands for one run."""

    def __init__(self, server: Server, limits: Fetching, state: FetchState) -> None:
        self.server, self.limits, self.state = server, limits, state
        self.dial = f"127.0.0.1:{server.port}"
        self.status, self.text = 200, ""

    async def check(self, *paths: str) -> None:
        """Ask in one run whether the paths may be fetched."""
        async with Fetcher(self.limits) as fetcher:
            robots = Robots(fetcher, self.state, self.limits.user_agent)
            for path in paths:
                await robots.check(HOST + path, local=True, dial=self.dial)


@pytest.fixture
async def site(serve: Serve, limits: Fetching, state_file: Path) -> Site:
    """A site that allows everything."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=site.status, text=site.text)

    site = Site(await serve(handler), limits, FetchState(state_file, limits))
    return site


async def test_rules_for_us_and_for_all_are_kept(site: Site) -> None:
    """Our own group counts before the group for all; what is disallowed is never good."""
    site.text = "User-agent: *\nDisallow: /\n\nUser-agent: tradewire\nDisallow: /private/\nAllow: /private/press/\n"
    await site.check("/news/1", "/private/press/2")
    with pytest.raises(NeverGood, match="robots-disallowed"):
        await site.check("/private/3")


async def test_one_file_serves_a_day_of_runs(site: Site) -> None:
    """It is fetched once, whatever the number of pages and runs."""
    for _ in range(3):
        await site.check("/1", "/2", "/3")
    assert site.server.paths == ["/robots.txt"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_a_missing_file_allows_everything(site: Site, status: int) -> None:
    """RFC 9309, section 2.3.1.3: unavailable means no rules."""
    site.status, site.text = status, "User-agent: *\nDisallow: /"
    await site.check("/1")


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_failing_server_is_left_alone_for_the_run(site: Site, status: int) -> None:
    """RFC 9309, section 2.3.1.4: unreachable means everything is disallowed, for now."""
    site.status = status
    async with Fetcher(site.limits) as fetcher:
        robots = Robots(fetcher, site.state, site.limits.user_agent)
        for path in ("/1", "/2"):
            with pytest.raises(TryAgain, match="robots-unreachable"):
                await robots.check(HOST + path, local=True, dial=site.dial)
    assert site.server.paths == ["/robots.txt"]
    site.status = 200
    await site.check("/1")


async def test_an_old_copy_serves_while_the_server_fails(site: Site, limits: Fetching) -> None:
    """Its rules are likely to hold still."""
    site.state.keep_robots(HOST, "User-agent: *\nDisallow: /private/")
    site.state._write("UPDATE robots SET fetched_at = '2020-01-01T00:00:00+00:00'")
    site.status = 503
    await site.check("/news")
    with pytest.raises(NeverGood, match="robots-disallowed"):
        await site.check("/private/")


@pytest.mark.parametrize("delay", ["61", "86400", "1e300"])
async def test_a_host_that_asks_for_too_long_a_pause_is_skipped(site: Site, delay: str) -> None:
    """More than a minute between two requests is more than a run can keep."""
    site.text = f"User-agent: *\nCrawl-delay: {delay}"
    with pytest.raises(NeverGood, match="crawl-delay-too-long"):
        await site.check("/1")


async def test_a_crawl_delay_is_kept_to(site: Site) -> None:
    """Between the requests that follow lies the delay that robots.txt asks for."""
    site.text = "User-agent: *\nCrawl-delay: 0.4"
    async with Fetcher(site.limits) as fetcher:
        await Robots(fetcher, site.state, site.limits.user_agent).check(f"{HOST}/1", local=True, dial=site.dial)
        times = []
        for _ in range(3):
            answer = await fetcher.get(f"{HOST}/1", local=True, dial=site.dial)
            times.append(answer.fetched_at.timestamp())
    assert times[2] - times[1] > 0.35


@pytest.mark.fault
@pytest.mark.parametrize(
    "text",
    [
        "\x00" * 1000,
        "Disallow: /x" * 100_000,
        "User-agent: *\nDisallow: /" + "*a" * 5000 + "$",
        "<html>sorry</html>",
        "﻿User-agent: *\nAllow: /",
    ],
)
async def test_nonsense_does_no_harm(site: Site, text: str) -> None:
    """What is no robots.txt forbids nothing, and does not hang the reader."""
    site.text = text
    await site.check("/1")
