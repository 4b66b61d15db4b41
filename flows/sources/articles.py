"""From a fetched page, and what its feed said of it, to an article."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from config.languages import load_languages
from flows.sources.extraction import ExtractionPool
from flows.sources.feeds import Entry
from flows.sources.reading import Extracted
from models.records import Article, Page, Publisher, Rejected

_OLDEST = timedelta(days=3653)
_NEWEST = timedelta(hours=24)
"""How far ahead of its fetching an article may be dated: time zones and embargoes, no more."""


async def article_of(
    pool: ExtractionPool,
    page: Page,
    publisher: Publisher,
    *,
    entry: Entry | None = None,
    language: str | None = None,
    published_at: datetime | None = None,
) -> Article:
    """Read `page` as an article of `publisher`.

    `entry` is the feed's word on it, `language` (ISO 639-1) what the source is known to be in. A `published_at` that the user gives
    is trusted, whatever page and feed say.

    Raises:
        Rejected: the page has no article that we can read; see `ExtractionPool.extract`, and "foreign-language".

    """
    extracted = await pool.extract(page, language)
    if extracted.language not in load_languages().read:
        raise Rejected("extract", "foreign-language", page.url, extracted.language or "unknown")
    published = published_at or publication_time(extracted, entry.published_at if entry else None, page.fetched_at)
    return Article(
        url=extracted.url,
        title=extracted.title or (entry.title if entry else ""),
        body=extracted.body,
        language=extracted.language,
        published_at=published,
        publisher=publisher,
        fetched_at=page.fetched_at,
        updated_at=_update_time(extracted, entry, published, page.fetched_at),
        page_sha256=page.sha256,
    )


def publication_time(extracted: Extracted, in_feed: datetime | None, fetched_at: datetime) -> datetime | None:
    """Return when the article was published, UTC; None when nobody says so credibly.

    The page's own machine-readable time wins when it lies on the feed's day or earlier, for feeds tend to date an article anew with
    each change. A time in the future never wins over another, and a bare day not over a time on that day. What the page only seems to
    say counts when the feed says nothing. Times more than ten years old or a day ahead are nobody's.
    """
    stated, feed, guessed = (_believable(found, fetched_at) for found in (extracted.published_at, in_feed, extracted.guessed_at))
    if feed is None:
        return stated or guessed
    if stated is None or stated.date() > feed.date() or stated > fetched_at:
        return feed
    bare_day = stated.time() == time(0) and stated.date() == feed.date()
    return feed if bare_day else stated


def _update_time(extracted: Extracted, entry: Entry | None, published: datetime | None, fetched_at: datetime) -> datetime | None:
    """The last change that page or feed state, if it lies after the publication."""
    stated = (extracted.updated_at, entry.updated_at if entry else None)
    updates = [found for found in stated if found and _believable(found, fetched_at) and (published is None or found > published)]
    return max(updates, default=None)


def _believable(found: datetime | None, fetched_at: datetime) -> datetime | None:
    if found is None or not fetched_at - _OLDEST <= found <= fetched_at + _NEWEST:
        return None
    return found.astimezone(UTC)
