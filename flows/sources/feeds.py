"""Bytes of a feed in, clean entries out: RSS, Atom, JSON Feed, and lists of notices in HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from flows.sources.charsets import decode
from flows.sources.jsonfeed import read_json
from flows.sources.links import clean_link
from flows.sources.listing import read_listing
from flows.sources.plaintext import LONGEST_SUMMARY, plain
from flows.sources.xmlfeed import read_xml
from models.records import Rejected, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from config.feeds import Feed
    from flows.sources.rawentries import RawEntry

MOST_ENTRIES = 500
"""Entries taken from one answer unless the settings say otherwise."""
_OLDEST = timedelta(days=3653)
_NEWEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link in a feed, made harmless: the title is plain text, the address absolute and http(s)."""

    url: str
    title: str
    published_at: datetime | None
    """UTC; None when not said, or not to be believed."""
    updated_at: datetime | None
    """UTC; None when not said, or not to be believed."""
    summary: str
    """Plain text; often the first lines of the article."""
    feed_id: str

    @property
    def told_at(self) -> datetime | None:
        """The latest date that the feed gives it."""
        return max((told for told in (self.published_at, self.updated_at) if told), default=None)

    @property
    def version(self) -> str:
        """Changes when the feed tells of the article otherwise: its title or one of its dates."""
        return digest_of("entry", self.title, str(self.published_at), str(self.updated_at))


def read_feed(content: bytes, content_type: str | None, feed: Feed, base_url: str, max_entries: int = MOST_ENTRIES) -> tuple[Entry, ...]:
    """Read the entries of `feed` from the bytes that `base_url` answered with; at most `max_entries`, each address once.

    Of a broken feed, what can be read is taken.

    Raises:
        Rejected: it is no feed at all, or a hostile one.

    """
    try:
        found = _raw_entries(decode(content, content_type, feed.language).text, feed, base_url, max_entries)
        return tuple(islice(_clean(found, feed, base_url), max_entries))
    except ValueError as error:
        raise Rejected("feed", "broken-feed", feed.url, str(error)[:300]) from error


def _raw_entries(text: str, feed: Feed, base_url: str, most: int) -> Iterable[RawEntry]:
    text = text.lstrip("\ufeff \t\r\n")
    if feed.form == "page":
        return read_listing(text, feed.link_pattern or "", base_url)
    if text.startswith("{"):
        return read_json(text, most)
    return read_xml(text, most)


def _clean(found: Iterable[RawEntry], feed: Feed, base_url: str) -> Iterator[Entry]:
    now = datetime.now(UTC)
    seen: set[str] = set()
    for raw in found:
        url = clean_link(raw.link, base_url)
        if url is None or url in seen:
            continue
        seen.add(url)
        yield Entry(
            url=url,
            title=plain(raw.title),
            published_at=_believable(raw.published_at, now),
            updated_at=_believable(raw.updated_at, now),
            summary=plain(raw.summary, LONGEST_SUMMARY),
            feed_id=feed.id,
        )


def _believable(moment: datetime | None, now: datetime) -> datetime | None:
    """A date that news can have: from ten years back to tomorrow, for clocks and time zones err."""
    return moment if moment is not None and now - _OLDEST <= moment <= now + _NEWEST else None
