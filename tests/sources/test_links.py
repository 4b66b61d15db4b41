"""Links as strangers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.sources.links import LONGEST_LINK, clean_link

BASE = "https://news.example/feeds/"


@pytest.mark.parametrize(
    ("link", "clean"),
    [
        ("https://News.example:443/a#comments", "https://news.example/a"),
        ("a.html", "https://news.example/feeds/a.html"),
        ("//other.example/a", "https://other.example/a"),
        ("  https://news.example/a \n", "https://news.example/a"),
        ("https://news.example/a?utm_source=rss&id=3&fbclid=x", "https://news.example/a?id=3"),
        ("https://news.example/?utm_source=rss", "https://news.example/"),
        ("https://bücher.example/路径", "https://xn--bcher-kva.example/%E8%B7%AF%E5%BE%84"),
    ],
)
def test_links_become_absolute_and_alike(link: str, clean: str) -> None:
    """Fragments, default ports and click tracking go; what names the article stays."""
    assert clean_link(link, BASE) == clean


@pytest.mark.parametrize(
    "link",
    [
        "https://news.example/a?12345",
        "https://news.example/a?b=2&a=1",
        "https://news.example/a?id=%C4%E3",
        "https://news.example/a;0,1518.html",
        "https://news.example/a?gallery_id=5&cid=7&uid=9",
        "https://news.example/share?u=https://other.example/a",
        "https://news.example/a/",
    ],
)
def test_what_tells_two_articles_apart_is_left_as_it_is(link: str) -> None:
    """Order, spelling, bare parameters, numbers by any name and nested addresses are the article's own."""
    assert clean_link(link, BASE) == link


@pytest.mark.fault
@pytest.mark.parametrize(
    "link",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "http://",
        "https:///a",
        "http://[::1",
        "http://x.example:99999/",
        "http://user:secret@x.example/",
        "https://x.example/" + "a" * LONGEST_LINK,
    ],
)
def test_what_is_no_web_address_is_none(link: str) -> None:
    """Only http and https, with a host, without a password, of reasonable length."""
    assert clean_link(link, "") is None


@pytest.mark.fault
@given(st.text(max_size=200), st.sampled_from(["", BASE]))
def test_any_text_is_a_safe_link_or_none(link: str, base: str) -> None:
    """Whatever is written, nothing but http(s) comes out, and cleaning twice changes nothing."""
    clean = clean_link(link, base)
    assert clean is None or (clean.startswith(("http://", "https://")) and clean.isascii() and clean_link(clean) == clean)
