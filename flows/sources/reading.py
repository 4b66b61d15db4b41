"""One page's bytes to what can be read in it: all the work that a hostile page can make slow, in one function for a child process."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flows.sources.charsets import decode
from flows.sources.maintext import LONGEST_TEXT, main_text
from flows.sources.pagefacts import guess_date, page_facts, parse
from models.cleaning import clean
from models.language import detect
from models.records import Page

_TIMES = ("published_at", "guessed_at", "updated_at")
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"RIFF")


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one page says, cleaned; texts are "" where the page has none."""

    title: str
    body: str
    """Paragraphs, separated by blank lines."""
    language: str | None
    """ISO 639-1 code, detected; None when there is too little text to tell."""
    declared_language: str | None
    """What the html element says; it may lie."""
    url: str
    """Canonical address."""
    published_at: datetime | None = None
    """UTC; as the page's markup states it."""
    guessed_at: datetime | None = None
    """UTC; the day that a page without such markup seems to be of."""
    updated_at: datetime | None = None
    """UTC; as the page's markup states it."""
    charset: str = "utf-8"
    charset_lied: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        values = asdict(self)
        return values | {key: values[key].isoformat() for key in _TIMES if values[key]}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Extracted:
        """Return what `to_json` was made of."""
        return cls(**values | {key: datetime.fromisoformat(values[key]) for key in _TIMES if values[key]})


def read_page(page: Page, language: str | None = None) -> Extracted | None:
    """Read a page of any charset and make; None when it is no text at all (an image, a PDF).

    `language` (ISO 639-1) is what the source is known to be in: it breaks ties between charsets and serves where too little text is
    left to detect a language. A page can make this take minutes and gigabytes: call it where that does no harm.
    """
    if page.content.startswith(_BINARY):
        return None
    decoded = decode(page.content, page.content_type, language)
    if (page.content_type or "").partition(";")[0].strip().lower() == "text/plain":
        return _plain(page, decoded.text, decoded.charset, language)
    tree = parse(decoded.text)
    if tree is None:
        return Extracted("", "", language, None, page.final_url, charset=decoded.charset, charset_lied=decoded.lied)
    facts = page_facts(tree, page.final_url, page.fetched_at)
    text = main_text(tree, decoded.text, page.final_url)
    found = detect(text) or language
    title, body = clean(facts.title, text, found or facts.language or "")
    return Extracted(
        title=title,
        body=body,
        language=found or facts.language,
        declared_language=facts.language,
        url=facts.url,
        published_at=facts.published_at,
        guessed_at=None if facts.published_at or not body else guess_date(tree, page.final_url, page.fetched_at),
        updated_at=facts.updated_at,
        charset=decoded.charset,
        charset_lied=decoded.lied,
    )


def _plain(page: Page, text: str, charset: str, language: str | None) -> Extracted:
    """A page that is plain text: its first line is the title."""
    first, _, rest = text.strip()[:LONGEST_TEXT].partition("\n")
    found = detect(rest) or language
    title, body = clean(first, rest, found or "")
    return Extracted(title, body, found, None, page.final_url, charset=charset)
