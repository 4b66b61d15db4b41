"""What strangers wrote, made fit to print: names, quotes and addresses from pages and feeds."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

ELLIPSIS = "…"
_JOINERS = "\u200c\u200d"
"""Arabic-script and Indic words need them; all other format characters only hide or reorder text."""
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_ENCODED_WORD = re.compile(r"=(?=\?)")
_UNFIT_FOR_LINK = re.compile(r"[\s\"'<>`\\^{|}]|[^\x21-\uffff]")
_LEAST_KEPT = 0.6
"""Share of the room that a text cut at a word must still have; languages without spaces are cut at a letter."""


def one_line(text: str) -> str:
    """Return `text` on one line without control characters, and without those that reorder what is read."""
    kept = (letter if letter in _JOINERS or unicodedata.category(letter) not in _UNPRINTABLE else " " for letter in text)
    return " ".join("".join(kept).split())


def header_line(text: str) -> str:
    """Return `text` fit for a mail header: one line in which nothing can be taken for an encoded word (RFC 2047)."""
    return _ENCODED_WORD.sub("= ", one_line(text))


def shortened(text: str, limit: int) -> str:
    """Return `text`, or its beginning up to a word within `limit` columns, with an ellipsis.

    A Chinese, Japanese or Korean letter takes two columns, and says as much as two letters elsewhere.
    """
    fits = _fitting(text, limit)
    if fits == len(text):
        return text
    end = text.rfind(" ", 0, fits)
    if end < fits * _LEAST_KEPT:
        end = fits - 1
        while end > 0 and _belongs_to_previous(text[end]):
            end -= 1
    return text[: max(end, 0)].rstrip(" ,;:-–—") + ELLIPSIS


def _fitting(text: str, limit: int) -> int:
    """Count the letters of `text` that fit into `limit` columns."""
    columns = 0
    for place, letter in enumerate(text):
        columns += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if columns > limit:
            return place
    return len(text)


def _belongs_to_previous(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter).startswith("M")


def safe_link(url: str) -> str | None:
    """Return `url` if a reader can be sent there: http or https, a host, no credentials, no stray characters; otherwise None."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    is_fit = parts.scheme in {"http", "https"} and has_host and "@" not in parts.netloc and not _UNFIT_FOR_LINK.search(url)
    return url if is_fit and url == one_line(url) else None
