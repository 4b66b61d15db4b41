"""One feed asked once: what the caller gets, and what is remembered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from config.feeds import Feed
from config.settings import Fetching
from flows.sources.failures import FetchError, NeverGood, TryAgain
from flows.sources.fetching import Fetcher
from flows.sources.polling import Poll, poll, visit
from flows.sources.robots import Robots
from flows.sources.state import FetchState
from models.records import Page, Rejected
from tests.sources.conftest import Server

Serve = Callable[..., Awaitable[Server]]
RSS = '<rss version="2.0"><channel><title>News</title><item><title>{0}</title><link>http://news.example/{0}</link></item></channel></rss>'


class Newsroom:
    """A feed whose content, status and validators a test may change."""

    def __init__(self) -> None:
        self.text, self.etag, self.status, self.robots = RSS.format("one"), '"1"', 200, ""
        self.headers: dict[str, str] = {}
        self.lies = False
        self.now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer like a server with validators; one that lies says "not modified" to whoever has any."""
        if request.path == "/robots.txt":
            return web.Response(text=self.robots)
        if request.path == "/moved":
            return web.Response(status=302, headers={"Location": "/private/1"})
        said = request.headers.get("If-None-Match")
        if said == self.etag or (said and self.lies):
            return web.Response(status=304)
        return web.Response(status=self.status, text=self.text, content_type="text/xml", headers={"ETag": self.etag, **self.headers})


class Reader:
    """Asks the newsroom, each time as a fresh run would."""

    def __init__(self, room: Newsroom, server: Server, limits: Fetching, state_file: Path, feed: Feed) -> None:
        self.server, self.limits, self.feed = server, limits, feed
        self.state = FetchState(state_file, limits, lambda: room.now)

    async def poll(self) -> Poll:
        """Ask once."""
        async with Fetcher(self.limits) as fetcher:
            robots = Robots(fetcher, self.state, self.limits.user_agent)
            return await poll(self.feed, fetcher, robots, self.state, max_entries=self.limits.max_entries_per_feed)

    async def visit(self, url: str) -> Page:
        """Fetch one page."""
        async with Fetcher(self.limits, [self.feed]) as fetcher:
            return await visit(url, self.feed, fetcher, Robots(fetcher, self.state, self.limits.user_agent))

    async def poll_and_keep(self) -> Poll:
        """Ask, and acknowledge as if the entries were committed."""
        polled = await self.poll()
        self.state.acknowledge(polled.feed_id, polled.validators)
        return polled

    @property
    def feed_requests(self) -> int:
        """How often the feed itself was asked."""
        return sum(path != "/robots.txt" for path in self.server.paths)


@pytest.fixture
def room() -> Newsroom:
    """A newsroom with one story."""
    return Newsroom()


@pytest.fixture
async def reader(room: Newsroom, serve: Serve, limits: Fetching, state_file: Path, make_feed: Callable[..., Feed]) -> Reader:
    """A reader of that newsroom."""
    server = await serve(room.handle)
    return Reader(room, server, limits, state_file, make_feed("http://news.example/feed", local=True, dial=f"127.0.0.1:{server.port}"))


async def test_entries_come_once_and_then_nothing_is_new(reader: Reader) -> None:
    """After an acknowledged poll an unchanged feed costs a 304."""
    first = await reader.poll_and_keep()
    assert [entry.title for entry in first.entries] == ["one"]
    second = await reader.poll_and_keep()
    assert second.not_modified
    assert second.entries == ()


@pytest.mark.fault
async def test_what_was_not_acknowledged_comes_again(reader: Reader) -> None:
    """A kill between poll and commit loses nothing: the next run gets the same entries."""
    lost = await reader.poll()
    again = await reader.poll()
    assert again.entries == lost.entries
    assert not again.not_modified


@pytest.mark.fault
async def test_a_server_that_never_admits_a_change_is_found_out_within_a_day(reader: Reader, room: Newsroom) -> None:
    """Once in 24 hours the feed is fetched whole."""
    room.lies = True
    await reader.poll_and_keep()
    room.text, room.etag = RSS.format("two"), '"2"'
    for _ in range(47):
        room.now += timedelta(minutes=30)
        assert (await reader.poll_and_keep()).not_modified
    room.now += timedelta(minutes=30)
    assert [entry.title for entry in (await reader.poll_and_keep()).entries] == ["two"]


@pytest.mark.fault
@pytest.mark.parametrize(("status", "kind"), [(503, TryAgain), (404, NeverGood)])
async def test_a_failing_feed_backs_off_and_recovers(reader: Reader, room: Newsroom, status: int, kind: type[FetchError]) -> None:
    """Every failure doubles the wait; a success clears it. Also what is gone is asked again, for feeds come back."""
    room.status = status
    with pytest.raises(kind):
        await reader.poll()
    assert not reader.state.is_due("news")
    room.now += timedelta(minutes=15)
    assert reader.state.is_due("news")
    room.status = 200
    await reader.poll_and_keep()
    assert reader.state.health("news").failures == 0


@pytest.mark.fault
async def test_thirty_days_of_a_dead_feed_cost_it_few_requests(reader: Reader, room: Newsroom) -> None:
    """At most 45 requests in thirty days of half-hourly runs, and within a day of its return it is read."""
    room.status = 500
    end = room.now + timedelta(days=30)
    while room.now < end:
        if reader.state.is_due("news"):
            with pytest.raises(TryAgain):
                await reader.poll()
        room.now += timedelta(minutes=30)
    assert 30 <= reader.feed_requests <= 45
    room.status = 200
    while not reader.state.is_due("news"):
        room.now += timedelta(minutes=30)
    assert room.now - end <= timedelta(hours=24)
    assert (await reader.poll_and_keep()).entries


async def test_a_busy_server_says_when_to_come_back(reader: Reader, room: Newsroom) -> None:
    """Retry-After sets the next poll when it is longer than our own wait."""
    room.status, room.headers = 429, {"Retry-After": "7200"}
    with pytest.raises(TryAgain):
        await reader.poll()
    assert reader.state.health("news").next_poll_at == room.now + timedelta(hours=2)


@pytest.mark.fault
async def test_what_is_no_feed_is_rejected_and_asked_again_later(reader: Reader, room: Newsroom) -> None:
    """An error page with status 200 counts as a failure; its validators are not kept."""
    room.text, room.etag = "<!doctype html><p>Sorry, we are moving house", '"sorry"'
    with pytest.raises(Rejected, match="broken-feed"):
        await reader.poll()
    assert reader.state.health("news").failures == 1
    assert reader.state.validators("news") is None


async def test_a_feed_that_robots_forbid_is_not_asked(reader: Reader, room: Newsroom) -> None:
    """robots.txt holds for feeds as for pages."""
    room.robots = "User-agent: *\nDisallow: /feed"
    with pytest.raises(NeverGood, match="robots-disallowed"):
        await reader.poll()
    assert reader.feed_requests == 0


async def test_a_page_of_a_local_feed_is_reached_the_feeds_way(reader: Reader) -> None:
    """Entries of a feed with `dial` are fetched from the same server."""
    page = await reader.visit("http://news.example/one")
    assert (page.url, page.content[:4]) == ("http://news.example/one", b"<rss")


@pytest.mark.fault
@pytest.mark.parametrize("path", ["/private/1", "/moved"])
async def test_no_page_that_robots_forbid_is_fetched(reader: Reader, room: Newsroom, path: str) -> None:
    """Neither directly nor by way of a redirect."""
    room.robots = "User-agent: *\nDisallow: /private/"
    with pytest.raises(NeverGood, match="robots-disallowed"):
        await reader.visit(f"http://news.example{path}")
    assert "/private/1" not in reader.server.paths
