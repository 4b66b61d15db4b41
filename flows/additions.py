"""Pages, texts and articles that a person hands over: files and addresses in, articles out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from config.feeds import load_feeds
from flows.sources.articles import article_of
from flows.sources.extraction import ExtractionPool
from flows.sources.failures import FetchError
from flows.sources.fetching import Fetcher
from flows.sources.localfiles import read_file
from flows.sources.pages import PageStore
from models.records import Article, Publisher, Rejected, Rejection

if TYPE_CHECKING:
    from config.settings import Settings


def is_address(name: str) -> bool:
    """Whether the argument names a page on the web rather than a file."""
    return name.startswith(("http://", "https://"))


async def read_additions(
    names: Sequence[str], settings: Settings, *, url: str | None = None, published_at: datetime | None = None
) -> AsyncIterator[Article | Rejection]:
    """Yield the articles of files and addresses, in their order, and what of them is none.

    `url` and `published_at` (UTC) are believed in place of what the page says.
    """
    pages = PageStore(settings.paths.pages)
    async with Fetcher(settings.fetching) as fetcher, ExtractionPool(settings.extraction) as pool:
        for name in names:
            if is_address(name):
                yield await _fetched(name, fetcher, pool, pages, published_at)
                continue
            try:
                async for article in read_file(pool, Path(name), url=url, published_at=published_at):
                    yield article
            except OSError as error:
                yield Rejection("fetch", "unreadable-file", name, error.strerror or str(error))


async def _fetched(
    url: str, fetcher: Fetcher, pool: ExtractionPool, pages: PageStore, published_at: datetime | None
) -> Article | Rejection:
    try:
        page = (await fetcher.get(url)).page
        pages.put(page)
        return await article_of(pool, page, publisher_of(url), published_at=published_at)
    except FetchError as failure:
        return failure.rejection
    except Rejected as rejected:
        return rejected.rejection


def publisher_of(url: str) -> Publisher:
    """Return whose page it is: the publisher of a configured feed on the same host, else the host itself."""
    host = urlsplit(url).hostname or url
    for feed in load_feeds():
        if urlsplit(feed.url).hostname == host:
            return Publisher(feed.publisher, feed.owner, feed.country, feed.official)
    return Publisher(host, host)
