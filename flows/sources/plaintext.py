"""The words of a title or summary that may be plain, HTML, or HTML escaped twice."""

from __future__ import annotations

import re
from html.parser import HTMLParser

LONGEST_TITLE = 500
"""Characters kept of a title."""
LONGEST_SUMMARY = 4_000
"""Characters kept of a summary."""

_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
# Control characters, and the marks that turn the direction of what follows, so that a name can pretend to be another. The
# joiners that Hindi and Arabic spell with (U+200C, U+200D) stay.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]")
_UNREAD = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math"})
_ROUNDS = 3


def plain(text: str, longest: int = LONGEST_TITLE) -> str:
    """Return the words of `text` on one line, without markup and invisible characters, at most `longest` characters."""
    text = text[: longest * 20]  # markup is rarely more than that; what follows is not worth the time
    for _ in range(_ROUNDS):
        if not _MARKUP.search(text):
            break
        text = _without_markup(text)
    return " ".join(_INVISIBLE.sub("", text).split())[:longest].rstrip()


def _without_markup(text: str) -> str:
    reader = _Words()
    reader.feed(text)
    reader.close()
    return "".join(reader.words)


class _Words(HTMLParser):
    """Collects the text between tags, and none of what a browser would run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the library's signature
        self._unread += tag in _UNREAD
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unread = max(0, self._unread - (tag in _UNREAD))
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.words.append(data)
