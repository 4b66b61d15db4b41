"""Articles that lie in files: pages (.html), texts (.txt) and lines of JSON (.jsonl)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.sources.articles import article_of
from flows.sources.charsets import decode
from flows.sources.extraction import ExtractionPool
from flows.sources.maintext import LONGEST_TEXT
from flows.sources.pagefacts import moment
from models.cleaning import clean, split_paragraphs
from models.frame import breadcrumb
from models.language import detect
from models.records import Article, Page, Publisher, Rejected, Rejection

PAGES = frozenset({".html", ".htm", ".xhtml"})
TEXTS = frozenset({".txt", ".text", ".md", ""})
LOCAL = Publisher("local file", "local file")
"""Publisher of what comes without one."""


async def read_file(
    pool: ExtractionPool, path: Path, *, url: str | None = None, published_at: datetime | None = None, publisher: Publisher = LOCAL
) -> AsyncIterator[Article | Rejection]:
    """Yield the articles of one file, and what of it is none.

    `url` names the article in place of the file's own address; `published_at` (UTC) is believed in place of what the file says. An
    article of a JSON line is named by its "id".

    Raises:
        OSError: the file cannot be read.

    """
    content, uri = await asyncio.to_thread(_load, path)
    address, now = url or uri, datetime.now(UTC)
    if path.suffix.lower() in PAGES:
        page = Page(address, address, content, "text/html", now)
        try:
            yield await article_of(pool, page, publisher, published_at=published_at)
        except Rejected as rejected:
            yield rejected.rejection
    elif path.suffix.lower() == ".jsonl":
        for article in read_lines(decode(content).text, address, publisher, now):
            yield article
    elif path.suffix.lower() not in TEXTS:
        yield Rejection("extract", "unknown-form", address, f"{path.suffix}: give .html, .txt or .jsonl")
    else:
        yield read_text(decode(content).text, address, publisher, now, published_at)


def _load(path: Path) -> tuple[bytes, str]:
    return path.read_bytes(), path.absolute().as_uri()


def read_text(text: str, url: str, publisher: Publisher, now: datetime, published_at: datetime | None = None) -> Article | Rejection:
    """Read a plain text: its first line that is no breadcrumb trail is the title."""
    paragraphs = split_paragraphs(text[:LONGEST_TEXT])
    start = next((index for index, paragraph in enumerate(paragraphs) if not breadcrumb(paragraph)), len(paragraphs))
    title, body = (paragraphs[start], "\n\n".join(paragraphs[start + 1 :])) if start < len(paragraphs) else ("", "")
    return _article(title, body, url, publisher, now, published_at)


def read_lines(text: str, source: str, publisher: Publisher, now: datetime) -> Iterator[Article | Rejection]:
    """Read one article a line: an object with "text", and with "id", "title" and "published" where known; all else is ignored."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _of_line(line, f"{source}#{number}", publisher, now)


def _of_line(line: str, place: str, publisher: Publisher, now: datetime) -> Article | Rejection:
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Rejection("extract", "not-json", place, str(error)[:200])
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return Rejection("extract", "no-text", place, 'the line needs a string "text"')
    published = record.get("published")
    return _article(
        str(record.get("title") or ""),
        record["text"][:LONGEST_TEXT],
        str(record.get("id") or place),
        publisher,
        now,
        moment(published) if isinstance(published, str) else None,
    )


def _article(title: str, body: str, url: str, publisher: Publisher, now: datetime, published_at: datetime | None) -> Article | Rejection:
    """Clean a text; the language is detected, and "" when there are no words to tell it by."""
    language = detect(f"{title}\n{body}") or ""
    title, body = clean(title, body, language)
    if not (title or body):
        return Rejection("extract", "no-text", url)
    return Article(url, title, body, language, published_at, publisher, now)
