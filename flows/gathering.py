"""From feeds to articles: ask every feed that is due, choose what is new, fetch and extract it. No Prefect, no warehouse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.sources.articles import article_of
from flows.sources.extraction import MAY_PASS
from flows.sources.failures import FetchError
from flows.sources.polling import Poll, poll, visit
from models.records import Article, Publisher, Rejected, Rejection

if TYPE_CHECKING:
    from config.feeds import Feed
    from flows.sources.extraction import ExtractionPool
    from flows.sources.feeds import Entry
    from flows.sources.fetching import Fetcher
    from flows.sources.pages import PageStore
    from flows.sources.robots import Robots
    from flows.sources.state import FetchState

Report = Callable[[str, int, int], None]
"""Told of progress: what is counted, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that fetching needs, held open for one run."""

    fetcher: Fetcher
    robots: Robots
    state: FetchState
    pages: PageStore
    pool: ExtractionPool


@dataclass(frozen=True, slots=True)
class Gathered:
    """What became of one entry: an article, a rejection for good, or neither when it waits for another try."""

    entry: Entry
    article: Article | None = None
    rejection: Rejection | None = None


async def poll_feeds(feeds: Sequence[Feed], desk: Desk, max_entries: int, report: Report) -> tuple[list[Poll], list[Rejection]]:
    """Ask the feeds, all at once as far as manners allow; return what they said, and why the others said nothing."""
    polls: list[Poll] = []
    failures: list[Rejection] = []
    for done, asked in enumerate(asyncio.as_completed([_ask(feed, desk, max_entries) for feed in feeds]), 1):
        outcome = await asked
        if isinstance(outcome, Poll):
            polls.append(outcome)
        else:
            failures.append(outcome)
        report("feeds", done, len(feeds))
    order = {feed.id: place for place, feed in enumerate(feeds)}
    return sorted(polls, key=lambda said: order[said.feed_id]), sorted(failures, key=lambda failure: failure.url)


async def _ask(feed: Feed, desk: Desk, max_entries: int) -> Poll | Rejection:
    try:
        return await poll(feed, desk.fetcher, desk.robots, desk.state, max_entries=max_entries)
    except FetchError as failure:
        return Rejection("feed", failure.reason, feed.url, failure.detail)
    except Rejected as rejected:
        return rejected.rejection


async def gather(entries: Iterable[Entry], feeds: dict[str, Feed], desk: Desk, report: Report) -> AsyncIterator[Gathered]:
    """Yield what became of each entry, in the order they come in; a page that fails for now is set aside for another try."""
    waiting = [_one(entry, feeds[entry.feed_id], desk) for entry in entries]
    for done, coming in enumerate(asyncio.as_completed(waiting), 1):
        yield await coming
        report("pages", done, len(waiting))


async def _one(entry: Entry, feed: Feed, desk: Desk) -> Gathered:
    publisher = Publisher(feed.publisher, feed.owner, feed.country, feed.official)
    try:
        page = await visit(entry.url, feed, desk.fetcher, desk.robots)
        desk.pages.put(page)
        article = await article_of(desk.pool, page, publisher, entry=entry, language=feed.language)
    except FetchError as failure:
        if failure.retryable and desk.state.postpone(entry, failure.reason, failure.retry_after):
            return Gathered(entry)
        return Gathered(entry, rejection=failure.rejection)
    except Rejected as rejected:
        if rejected.rejection.reason in MAY_PASS and desk.state.postpone(entry, rejected.rejection.reason):
            return Gathered(entry)
        return Gathered(entry, rejection=rejected.rejection)
    return Gathered(entry, article=article)
