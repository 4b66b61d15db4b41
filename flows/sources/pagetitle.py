"""The title of a page without the name of its site."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_TITLE = 500
_SEPARATOR = re.compile(r"\s+[|–—\-·•»«:/]+\s+|\s*[|｜¦]\s*|\s*::\s*|_(?=[^\W\d_]+$)")
_LEAST = 12
"""Characters that must remain when a site's name is taken off; CJK titles count double."""


def title_of(headlines: Iterable[str], document_title: str, site: str, url: str) -> str:
    """Return the article's title.

    The first of `headlines` (what it declares for sharing, then its heading) that is more than the site's name is taken, else the
    document's title. Of "Site: headline" the headline is taken where the page shows it alone. The name of the site is taken off its
    end or beginning when it is `site`, or the host's name, or what the document's title adds to a headline.
    """
    candidates = [" ".join(unescape(text).split())[:LONGEST_TITLE] for text in (*headlines, document_title)]
    candidates = [text for text in candidates if text]
    if not candidates:
        return ""
    names = {_key(site), *_host_names(url)} - {""}
    chosen = next((text for text in candidates if _is_title(text) and not _is_site(text, names)), candidates[0])
    shown = next((text for text in candidates if text != chosen and _is_title(text) and chosen.endswith(f": {text}")), None)
    return shown or _without_site(chosen, names, {_key(text) for text in candidates})


def _without_site(title: str, names: set[str], headlines: set[str]) -> str:
    seams = list(_SEPARATOR.finditer(title))
    for seam in seams:
        head, tail = title[: seam.start()].strip(), title[seam.end() :].strip()
        if _key(head) in headlines and _is_title(head):
            return head
        if _is_site(head, names) and _is_title(tail):
            return _without_site(tail, names, headlines)
    for seam in reversed(seams):
        head, tail = title[: seam.start()].strip(), title[seam.end() :].strip()
        if not (_is_site(tail, names) and _is_title(head)):
            break
        title = head
    return title


def _is_site(part: str, names: set[str]) -> bool:
    """Whether `part` is the site's name, or close to it: "Example News" for news.example.org."""
    key = _key(part)
    return bool(key) and any(
        key == name or (len(name) >= 4 and name in key and len(key) <= 3 * len(name)) or (len(key) >= 4 and key in name) for name in names
    )


def _is_title(part: str) -> bool:
    return sum(2 if sign > "\u2e80" else 1 for sign in part) >= _LEAST


def _host_names(url: str) -> set[str]:
    """The labels of the host that can be a name, without "www" and the public suffix."""
    labels = (urlsplit(url).hostname or "").split(".")
    return {_key(label) for label in labels[:-1] if label not in {"www", "com", "co", "org", "net", "gov", "news", "amp", "m"}}


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
