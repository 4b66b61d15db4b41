"""An official notice page: an HTML list whose links are the entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from flows.sources.links import LONGEST_LINK
from flows.sources.rawentries import RawEntry

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_listing(text: str, pattern: str, base_url: str) -> Iterator[RawEntry]:
    """Give the links of the page whose absolute address matches `pattern`, in the page's order, each once with its longest words.

    A page says no dates that could be trusted to belong to a link, so there are none.

    Raises:
        ValueError: the text is no HTML.

    """
    from lxml import etree, html  # type: ignore[import-untyped, unused-ignore]

    try:
        # Bytes with a said charset: lxml refuses text that declares another one.
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError as error:
        raise ValueError(f"no HTML: {error}") from error
    wanted = re.compile(pattern)
    base_url = _base(tree, base_url)
    words: dict[str, str] = {}
    for anchor in tree.iter("a"):
        address = _absolute(base_url, anchor.get("href", ""))
        if address and wanted.search(address):
            said = " ".join(anchor.text_content().split()) or anchor.get("title", "")
            words[address] = max(words.get(address, ""), said, key=len)
    return (RawEntry(link=address, title=title) for address, title in words.items())


def _base(tree: Any, page_url: str) -> str:
    """What the page's links are relative to: its first `<base href>`, or its own address."""
    href = next((element.get("href") for element in tree.iter("base") if element.get("href")), "")
    return _absolute(page_url, href) or page_url


def _absolute(base_url: str, link: str) -> str:
    """Empty when it is no address, or one too long to be tried against an operator's pattern."""
    try:
        return urljoin(base_url, link.strip()) if len(link) <= LONGEST_LINK else ""
    except ValueError:
        return ""
