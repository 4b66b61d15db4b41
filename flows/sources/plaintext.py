"""The words of a title or summary that may be plain, HTML, or HTML escaped twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_TITLE = 500
"""Characters kept of a title."""
LONGEST_SUMMARY = 4_000
"""Characters kept of a summary."""

_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
# Control characters, and the marks that turn the direction of what follows, so that a name can pretend to be another. The
# joiners that Hindi and Arabic spell with (U+200C, U+200D) stay.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]")
_UNREAD = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head"})
_INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"})
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
    # Not the standard library's HTMLParser: "<a<a<a" takes it quadratic time, and "<![x" raises an AssertionError.
    from lxml import etree, html  # type: ignore[import-untyped, unused-ignore]

    document = f"<html><body><div>{_INVISIBLE.sub('', text)}</div></body></html>".encode("utf-8", "replace")
    try:
        return "".join(_words(html.document_fromstring(document, parser=html.HTMLParser(encoding="utf-8"))))
    except etree.LxmlError:
        return ""


def _words(element: Any) -> Iterator[str]:
    """The text in and after `element`, and none of what a browser would run."""
    apart = "" if element.tag in _INLINE else " "
    yield apart
    if isinstance(element.tag, str) and element.tag not in _UNREAD:
        yield element.text or ""
        for child in element:
            yield from _words(child)
    yield apart
    yield element.tail or ""
