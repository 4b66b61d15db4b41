"""A page becomes title, text, language, address and dates."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.sources.pagefacts import moment
from flows.sources.pagetitle import title_of
from flows.sources.reading import Extracted, read_page
from tests.articles.samples import ORDINARY
from tests.articles.webpages import TEMPLATES, URL, blog, newspaper, page, paragraphs, plain


def read(html: str | bytes, **changes: str) -> Extracted:
    """Read a page that is one."""
    extracted = read_page(page(html, **changes))
    assert extracted is not None
    return extracted


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", sorted(ORDINARY))
def test_every_template_gives_the_article(template: str, language: str) -> None:
    """Title, text and language are the article's, whatever surrounds them and whatever the html element says."""
    extracted = read(TEMPLATES[template](language))
    assert (extracted.title, extracted.body, extracted.language) == (*ORDINARY[language], language)


def test_a_lying_charset_is_seen_through() -> None:
    """A page in windows-1251 that claims UTF-8 in header and head is read all the same."""
    extracted = read(blog("ru").replace("»", "-").encode("windows-1251", errors="replace"))
    assert extracted.title == ORDINARY["ru"][0]
    assert (extracted.charset, extracted.charset_lied) == ("cp1251", True)


def test_dates_are_utc() -> None:
    """Late evening in New York is the next day in UTC."""
    extracted = read(blog("en"))
    assert extracted.published_at == datetime(2026, 3, 5, 3, 30, tzinfo=UTC)
    assert extracted.updated_at == datetime(2026, 3, 5, 9, tzinfo=UTC)


def test_dates_are_found_in_json_ld() -> None:
    """Inside a graph, beside other things."""
    assert read(newspaper("de")).published_at == datetime(2026, 3, 3, 5, tzinfo=UTC)


def test_a_page_without_dates_has_none() -> None:
    """Nothing is defaulted: neither to the day of fetching nor to a year in the footer."""
    extracted = read(plain("fr").replace("</body>", "<p>© 2025</p></body>"))
    assert (extracted.published_at, extracted.guessed_at) == (None, None)


@pytest.mark.parametrize(
    "stated", ["2031-01-01T00:00:00Z", "1970-01-01", "0001-01-01T00:00:00+14:00", "yesterday", "9999-12-31T23:59:59-14:00"]
)
def test_incredible_dates_are_not_believed(stated: str) -> None:
    """Neither the future, nor the beginning of Unix time, nor words."""
    assert read(blog("en").replace("2026-03-04T22:30:00-05:00", stated)).published_at is None


def test_a_visible_date_is_a_guess() -> None:
    """A time element that is not marked as the publication's is told apart from what the page states."""
    extracted = read(plain("en").replace("<h1>", '<time datetime="2026-02-27">27 February 2026</time><h1>'))
    assert (extracted.published_at, extracted.guessed_at) == (None, datetime(2026, 2, 27, tzinfo=UTC))


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("/economy/safeguards", "https://www.example.org/economy/safeguards"),
        ("https://news.example.org/s", "https://news.example.org/s"),
        ("https://evil.test/economy/safeguards", "https://www.example.org/economy/safeguards"),
        ("https://www.example.org/", "https://www.example.org/economy/safeguards"),
        ("javascript:alert(1)", "https://www.example.org/economy/safeguards"),
        ("http://[", "https://www.example.org/economy/safeguards"),
    ],
)
def test_the_canonical_address_must_be_the_sites_own(canonical: str, expected: str) -> None:
    """Another site's, the front page's and broken ones are not taken; the asked address is cleaned of tracking then."""
    assert read(f'<head><link rel="canonical" href="{canonical}"></head><body>{paragraphs("en")}</body>').url == expected


@pytest.mark.parametrize(
    ("document_title", "site", "expected"),
    [
        ("Tariffs on steel doubled | Reuters", "Reuters", "Tariffs on steel doubled"),
        ("Tariffs on steel doubled - Example News", "", "Tariffs on steel doubled"),
        ("Example: Tariffs on steel doubled", "", "Example: Tariffs on steel doubled"),
        ("BBC News | Tariffs on steel doubled", "BBC News", "Tariffs on steel doubled"),
        ("US-China talks - what we know", "Example", "US-China talks - what we know"),
        ("美国宣布提高钢铁关税_Example", "", "美国宣布提高钢铁关税"),
        ("Steel &amp; aluminium: who pays?", "", "Steel & aluminium: who pays?"),
        ("Example", "Example", "Example"),
        ("", "", ""),
    ],
)
def test_the_sites_name_is_no_part_of_a_title(document_title: str, site: str, expected: str) -> None:
    """It goes from end or beginning, where it is known; dashes of the title's own stay."""
    assert title_of((), document_title, site, "https://www.example.org/a") == expected


@pytest.mark.parametrize("text", ["Wed, 04 Mar 2026 22:30:00 -0500", "2026-03-04T22:30:00-0500", "2026-03-05 03:30:00Z"])
def test_moments_are_read_in_both_notations(text: str) -> None:
    """ISO 8601 and RFC 5322."""
    assert moment(text) == datetime(2026, 3, 5, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"\x89PNG\r\n", b"PK\x03\x04"])
def test_what_is_no_text_is_not_read(content: bytes) -> None:
    """A PDF behind a feed's link is not decoded as windows-1252."""
    assert read_page(page(content)) is None


def test_a_plain_text_page_is_read() -> None:
    """Some ministries publish text files; the first line is the title."""
    title, body = ORDINARY["pl"]
    extracted = read(f"{title}\n\n{body}\n", content_type="text/plain; charset=utf-8")
    assert (extracted.title, extracted.body, extracted.url) == (title, body, URL)


def test_json_ld_that_is_nested_too_deep_is_skipped() -> None:
    """A stranger's JSON cannot exhaust the stack."""
    bomb = '<script type="application/ld+json">' + "[" * 100_000 + "</script></head>"
    assert read(blog("en").replace("</head>", bomb)).body == ORDINARY["en"][1]


def test_what_is_extracted_survives_json() -> None:
    """The child process answers in JSON."""
    extracted = read(blog("en"))
    assert Extracted.from_json(extracted.to_json()) == extracted


@pytest.mark.fault
@given(content=st.one_of(st.binary(max_size=300), st.text(alphabet="<>/abé&;\"' =ldp", max_size=200).map(str.encode)))
@settings(max_examples=100, deadline=None)
def test_any_bytes_can_be_read(content: bytes) -> None:
    """What is no page gives no text, and no error."""
    extracted = read_page(page(content))
    assert extracted is None or isinstance(extracted.body, str)
