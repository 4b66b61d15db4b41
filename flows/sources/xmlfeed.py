"""RSS 0.9x, 1.0, 2.0 and Atom, read by feedparser from bytes that are already in order."""

from __future__ import annotations

import calendar
import re
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flows.sources.entities import unfold_entities
from flows.sources.rawentries import RawEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ITEM_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_MOST_MARKS = 300_000
"""Tags and references in the items that are read: 500 articles in full have fewer, and the lenient reader takes seconds for more."""
_HEADERS = {"content-type": "application/xml; charset=utf-8"}

# feedparser's lenient reader stands on old SGML code, which answers some nonsense with these; on nonsense they mean "no feed".
_GIVES_UP = (AssertionError, AttributeError, IndexError, KeyError, LookupError, RecursionError, TypeError, ValueError)


def read_xml(text: str, most: int) -> Iterator[RawEntry]:
    """Give the first `most` entries; of broken XML, those that can be read.

    Raises:
        ValueError: no feed, or one that would cost too much to read.

    """
    import feedparser

    document = _first_items(unfold_entities(_DECLARATION.sub("", text, count=1)), most)
    if document.count("<") + document.count("&") > _MOST_MARKS:
        raise ValueError(f"more than {_MOST_MARKS} tags")
    try:
        # Bytes only, never a string: feedparser would open a string that names a file or an address. No cleaning of HTML: we take
        # the words alone.
        parsed = feedparser.parse(
            BytesIO(document.encode("utf-8", "replace")), response_headers=_HEADERS, resolve_relative_uris=False, sanitize_html=False
        )
    except _GIVES_UP as error:
        raise ValueError(f"unreadable: {type(error).__name__}: {error}") from error
    if not parsed.entries and not parsed.get("version"):
        raise ValueError(str(parsed.get("bozo_exception", "no feed"))[:200])
    atom = str(parsed.get("version", "")).startswith("atom")
    return (_entry(entry, atom=atom) for entry in parsed.entries[:most])


def _first_items(document: str, most: int) -> str:
    """Leave out all items after the first `most`, so that a flood of them costs nothing to read."""
    ends = [found.end() for found in _ITEM_END.finditer(document)]
    return document[: ends[most - 1]] + document[ends[-1] :] if len(ends) > most else document


def _entry(entry: Any, *, atom: bool) -> RawEntry:
    summary = _string(entry, "summary")
    published = _moment(entry.get("published_parsed"))
    updated = _moment(entry.get("updated_parsed")) if "updated" in entry else None
    if published is None and not atom:
        # feedparser takes RSS's one date by any other name (dc:date) for a change; RSS knows no changes.
        published, updated = updated, None
    return RawEntry(
        link=_link(entry),
        title=_string(entry, "title") or summary,
        summary=summary,
        published_at=published,
        updated_at=updated,
    )


def _link(entry: Any) -> str:
    """The entry's link; failing that its id, where that is an address (RSS: a guid is a link unless it says otherwise)."""
    return _string(entry, "link") or _string(entry, "id")


def _string(entry: Any, key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _moment(parsed: time.struct_time | None) -> datetime | None:
    """Read the UTC time that feedparser gives."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=calendar.timegm(parsed)) if parsed else None
    except (ValueError, OverflowError):
        return None
