"""From feeds to the published timeline: once, again, with corrections, with the network cut, with hostile neighbours."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from config.feeds import Feed
from config.settings import Settings
from flows.demo.demonstration import demonstrate
from flows.demo.newsroom import feeds_of, load_sites
from flows.demo.server import serve
from flows.exits import Exit
from flows.ingest import ingest
from flows.summary import RunSummary
from models.reading.failures import ReaderUnavailableError
from models.reading.reader import RuleReader
from models.records import Article, Reading, Rejected
from tests.flows.exports import counts_of, timeline_of


def silent(_what: str, _done: int, _of: int) -> None:
    """Report nothing."""


def test_a_newsroom_becomes_a_timeline_and_a_second_run_adds_no_row(newsroom: Path, settings: Settings) -> None:
    """All that can be read is loaded, what cannot is counted with its reason, and running again changes nothing."""
    first = demonstrate(settings, RuleReader(), silent, newsroom)
    assert first.feeds_ok == 4
    assert [failure.reason for failure in first.feed_failures] == ["broken-feed"]
    assert {rejection.reason for rejection in first.rejections} == {"http-404"}
    assert first.articles == first.pages - len(first.rejections)
    assert first.events
    before, told = counts_of(settings.paths.warehouse), timeline_of(settings.paths.timeline)
    second = demonstrate(settings, RuleReader(), silent, newsroom)
    assert (second.pages, second.events_new, second.events_changed) == (0, 0, 0)
    assert counts_of(settings.paths.warehouse) == before
    assert timeline_of(settings.paths.timeline) == told


def test_a_corrected_article_is_read_again_and_the_old_version_stays(newsroom: Path, settings: Settings) -> None:
    """The feed's new date brings the page in once more; its mentions are revised and the former ones kept as history."""
    demonstrate(settings, RuleReader(), silent, newsroom)
    counts = counts_of(settings.paths.warehouse)
    assert counts["article_version"] == counts["article"] + 1
    rates = [row for row in timeline_of(settings.paths.timeline) if 37.6 in row]
    assert len(rates) == 1
    assert not [row for row in timeline_of(settings.paths.timeline) if 38.1 in row]


def test_what_was_loaded_and_not_published_is_published_by_the_next_run(newsroom: Path, settings: Settings) -> None:
    """A kill between the two costs readers no news, even when the next run brings nothing."""
    demonstrate(settings, RuleReader(), silent, newsroom)
    told = timeline_of(settings.paths.timeline)
    settings.paths.timeline.unlink()
    settings.paths.unpublished.touch()  # as a kill after the last batch leaves it
    feeds = [feed.model_copy(update={"id": f"{feed.id}-cut"}) for feed in feeds_of(load_sites(newsroom), "127.0.0.1:9")]
    asyncio.run(ingest(feeds, settings, RuleReader(), silent))
    assert timeline_of(settings.paths.timeline) == told
    assert not settings.paths.unpublished.exists()


def test_with_the_network_cut_every_feed_is_reported_and_nothing_is_touched(newsroom: Path, settings: Settings) -> None:
    """Exit status 3, a reason for each feed, and no warehouse where there was none."""
    feeds = feeds_of(load_sites(newsroom), "127.0.0.1:9")
    summary = asyncio.run(ingest(feeds, settings, RuleReader(), silent))
    assert summary.exit is Exit.NOTHING
    assert {failure.url for failure in summary.feed_failures} == {feed.url for feed in feeds}
    assert {failure.reason for failure in summary.feed_failures} == {"robots-unreachable"}
    assert not settings.paths.warehouse.exists()


def test_with_the_network_cut_a_warehouse_stays_as_it_was(newsroom: Path, settings: Settings) -> None:
    """Not a byte of the writer's file or of the published copy changes."""
    demonstrate(settings, RuleReader(), silent, newsroom)
    before = settings.paths.warehouse.read_bytes(), settings.paths.timeline.read_bytes()
    feeds = [feed.model_copy(update={"id": f"{feed.id}-cut"}) for feed in feeds_of(load_sites(newsroom), "127.0.0.1:9")]
    assert asyncio.run(ingest(feeds, settings, RuleReader(), silent)).exit is Exit.NOTHING
    assert (settings.paths.warehouse.read_bytes(), settings.paths.timeline.read_bytes()) == before


def test_a_page_that_fails_for_now_waits_and_one_that_is_gone_does_not(newsroom: Path, settings: Settings) -> None:
    """A server's passing fault costs nothing but time: the entry is tried again; what is gone is rejected once."""
    page = newsroom / "sites" / "meridian-wire" / "site.toml"
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole.replace("[[page]]", "[[page]]\nstatus = 503", 1), encoding="utf-8")
    first = demonstrate(settings, RuleReader(), silent, newsroom)
    assert first.postponed >= 1
    assert not [rejection for rejection in first.rejections if rejection.reason == "http-503"]


BOMB = gzip.compress(b"\0" * 60_000_000)
FLOOD = (
    "<rss version='2.0'><channel>"
    + "".join(f"<item><link>http://flood.example/{n}</link></item>" for n in range(20_000))
    + "</channel></rss>"
)


async def hostile(request: web.Request) -> web.StreamResponse:
    """Answer as strangers might."""
    host = request.host.partition(":")[0]
    if request.path == "/robots.txt":
        return web.Response(status=404)
    if host == "bomb.example":
        return web.Response(body=BOMB, headers={"Content-Encoding": "gzip", "Content-Type": "application/rss+xml"})
    if host == "private.example":
        raise web.HTTPFound("http://169.254.169.254/latest/meta-data/")
    if host == "flood.example":
        return web.Response(
            text=FLOOD if request.path == "/feed" else "<html></html>", content_type="text/xml" if request.path == "/feed" else "text/html"
        )
    if host == "endless.example":
        answer = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
        await answer.prepare(request)
        while True:
            await answer.write(b"<rss>" * 10)
            await asyncio.sleep(0.05)
    return web.Response(
        body="<rss version='2.0'><channel><item><title>关税</title></item>".encode("gb18030"),
        headers={"Content-Type": "text/xml; charset=utf-8"},
    )


@pytest.fixture
async def strangers() -> AsyncIterator[str]:
    """A server on loopback that is hostile in five ways, by host name."""
    application = web.Application()
    application.router.add_get("/{path:.*}", hostile)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield "{}:{}".format(*runner.addresses[0][:2])
    await runner.cleanup()


@pytest.mark.fault
async def test_hostile_feeds_do_not_keep_the_good_ones_from_loading(newsroom: Path, settings: Settings, strangers: str) -> None:
    """Bomb, endless body, redirect to a private address, 20,000 items and a lying charset: each is bounded, the rest goes on."""
    sites = load_sites(newsroom)
    bounded = settings.model_copy(
        update={"fetching": settings.fetching.model_copy(update={"max_entries_per_feed": 30, "max_new_per_feed": 10})}
    )
    with serve(sites) as server:
        good = feeds_of(sites, server.address)
        bad = [
            Feed(
                id=name,
                url=f"http://{name}.example/feed",
                publisher=name,
                owner=name,
                country="US",
                language="zh",
                kind="wire",
                local=True,
                dial=strangers,
            )
            for name in ("bomb", "endless", "private", "flood", "liar")
        ]
        summary: RunSummary = await ingest([*good, *bad], bounded, RuleReader(), silent)
    failed = {failure.url.split("/")[2]: failure.reason for failure in summary.feed_failures}
    assert failed["bomb.example"] == "too-large"
    assert failed["endless.example"] == "timeout"
    assert failed["private.example"] == "refused-redirect"
    assert summary.feeds_ok >= 5
    assert summary.articles >= 20
    assert {rejection.reason for rejection in summary.rejections if "flood" in rejection.url} == {"no-text"}
    assert sum("flood" in rejection.url for rejection in summary.rejections) == 10


class Unread:
    """A reader that cannot read, for a reason of one's own."""

    name = "unread"

    def __init__(self, failure: Exception) -> None:
        self.failure = failure

    def read(self, article: Article) -> Reading:
        """Fail."""
        raise self.failure


def test_what_the_reader_cannot_read_now_is_read_by_the_next_run(newsroom: Path, settings: Settings) -> None:
    """A reader whose endpoint is away or whose budget is spent loses no news; the run ends as done in part."""
    first = demonstrate(settings, Unread(ReaderUnavailableError("reader-budget", "the budget is spent")), silent, newsroom)
    assert (first.articles, first.events) == (0, 0)
    assert first.postponed >= 10
    assert "the budget is spent" in first.troubles()
    assert first.exit is Exit.PARTLY
    second = demonstrate(settings, RuleReader(), silent, newsroom)
    assert second.articles >= 10
    assert second.events


def test_what_the_reader_can_never_read_is_rejected_and_counted(newsroom: Path, settings: Settings) -> None:
    """The reason stands in the summary, and nothing waits for another try."""
    first = demonstrate(settings, Unread(Rejected("read", "too-long", "http://a.example/")), silent, newsroom)
    assert sum(rejection.reason == "too-long" for rejection in first.rejections) >= 10
    assert (first.articles, first.postponed) == (0, 0)
