"""Bytes become the text that was meant, whatever charset they declare."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.sources.charsets import decode
from tests.articles.samples import CHARSETS, TEXTS, UNICODE, encoded

LIES = ("utf-8", "iso-8859-1", "windows-1251", "gb2312", "shift_jis", "euc-kr", "no-such-charset")


class Document(NamedTuple):
    """A page, how it was written and what it declares."""

    text: str
    content: bytes
    charset: str
    declared: str | None
    content_type: str


def documents() -> Iterator[Document]:
    """Every language in every charset with every declaration, in header and page."""
    for language, text in TEXTS.items():
        for charset in CHARSETS[language] + UNICODE:
            for declared in (None, charset, *LIES):
                yield document(language, text, charset, declared, in_header=True)
                yield document(language, text, charset, declared, in_header=False)


def document(language: str, text: str, charset: str, declared: str | None, *, in_header: bool) -> Document:
    """Write one page."""
    meta = f'<meta charset="{declared}">' if declared and not in_header else ""
    page = f'<html lang="{language}"><head>{meta}<title>{text[:20]}</title></head><body><p>{text}</p></body></html>'
    content_type = f"text/html; charset={declared}" if declared and in_header else "text/html"
    return Document(unicodedata.normalize("NFC", page), encoded(page, charset), charset, declared, content_type)


def test_at_least_99_of_100_documents_come_out_exactly() -> None:
    """Eighteen ways to write seventeen languages, in their charsets, with honest, missing and lying declarations."""
    all_documents = list(documents())
    wrong = [page for page in all_documents if decode(page.content, page.content_type).text != page.text]
    assert len(all_documents) > 2_000
    assert len(wrong) <= len(all_documents) * 0.01, [(page.charset, page.declared, page.text[:40]) for page in wrong[:10]]


@pytest.mark.parametrize("language", ["ru", "zh", "ja", "ko", "ar", "pl", "tr"])
def test_a_lie_is_reported(language: str) -> None:
    """Who reads the feed's health wants to know which source declares a charset it does not use."""
    content = encoded(TEXTS[language], CHARSETS[language][0])
    decoded = decode(content, "text/html; charset=iso-8859-1")
    assert (decoded.text, decoded.lied) == (TEXTS[language], True)


def test_an_honest_declaration_is_no_lie() -> None:
    """A declared charset that is right, or that gives the same text, is not reported."""
    honest = decode(encoded(TEXTS["ru"], "koi8-r"), "text/html; charset=koi8-r")
    ascii_only = decode(b"<p>plain</p>", "text/html; charset=windows-1251")
    assert (honest.lied, ascii_only.lied) == (False, False)


def test_browsers_meaning_of_a_label_is_used() -> None:
    """Curly quotes in a page that says iso-8859-1 are windows-1252, as every browser reads them."""
    assert decode("“Zölle”".encode("windows-1252"), "text/html; charset=iso-8859-1").text == "“Zölle”"


def test_utf8_cut_in_mid_letter_stays_utf8() -> None:
    """A page cut at the size limit loses its last letter, not its charset."""
    content = TEXTS["ru"].encode()[:-2]
    assert decode(content).text.startswith(TEXTS["ru"][:-2])


def test_an_xml_declaration_counts() -> None:
    """Feeds name their charset in the XML declaration."""
    text = f'<?xml version="1.0" encoding="koi8-r"?><title>{TEXTS["ru"]}</title>'
    assert decode(text.encode("koi8-r")).text == text


@pytest.mark.parametrize("charset", ["idna", "punycode", "unicode_escape", "rot13", "base64", "utf-7", "zip"])
def test_transformations_are_no_charsets(charset: str) -> None:
    """A page cannot ask for one of Python's codecs that are not charsets."""
    assert decode(b"caf\xe9 +ADw-script+AD4-", f"text/html; charset={charset}").text == "café +ADw-script+AD4-"


@pytest.mark.fault
@given(content=st.binary(max_size=500), content_type=st.one_of(st.none(), st.text(max_size=40)))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_some_text(content: bytes, content_type: str | None) -> None:
    """Nothing a server sends makes decoding fail."""
    assert isinstance(decode(content, content_type).text, str)
