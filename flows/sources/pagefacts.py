"""What a page says of itself: title, address, dates, language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flows.sources.links import clean_link
from flows.sources.pagetitle import title_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_OLDEST = datetime(1995, 1, 1, tzinfo=UTC)
_NEWEST = timedelta(hours=24)
"""How far a page's date may lie ahead of its fetching: time zones, no more."""
_MOST_SCRIPTS = 20
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
)
"""Names of meta elements that tell when a page was published, best first: Open Graph, schema.org, Dublin Core, then others."""
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "revised",
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page states in its markup; None or "" where it states nothing that can be believed."""

    title: str
    url: str
    """Canonical address when the page names one on its own site, else the address it came from, cleaned."""
    published_at: datetime | None
    """UTC."""
    updated_at: datetime | None
    """UTC."""
    language: str | None
    """Two-letter code of the html element; it may lie."""


def parse(html: str) -> HtmlElement | None:
    """Return the tree of `html`, or None when nothing can be made of it."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(html.encode("utf-8", errors="replace"), parser=HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError):
        return None


def page_facts(tree: HtmlElement, url: str, fetched_at: datetime) -> PageFacts:
    """Read what the page at `url` says of itself; dates before 1995 or after `fetched_at` are not believed."""
    meta = _meta(tree)
    linked = next(_articles(tree), {})
    site = meta.get("og:site_name", "")
    headlines = (_text(linked.get("headline")), meta.get("og:title", ""), meta.get("twitter:title", ""), _only_heading(tree))
    return PageFacts(
        title=title_of(headlines, str(tree.findtext(".//title") or ""), site, url),
        url=_canonical(tree, url),
        published_at=_first_moment(
            (_text(linked.get("datePublished")), *_named(meta, _PUBLISHED), *_timed(tree, "datePublished")), fetched_at
        ),
        updated_at=_first_moment((_text(linked.get("dateModified")), *_named(meta, _UPDATED), *_timed(tree, "dateModified")), fetched_at),
        language=_declared_language(tree),
    )


def guess_date(tree: HtmlElement, url: str, fetched_at: datetime) -> datetime | None:
    """Return the day that a page without machine-readable date seems to be of (htmldate, without its free search in the text)."""
    from htmldate import find_date

    found = find_date(tree, extensive_search=False, original_date=True, url=url, min_date=_OLDEST, max_date=fetched_at + _NEWEST)
    return moment(found) if found else None


def moment(text: str) -> datetime | None:
    """Read an ISO 8601 or RFC 5322 date as UTC; a date without zone is taken as UTC, a day as its midnight."""
    text = text.strip()
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        try:
            parsed = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    try:
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except OverflowError:
        return None


def _first_moment(texts: tuple[str, ...], fetched_at: datetime) -> datetime | None:
    moments = (moment(text) for text in texts if 8 <= len(text) <= 64)
    return next((found for found in moments if found and _OLDEST <= found <= fetched_at + _NEWEST), None)


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The meta elements by name, in lower case; the first of each name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            found.setdefault(name.lower(), element.get("content").strip())
    return found


def _named(meta: dict[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(meta[name] for name in names if name in meta)


def _timed(tree: HtmlElement, role: str) -> tuple[str, ...]:
    """The `time` elements (and their like) that are marked with the schema.org property `role`."""
    marked = tree.xpath("//*[@itemprop=$role]", role=role)[:3]
    return tuple(element.get("datetime") or element.get("content") or "" for element in marked)


def _only_heading(tree: HtmlElement) -> str:
    """The page's one main heading; on old pages without an h1, its one h2."""
    for level in ("h1", "h2"):
        headings = [" ".join(heading.text_content().split()) for heading in tree.iter(level)]
        if headings:
            return headings[0] if len(headings) == 1 else ""
    return ""


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The schema.org articles in the page's JSON-LD, outermost first."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:_MOST_SCRIPTS]:
        try:
            waiting: list[Any] = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        for node in waiting:  # grows as it is walked
            if isinstance(node, dict):
                if "headline" in node and "datePublished" in node:
                    yield node
                waiting.extend(value for value in node.values() if isinstance(value, dict | list))
            elif isinstance(node, list):
                waiting.extend(value for value in node if isinstance(value, dict | list))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _canonical(tree: HtmlElement, url: str) -> str:
    """The page's canonical address if it lies on the same site and is not merely the site's front page."""
    cleaned = clean_link(url) or url
    for element in tree.xpath("//link[@rel='canonical'][@href]")[:1]:
        canonical = clean_link(element.get("href"), url)
        if canonical and _site(canonical) == _site(url) and not (_is_front(canonical) and not _is_front(url)):
            return canonical
    return cleaned


def _site(url: str) -> str:
    """The registrable host, such as example.co.uk; the host itself where there is none (loopback, plain addresses)."""
    from courlan import extract_domain

    return extract_domain(url, fast=True) or urlsplit(url).netloc


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def _declared_language(tree: HtmlElement) -> str | None:
    code = str(tree.get("lang") or "")[:2].lower()
    return code if len(code) == 2 and code.isalpha() and code.isascii() else None
