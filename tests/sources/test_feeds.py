"""Feeds in every format and charset, whole, broken and hostile."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from config.feeds import Feed
from flows.sources.feeds import MOST_ENTRIES, Entry, read_feed
from flows.sources.plaintext import plain
from models.records import Rejected

BASE = "http://news.example/feeds/all"
YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).replace(microsecond=0)
RFC822, RFC3339 = format_datetime(YESTERDAY), YESTERDAY.isoformat()

NETSCAPE = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'

FORMATS = {
    "RSS 0.91": f'<?xml version="1.0"?>{NETSCAPE}<rss version="0.91"><channel><title>c</title>'
    f"<item><title>Duty raised</title><link>/a</link><pubDate>{RFC822}</pubDate></item></channel></rss>",
    "RSS 1.0": f'<?xml version="1.0"?><rdf:RDF {RDF}><channel rdf:about="http://news.example/"><title>c</title></channel>'
    f'<item rdf:about="http://news.example/a"><title>Duty raised</title><link>http://news.example/a</link><dc:date>{RFC3339}</dc:date></item></rdf:RDF>',
    "RSS 2.0": f'<rss version="2.0"><channel><title>c</title><item><title><![CDATA[Duty <b>raised</b>]]></title>'
    f'<guid isPermaLink="true">http://news.example/a</guid><pubDate>{RFC822}</pubDate></item></channel></rss>',
    "Atom": f'<feed xmlns="http://www.w3.org/2005/Atom"><title>c</title><entry><title type="html">Duty &lt;i&gt;raised&lt;/i&gt;</title>'
    f'<link rel="alternate" href="/a?utm_source=atom"/><published>{RFC3339}</published><updated>{RFC3339}</updated></entry></feed>',
    "JSON Feed 1.0": json.dumps({"version": "https://jsonfeed.org/version/1",
        "items": [{"id": "1", "url": "/a", "title": "Duty raised", "date_published": RFC3339}]}),
    "JSON Feed 1.1": json.dumps({"version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "http://news.example/a", "title": "Duty raised", "date_published": RFC3339}]}),
}  # fmt: skip


@pytest.fixture(scope="module")
def feed() -> Feed:
    """A feed as declared by its reader."""
    return Feed(id="news", url=BASE, publisher="News", owner="News", country="US", language="en", kind="wire")


def rss(items: str, before: str = "", charset: str = "utf-8") -> str:
    """An RSS document around `items`."""
    return f'<?xml version="1.0" encoding="{charset}"?>{before}<rss version="2.0"><channel><title>c</title>{items}</channel></rss>'


def item(title: str, link: str = "/a", more: str = "") -> str:
    """One RSS item."""
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_entry(feed: Feed, name: str) -> None:
    """Title in plain text, absolute address, date in UTC: whatever the format."""
    (entry,) = read_feed(FORMATS[name].encode(), None, feed, BASE)
    assert (entry.url, entry.title, entry.published_at, entry.feed_id) == ("http://news.example/a", "Duty raised", YESTERDAY, "news")
    assert entry.updated_at == (YESTERDAY if name == "Atom" else None)


HEADLINES = {
    "gb18030": ("zh", "商务部宣布对原产于美国的进口商品加征关税，自公布之日起施行"),
    "shift_jis": ("ja", "経済産業省は半導体製造装置の輸出管理を強化すると発表した"),
    "windows-1251": ("ru", "Правительство ввело временный запрет на вывоз удобрений до конца года"),
    "euc-kr": ("ko", "정부는 반도체 수출 통제 조치를 강화한다고 발표했다"),
    "iso-8859-2": ("pl", "Rząd wprowadził zakaz przywozu zboża z Ukrainy, ogłosiło ministerstwo rolnictwa w Łodzi"),
}


@pytest.mark.fault
@pytest.mark.parametrize("declared", ["utf-8", "truth", "iso-8859-1"])
@pytest.mark.parametrize("charset", HEADLINES)
def test_titles_are_right_whatever_charset_the_feed_claims(feed: Feed, charset: str, declared: str) -> None:
    """A feed that declares UTF-8 or Latin 1 and is neither is read in what it is."""
    language, headline = HEADLINES[charset]
    said = charset if declared == "truth" else declared
    body = rss(item(headline, more=f"<description>{headline}</description>"), charset=said).encode(charset)
    (entry,) = read_feed(body, f"text/xml; charset={said}", feed.model_copy(update={"language": language}), BASE)
    assert entry.title == headline


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig", "utf-16-be", "utf-32"])
def test_byte_order_marks_settle_the_charset(feed: Feed, charset: str) -> None:
    """A mark at the beginning wins over whatever is declared."""
    mark = "﻿" if charset == "utf-16-be" else ""
    body = (mark + rss(item("関税 تعريفة शुल्क"), charset="iso-8859-1")).encode(charset)
    assert [entry.title for entry in read_feed(body, "text/xml; charset=windows-1252", feed, BASE)] == ["関税 تعريفة शुल्क"]


def test_an_official_page_of_notices_is_a_feed_too(make_feed: Callable[..., Feed]) -> None:
    """Links that match the pattern become entries, each once, with its longest words; the rest is navigation."""
    page = make_feed("http://ministry.example/notices/", form="page", link_pattern=r"/notices/\d+\.html$")
    body = """<html><head><base target=x><base href="/notices/"></head><ul><li><a href="12.html"><img src=x></a><a href='12.html'> Notice
      <b>No. 12</b> </a><li><a href="http://ministry.example/notices/13.html" title="Notice 13"></a><a href="/about.html">About</a>
      <a href="javascript:alert(1)">x</a><a>none</a></ul>"""
    entries = read_feed(body.encode(), "text/html", page, "http://ministry.example/cgi/list")
    assert [(entry.url[-8:], entry.title) for entry in entries] == [("/12.html", "Notice No. 12"), ("/13.html", "Notice 13")]
    assert all(entry.published_at is None for entry in entries)


@pytest.mark.parametrize(
    "date",
    ["Tue, 01 Jan 2050 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 01 Jan 1900 00:00:00 GMT", "soon", "0", "Mon, 99 Foo 99999"],
)
def test_dates_that_news_cannot_have_are_unknown(feed: Feed, date: str) -> None:
    """The far future, the distant past and nonsense are None, never today."""
    (entry,) = read_feed(rss(item("a", more=f"<pubDate>{date}</pubDate>")).encode(), None, feed, BASE)
    assert entry.published_at is None


def test_tomorrow_is_believed_for_clocks_and_zones_err(feed: Feed) -> None:
    """A date up to 24 hours ahead stays."""
    soon = (datetime.now(UTC) + timedelta(hours=23)).replace(microsecond=0)
    (entry,) = read_feed(rss(item("a", more=f"<pubDate>{format_datetime(soon)}</pubDate>")).encode(), None, feed, BASE)
    assert entry.published_at == soon


@pytest.mark.fault
def test_a_flood_of_items_is_capped_quickly(feed: Feed) -> None:
    """Of 20,000 items the first 500 are taken, and the rest costs next to nothing."""
    body = rss("".join(item(f"t{n}", f"/{n}", "<description>words</description>") for n in range(20_000))).encode()
    started = time.monotonic()
    entries = read_feed(body, None, feed, BASE)
    assert [entry.title for entry in entries] == [f"t{n}" for n in range(MOST_ENTRIES)]
    assert time.monotonic() - started < 5


def test_a_quiet_feed_is_not_a_broken_one(feed: Feed) -> None:
    """No items is an answer; it rejects nothing."""
    assert read_feed(rss("").encode(), None, feed, BASE) == ()
    assert read_feed(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', None, feed, BASE) == ()


def test_an_address_counts_once(feed: Feed) -> None:
    """The same article twice in a feed, with other tracking, is one entry: the first."""
    body = rss(item("one", "/a?utm_source=x") + item("two", "/a#top") + item("three", "/b"))
    assert [entry.title for entry in read_feed(body.encode(), None, feed, BASE)] == ["one", "three"]


@pytest.mark.fault
@pytest.mark.parametrize(
    "title",
    [
        "&lt;script&gt;alert(1)&lt;/script&gt;News",
        "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;News",
        "<![CDATA[<img src=x onerror=alert(1)>News]]>",
        "<![CDATA[<svg/onload=alert(1)>x</svg>News]]>",
        "<![CDATA[<style>*{}</style><iframe src='javascript:alert(1)'>x</iframe>News]]>",
        "<![CDATA[<a href='javascript:alert(1)'>News</a>]]>",
        "<![CDATA[<!--<img src=x>-->News]]>",
        "\u202eNews\u2066\u200b",
        "<![CDATA[ News\x0b\n\t]]>",
        "&amp;#78;ews",
    ],
)
def test_titles_are_words_alone(feed: Feed, title: str) -> None:
    """Markup, scripts, escapes of escapes and invisible marks leave nothing but the words."""
    (entry,) = read_feed(rss(item(title, more=f"<description>{title}</description>")).encode(), None, feed, BASE)
    assert entry.title == entry.summary == "News"


@pytest.mark.fault
@pytest.mark.parametrize("markup", ["<", "<a", "<a ", "<!--", "<![CD", "<?", "</", "&", "&#", "<a b='", "<svg>", "<div>", "<script><!--"])
def test_no_markup_takes_long_to_take_out(markup: str) -> None:
    """A title or summary made of beginnings of tags is read in no time, and never raises."""
    started = time.monotonic()
    plain(markup * 40_000, 4_000)
    assert time.monotonic() - started < 1


def test_inline_markup_does_not_split_words(feed: Feed) -> None:
    """A bold initial belongs to its word; paragraphs stand apart."""
    body = rss(item("<![CDATA[<b>T</b>ariff<p>rises</p>again]]>"))
    assert [entry.title for entry in read_feed(body.encode(), None, feed, BASE)] == ["Tariff rises again"]


def test_words_that_only_look_like_markup_stay(feed: Feed) -> None:
    """A comparison is no tag, an ampersand no entity, and the joiners of Hindi and Persian are spelling."""
    body = rss(item("Duties &lt; 5% &amp; AT&amp;T: क्‍ष می‌شود"))
    assert [entry.title for entry in read_feed(body.encode(), None, feed, BASE)] == ["Duties < 5% & AT&T: क्‍ष می‌شود"]


@pytest.mark.fault
@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "http://", "/" + "a" * 3000, "http://u:p@x.example/"]
)
def test_entries_without_a_web_address_are_left_out(feed: Feed, link: str) -> None:
    """What cannot be fetched is no entry; the others stay."""
    body = rss(item("bad", link) + item("good", "/good"))
    assert [entry.title for entry in read_feed(body.encode(), None, feed, BASE)] == ["good"]


@pytest.mark.parametrize(
    "body",
    [
        rss(item("one")).replace("</channel></rss>", ""),
        rss(item("one", more="<description>Tom & Jerry <br> &nbsp; </description>")),
        "\n\n" + rss(item("one")),
        rss(item("one")) + "trailing <junk",
        rss(item("one")).replace("<rss ", "<!-- x -- y --><rss "),
        rss(item("one"), charset="no-such-charset"),
        rss(item("one\x00\x1f")),
    ],
)
def test_of_a_broken_feed_what_can_be_read_is_taken(feed: Feed, body: str) -> None:
    """Cut off, not well-formed, with junk around: the entry is still there."""
    assert [entry.title for entry in read_feed(body.encode(), None, feed, BASE)] == ["one"]


LAUGHS = (
    "<!DOCTYPE r [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
HOSTILE = {
    "billion laughs": rss(item("&j;"), LAUGHS),
    "quadratic": rss(item("&a;" * 10_000), f"<!DOCTYPE r [<!ENTITY a '{'x' * 100_000}'>]>"),
    "many entities": rss(item("x"), "<!DOCTYPE r [" + "<!ENTITY a 'b'>" * 100_000 + "]>"),
    "JSON nested": '{"items":' + "[" * 200_000,
    "JSON number": '{"items":' + "9" * 100_000 + "}",
    "open tags": "<a " * 1_000_000,
    "item tags": "<item>" * 500_000,
    "references": "<rss><item><title>" + "&a" * 1_000_000,
    "less-than": "<" * 3_000_000,
}


@pytest.mark.fault
@pytest.mark.parametrize("name", HOSTILE)
def test_documents_made_to_cost_time_or_memory_are_rejected_at_once(feed: Feed, name: str) -> None:
    """Entity bombs, deep nesting and floods of tags end in a counted rejection within seconds."""
    started = time.monotonic()
    with pytest.raises(Rejected, match="broken-feed"):
        read_feed(HOSTILE[name].encode(), None, feed, BASE)
    assert time.monotonic() - started < 5


@pytest.mark.fault
@pytest.mark.parametrize("case", ["upper", "lower"])
def test_external_entities_are_never_read(feed: Feed, tmp_path: Path, case: str) -> None:
    """A canary file named in the document does not show up in what is read, and the feed is none the worse."""
    canary = tmp_path / "canary.txt"
    canary.write_text("CANARY")
    keyword = "ENTITY" if case == "upper" else "entity"
    where = f"SYSTEM '{canary.as_uri()}'"
    declaration = f"<!DOCTYPE r {where} [\n<!{keyword} x {where}><!{keyword} % p {where}>%p;]>"
    entries = read_feed(rss(item("News &x;") + item("Next", "/b"), declaration).encode(), None, feed, BASE)
    assert [entry.title for entry in entries] == ["News &x;", "Next"]


@pytest.mark.fault
def test_bytes_that_name_a_file_are_not_opened(feed: Feed, tmp_path: Path) -> None:
    """The bytes are the document, never the place of one."""
    path = tmp_path / "feed.xml"
    path.write_text(rss(item("CANARY")))
    for name in (str(path), path.as_uri()):
        with pytest.raises(Rejected):
            read_feed(name.encode(), None, feed, BASE)


def test_a_few_entities_of_its_own_are_a_feeds_right(feed: Feed) -> None:
    """Short internal entities are unfolded."""
    (entry,) = read_feed(rss(item("&co; pays"), '<!DOCTYPE r [<!ENTITY co "Acme">]>').encode(), None, feed, BASE)
    assert entry.title == "Acme pays"


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"Sorry, nothing here", b"<html><body>404</body></html>", b"[]", b'{"a":1}', b"\x00\xff" * 100, b"%PDF-1.7"]
)
def test_what_is_no_feed_is_rejected(feed: Feed, body: bytes) -> None:
    """Error pages, other formats and nothing at all are counted as a broken feed, with its address."""
    with pytest.raises(Rejected) as rejected:
        read_feed(body, "text/html", feed, BASE)
    assert (rejected.value.rejection.stage, rejected.value.rejection.url) == ("feed", BASE)


SNIPPETS = st.sampled_from([part.encode() for text in FORMATS.values() for part in text.replace(">", ">\n").splitlines()])
SOUP = st.lists(
    st.one_of(SNIPPETS, st.binary(max_size=20), st.sampled_from([b"<![CDATA[", b"<!", b"&#x", b"<?", b"]]>", b"<!DOCTYPE ["])), max_size=30
)


def _harmless(entry: Entry) -> bool:
    return entry.url.startswith(("http://", "https://")) and "\n" not in entry.title and len(entry.title) <= 500


@pytest.mark.fault
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(st.binary(max_size=400), SOUP.map(b"".join)),
    st.sampled_from([None, "text/xml; charset=\udcff", "application/json", "text/html; charset=utf-7"]),
)
@example(b"<![if", None)
@example(b"<rss><![x", None)
@example(b"&#99999999999;<a>", None)
@example(b"<rss version='2.0'><channel><item><link>/a</link><title><![CDATA[<![CD<x]]></title></item></channel></rss>", None)
def test_any_bytes_are_entries_or_a_rejection(feed: Feed, body: bytes, content_type: str | None) -> None:
    """Whatever comes, nothing but `Rejected` is ever raised, and every entry is harmless."""
    for form in (feed, feed.model_copy(update={"form": "page", "link_pattern": "a"})):
        try:
            assert all(map(_harmless, read_feed(body, content_type, form, BASE)))
        except Rejected as rejected:
            assert rejected.rejection.reason == "broken-feed"  # noqa: PT017 - either outcome is right
