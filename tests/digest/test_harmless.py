"""Strangers' words come through as words: no markup, no links that run, no headers of their own, no letters that hide or reorder."""

from __future__ import annotations

import unicodedata
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from config.errors import ConfigError
from flows.digest.headers import address_of, subject_of
from flows.digest.message import HEADERS, LeakError, message_of, wire_form
from flows.digest.rendering import as_html, as_text
from flows.digest.strangers import ELLIPSIS, header_line, one_line, safe_link, shortened
from models.records import Publisher
from tests.digest.conftest import Reader
from tests.digest.press import Press, action, story
from tests.digest.specimens import ADDRESSES, HEADER_PARTS, MARKUP, digest_with, quote

SENDER = Address("tradewire", addr_spec="digest@example.org")
READER = Address(addr_spec="ada@example.org")
TAGS = {"html", "head", "meta", "title", "style", "body", "div", "h1", "h2", "h3", "p", "b", "a", "blockquote"}
ATTRIBUTES = {"lang", "dir", "style", "charset", "name", "content", "class", "role", "href"}

hostile = st.lists(st.sampled_from(HEADER_PARTS) | st.text(max_size=20), max_size=12).map("".join)


def read_back(data: bytes) -> EmailMessage:
    """The mail as a reader's program parses it."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    return message


def assert_tame(page: str) -> None:
    """Only our own tags and attributes, links to the web alone, and nothing that is fetched."""
    tree = html.document_fromstring(page)
    assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= TAGS
    assert {name for element in tree.iter() for name in element.attrib} <= ATTRIBUTES
    assert all(link.startswith(("http://news.example/", "https://news.example/")) for link in tree.xpath("//@href"))
    assert not any("url(" in style for style in (*tree.xpath("//@style"), *tree.xpath("//style/text()")))


def test_hostile_markup_is_printed_not_obeyed(press: Press, digest_on: Reader) -> None:
    """In quotes, firms, publishers, languages and addresses, all the way from the article to the mail that is sent."""
    urls = [*ADDRESSES, *("" for _ in MARKUP)]
    stories = []
    for number, (payload, url) in enumerate(zip((each.replace("\x00", "") for each in MARKUP), urls, strict=False)):
        told = (action(items=(f"thing_{number}",), firms=(payload,)), payload)
        stories.append(story(f"n{number}", told, language=payload[:8], publisher=Publisher(payload, f"Owner {number}"), url=url))
    press.learn(*stories)
    digest = digest_on()
    assert sum(len(section.lines) for section in digest.sections) == len(MARKUP)
    mail = read_back(wire_form(message_of(digest, SENDER, READER)))
    html_part, text_part = mail.get_body(("html",)), mail.get_body(("plain",))
    assert html_part
    assert text_part
    assert_tame(html_part.get_content())
    assert "<script>alert(1)</script>" in text_part.get_content()
    assert "{{ 7 * 7 }}" in html_part.get_content()


@pytest.mark.parametrize("payload", MARKUP)
def test_markup_in_any_field_stays_text(payload: str) -> None:
    """Even if a field came by without being cleaned."""
    assert_tame(as_html(digest_with(payload, quote(payload, language=payload, direction=payload))))


@pytest.mark.parametrize("url", ADDRESSES)
def test_no_reader_is_sent_to_a_bad_address(url: str) -> None:
    """Only http and https with a plain host make a link."""
    assert safe_link(url) is None


@pytest.mark.parametrize("url", ["https://news.example/a?b=1&c=%20#d", "http://news.example:8080/新闻", "https://münchen.example/ä"])
def test_a_good_address_stays_as_it_is(url: str) -> None:
    """Ports, queries and letters of any script are usual."""
    assert safe_link(url) == url


@given(hostile)
@settings(deadline=None, max_examples=300)
def test_no_headline_makes_a_header(headline: str) -> None:
    """Whatever the top event is called, the mail has exactly our headers and one recipient."""
    mail = read_back(wire_form(message_of(digest_with(headline), SENDER, READER)))
    assert sorted(mail.keys()) == sorted(HEADERS)
    assert mail["To"].addresses == (READER,)
    assert "\n" not in mail["Subject"]


@given(hostile)
@settings(deadline=None, max_examples=200)
def test_a_subject_is_short_and_plain(headline: str) -> None:
    """No control characters, no opener of an encoded word, at most 120 letters."""
    subject = subject_of(digest_with(headline))
    assert subject.startswith("2025-03-01: 1 new")
    assert "=?" not in subject
    assert len(subject) <= 121
    assert not {unicodedata.category(letter) for letter in subject} & {"Cc", "Cs", "Zl", "Zp"}


@given(st.text())
def test_cleaning_is_done_once_for_all(text: str) -> None:
    """What is clean stays as it is."""
    assert one_line(one_line(text)) == one_line(text)
    assert header_line(header_line(text)) == header_line(text)


@given(st.text(), st.integers(min_value=10, max_value=60))
def test_a_shortened_text_begins_the_text(text: str, limit: int) -> None:
    """Nothing is added but the ellipsis, and it is no longer than asked for."""
    short = shortened(text, limit)
    assert len(short) <= limit + 1
    assert short == text or (short.endswith(ELLIPSIS) and text.startswith(short.removesuffix(ELLIPSIS)))


def test_letters_that_cannot_be_written_are_dropped() -> None:
    """Half a surrogate pair would break the mail when it is encoded."""
    assert one_line("a\ud800b\x00c\u202ed\n e") == "a b c d e"


def test_long_texts_are_cut_at_a_word_or_between_letters() -> None:
    """Languages without spaces are cut between letters, never inside one that is made of several."""
    assert shortened("tariffs on steel and aluminium", 20) == "tariffs on steel…"
    assert shortened("对镓和锗相关物项实施出口管制", 12) == "对镓和锗相…"
    assert shortened("क्षेत्रीयव्यापार", 6) == "क्षे…"


@pytest.mark.parametrize("spoil", [("Bcc", "evil@evil.example"), ("Content-Type", "text/html"), ("Subject", "twice")])
def test_a_mail_with_other_headers_is_not_sent(spoil: tuple[str, str]) -> None:
    """A header that was not meant, or stands twice, is found before sending."""
    message = message_of(digest_with(), SENDER, READER)
    message._headers.append(spoil)  # type: ignore[attr-defined]
    with pytest.raises(LeakError, match="unexpected headers"):
        wire_form(message)


def test_an_encoded_word_that_becomes_a_header_is_found() -> None:
    """Some releases of Python write it as a header of its own, later ones refuse; either way it is not sent."""
    message = message_of(digest_with(), SENDER, READER)
    message.replace_header("Subject", "=?utf-8?q?x=0D=0ABcc:_evil@evil.example?=")
    with pytest.raises(LeakError):
        wire_form(message)


@pytest.mark.parametrize(
    "said", ["", "nobody", "a@", "@b", "a b@c", "a@b\r\nBcc: c@d", "ä@example.org", "a@b, c@d", "Ann <>", "=?utf-8?q?a?="]
)
def test_a_recipient_that_is_no_address_is_refused(said: str) -> None:
    """The message names the setting."""
    with pytest.raises(ConfigError, match=r"digest\.recipients"):
        address_of("digest.recipients", said)


def test_text_has_no_control_characters(press: Press, digest_on: Reader) -> None:
    """A terminal obeys escape sequences, and some letters turn the line round."""
    words: Any = (action(), "Now \x1b[31mred\x1b[0m and \u202eback\u202c.")
    press.learn(story("a", words))
    text = as_text(digest_on())
    assert not {unicodedata.category(letter) for letter in text if letter != "\n"} & {"Cc", "Cf", "Cs"}
    assert "Now [31mred [0m and back ." in text
