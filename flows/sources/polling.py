"""One feed asked once, and one page that it names."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from flows.sources.failures import FetchError
from flows.sources.feeds import Entry, read_feed
from models.records import Rejected

if TYPE_CHECKING:
    from config.feeds import Feed
    from flows.sources.answers import Validators
    from flows.sources.fetching import Fetcher
    from flows.sources.robots import Robots
    from flows.sources.state import FetchState
    from models.records import Page


@dataclass(frozen=True, slots=True)
class Poll:
    """What a feed said. Once its entries are safe: `state.acknowledge(poll.feed_id, poll.validators)`."""

    feed_id: str
    entries: tuple[Entry, ...] = ()
    validators: Validators | None = None
    """None when the feed has not changed."""

    @property
    def not_modified(self) -> bool:
        """Whether the feed has not changed since it was last acknowledged."""
        return self.validators is None


async def poll(feed: Feed, fetcher: Fetcher, robots: Robots, state: FetchState, *, max_entries: int) -> Poll:
    """Ask `feed` whether there is news, and note in `state` when it fails.

    Nothing is noted of a success: that is for the caller to acknowledge, once the entries are safe.

    Raises:
        FetchError: the feed was not fetched; it is asked again later, ever more seldom.
        Rejected: what came is no feed; likewise.

    """
    try:
        return await _ask(feed, fetcher, robots, state, max_entries)
    except FetchError as failure:
        state.record_failure(feed.id, failure.retry_after)
        raise
    except Rejected:
        state.record_failure(feed.id)
        raise


async def _ask(feed: Feed, fetcher: Fetcher, robots: Robots, state: FetchState, max_entries: int) -> Poll:
    await robots.check(feed.url, local=feed.local, dial=feed.dial)
    answer = await fetcher.get(
        feed.url,
        validators=state.validators(feed.id),
        local=feed.local,
        dial=feed.dial,
        permit=partial(robots.check, local=feed.local),
    )
    if answer.not_modified:
        return Poll(feed.id)
    # A large feed takes a second to read; meanwhile the other hosts' answers keep coming in.
    entries = await asyncio.to_thread(read_feed, answer.content, answer.content_type, feed, answer.final_url, max_entries)
    return Poll(feed.id, entries, answer.validators)


async def visit(url: str, feed: Feed, fetcher: Fetcher, robots: Robots) -> Page:
    """Fetch the page at `url`, an entry of `feed`, as far as robots.txt allows, redirects included.

    Raises:
        TryAgain: let the entry wait for another try (`FetchState.postpone`).
        NeverGood: record its `rejection`.

    """
    await robots.check(url, local=feed.local)
    answer = await fetcher.get(url, local=feed.local, permit=partial(robots.check, local=feed.local))
    return answer.page
