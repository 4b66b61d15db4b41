"""One run, from feeds to the published timeline.

Every step can be killed: pages are kept before they are read, batches are loaded whole or not at all, a feed is acknowledged only
when all its entries are safe, and publishing swaps a file. What was not done is done by the next run.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.gathering import Desk, Gathered, Report, gather, poll_feeds
from flows.loading import Loader, known_urls
from flows.summary import RunSummary
from models.reading.failures import ReaderUnavailableError, ReadingError
from models.records import Article, Batch, Reading, Rejected, Rejection
from warehouse.runs import RunStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from config.feeds import Feed
    from config.settings import Settings
    from flows.sources.feeds import Entry
    from flows.sources.polling import Poll
    from models.reading.reader import Reader

BATCH = 25
"""Articles in one transaction: a second or two of work to do again after a kill."""


async def ingest(feeds: Sequence[Feed], settings: Settings, reader: Reader, report: Report, command: str = "run") -> RunSummary:
    """Ask every feed that is due, read what is new, and bring the timeline up to date.

    Raises:
        CheckFailedError: the warehouse holds what must not be; all was loaded, nothing published.
        DiskFullError: the batch at hand was not kept.

    """
    loader = Loader(settings.paths, command, feeds)
    summary = await bring_in(feeds, settings, reader, loader, report)
    summary.events = await asyncio.to_thread(loader.publish, run_status(summary))
    return summary


async def bring_in(
    feeds: Sequence[Feed], settings: Settings, reader: Reader, loader: Loader, report: Report, *, insist: bool = False
) -> RunSummary:
    """Fetch, read and load what is new, without publishing it; to `insist` is to ask also feeds that rest after a failure.

    Raises:
        DiskFullError: the batch at hand was not kept.

    """
    from flows.sources.extraction import ExtractionPool
    from flows.sources.fetching import Fetcher
    from flows.sources.pages import PageStore
    from flows.sources.robots import Robots
    from flows.sources.state import FetchState

    limits = settings.fetching
    with FetchState(settings.paths.fetch_state, limits) as state:
        async with Fetcher(limits, feeds) as fetcher, ExtractionPool(settings.extraction) as pool:
            desk = Desk(fetcher, Robots(fetcher, state, limits.user_agent), state, PageStore(settings.paths.pages), pool)
            run = _Run(desk, settings, reader, loader)
            due = [feed for feed in feeds if insist or state.is_due(feed.id)]
            run.summary.feeds_resting = len(feeds) - len(due)
            polls, run.summary.feed_failures = await poll_feeds(due, desk, limits.max_entries_per_feed, report)
            await run.take_in(polls, {feed.id: feed for feed in feeds}, report)
    return run.summary


def run_status(summary: RunSummary) -> RunStatus:
    """Return how a run that got this far ended."""
    return RunStatus.PARTIAL if summary.feed_failures or summary.unread else RunStatus.DONE


@dataclass(slots=True)
class _Run:
    """One run under way."""

    desk: Desk
    settings: Settings
    reader: Reader
    loader: Loader
    summary: RunSummary = field(default_factory=RunSummary)
    _batch: list[tuple[Gathered, Reading | None]] = field(default_factory=list)
    _open: Counter[str] = field(default_factory=Counter)
    """Entries of each feed that are not safe yet."""
    _polls: dict[str, Poll] = field(default_factory=dict)

    async def take_in(self, polls: Sequence[Poll], feeds: dict[str, Feed], report: Report) -> None:
        """Fetch, read and load the entries of `polls` that are new, and those that wait for another try."""
        self.summary.feeds_ok = len(polls)
        self.summary.feeds_unchanged = sum(poll.not_modified for poll in polls)
        self._polls = {poll.feed_id: poll for poll in polls}
        wanted = self._wanted(polls, feeds)
        self._open = Counter(entry.feed_id for entry in wanted)
        for poll in polls:
            self._acknowledge_if_safe(poll.feed_id)
        async for gathered in gather(wanted, feeds, self.desk, report):
            await self._take(gathered)
        await self._load(list(self.summary.feed_failures) if polls else [])

    def _wanted(self, polls: Sequence[Poll], feeds: dict[str, Feed]) -> list[Entry]:
        """Entries that are worth fetching now; of a flood, what goes beyond the limit waits for the next run."""
        state = self.desk.state
        offered = {entry.url: entry for poll in polls for entry in poll.entries}
        offered |= {waiting.entry.url: waiting.entry for waiting in state.pending() if waiting.entry.feed_id in feeds}
        loaded_as = {url: article_url for url, entry in offered.items() if (article_url := state.article_url(entry))}
        known = known_urls(self.settings.paths, sorted(set(loaded_as.values())))
        wanted: list[Entry] = []
        taken: Counter[str] = Counter()
        for url, entry in offered.items():
            if loaded_as.get(url) in known:
                continue
            taken[entry.feed_id] += 1
            if taken[entry.feed_id] > self.settings.fetching.max_new_per_feed:
                state.defer(entry, "over-the-limit")
            else:
                wanted.append(entry)
        return wanted

    async def _take(self, gathered: Gathered) -> None:
        self.summary.pages += 1
        reading = None
        if gathered.article:
            gathered, reading = await self._read(gathered, gathered.article)
        if reading:
            self.summary.articles += 1
            self.summary.relevant += reading.relevant
        elif gathered.rejection:
            self.summary.rejections.append(gathered.rejection)
        else:
            self.summary.postponed += 1
        self._batch.append((gathered, reading))
        if len(self._batch) >= BATCH:
            await self._load([])

    async def _read(self, gathered: Gathered, article: Article) -> tuple[Gathered, Reading | None]:
        """Read an article; what cannot be read now waits for another try, what never can is rejected."""
        entry = gathered.entry
        try:
            return gathered, await asyncio.to_thread(self.reader.read, article)
        except Rejected as rejected:
            return Gathered(entry, rejection=rejected.rejection), None
        except ReaderUnavailableError as failure:
            self.desk.state.defer(entry, failure.reason)
            self.summary.unread.append(str(failure))
        except ReadingError as failure:
            self.summary.unread.append(str(failure))
            if not self.desk.state.postpone(entry, failure.reason):
                return Gathered(entry, rejection=Rejection("read", failure.reason, article.url, str(failure))), None
        return Gathered(entry), None

    async def _load(self, also: Iterable[Rejection]) -> None:
        """Load the batch; only then tell the sources that it is safe."""
        articles: list[tuple[Article, Reading]] = [
            (gathered.article, reading) for gathered, reading in self._batch if gathered.article and reading
        ]
        rejections = (*(gathered.rejection for gathered, _ in self._batch if gathered.rejection), *also)
        if articles or rejections:
            counts = await asyncio.to_thread(self.loader.load, Batch(tuple(articles), rejections))
            self.summary.events_new += counts.events_new
            self.summary.events_changed += counts.events_changed
        for gathered, _ in self._batch:
            if gathered.article or gathered.rejection:
                self.desk.state.remember(gathered.entry, gathered.article.url if gathered.article else gathered.entry.url)
            self._open[gathered.entry.feed_id] -= 1
            self._acknowledge_if_safe(gathered.entry.feed_id)
        self._batch.clear()

    def _acknowledge_if_safe(self, feed_id: str) -> None:
        if self._open[feed_id] <= 0 and (poll := self._polls.get(feed_id)):
            self.desk.state.acknowledge(feed_id, poll.validators)
