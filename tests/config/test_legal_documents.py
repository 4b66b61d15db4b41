"""Every pattern finds what its examples say and nothing else, in the language it is meant for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.errors import ConfigError
from config.legal_documents import Pattern, load_legal_documents
from models.reading.legal import find_legal_documents

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "vi", "zh")

PATTERNS = load_legal_documents().pattern
EXAMPLES = [(pattern, text, key) for pattern in PATTERNS for text, key in pattern.examples]
COUNTEREXAMPLES = [(pattern, text) for pattern in PATTERNS for text in pattern.counterexamples]


def languages_of(pattern: Pattern) -> tuple[str, ...]:
    """The languages that a pattern is for."""
    return pattern.languages or LANGUAGES


@pytest.mark.parametrize(("pattern", "text", "key"), EXAMPLES, ids=[text for _, text, _ in EXAMPLES])
def test_an_example_has_its_key(pattern: Pattern, text: str, key: str) -> None:
    """The key that the file promises is found in the example, alone and in the midst of a sentence."""
    for language in languages_of(pattern):
        assert key in {found for _, _, found in find_legal_documents(text, language)}
        assert key in {found for _, _, found in find_legal_documents(f"({text}).", language)}


@pytest.mark.parametrize(("pattern", "text", "key"), EXAMPLES, ids=[text for _, text, _ in EXAMPLES])
def test_an_example_is_not_taken_for_another_country_s(pattern: Pattern, text: str, key: str) -> None:
    """All that is found in an example belongs to the scheme of its key."""
    scheme = key.split(maxsplit=1)[0]

    for language in languages_of(pattern):
        assert {found.split()[0] for _, _, found in find_legal_documents(text, language)} == {scheme}


@pytest.mark.parametrize(("pattern", "text"), COUNTEREXAMPLES, ids=[text for _, text in COUNTEREXAMPLES])
def test_a_look_alike_is_left_alone(pattern: Pattern, text: str) -> None:
    """The pattern does not take what only looks like its numbers."""
    prefix = pattern.key.partition("{")[0]

    for language in languages_of(pattern):
        assert not [found for _, _, found in find_legal_documents(text, language) if found.startswith(prefix)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 exports rose by 23.5 percent to 8542 million dollars.",
        "Call +49 30 18555 2025 or (202) 395-3230 for tariffs and trade.",
        "2023年第三季度，我国出口额达8542亿元，同比增长23%。",
        "2025年4月9日12时01分起，关税税率由34%提高至84%。",
        "Le 14 juin 2024, 301 entreprises du commerce ont exporté 232 tonnes.",
        "От 12 до 14257 тонн, рост торговли в 2022 году на 311 процентов.",
        "令和6年は輸出が301億円増えた。",
        "관세 232억 달러, 2024년 301개 품목",
        "Am 12.11.2024 um 8:30 Uhr, Zimmer 301, Handel 2024/25.",
        "Artikel 122 AEUV regelt die Handelspolitik der Union; nach § 201 StGB droht Strafe.",
        "artículo 122 de la Constitución, comercio y aranceles",
        "依照中国刑法第201条，走私逃避关税的处罚",
        "合同法第122条与贸易纠纷",
        "Vol CN 8301 vers Pékin, code 4950, +7 495 8542 310",
        "ISBN 978-3-16-148410-0, ISO 9001, IP 10.0.13.873, 8471 pages",
    ],
)
def test_years_amounts_and_telephone_numbers_are_no_documents(text: str) -> None:
    """Plain figures in trade news make no key in any language."""
    for language in LANGUAGES:
        assert find_legal_documents(text, language) == []


def test_one_document_has_one_key_in_all_languages() -> None:
    """That is what keys are for: reports of different languages meet in it."""
    told = {
        "zh": "商务部 海关总署公告2023年第23号",
        "en": "MOFCOM Announcement No. 23 of 2023",
        "de": "die Bekanntmachung Nr. 23/2023 des chinesischen Handelsministeriums",
        "ko": "중국 상무부 공고 2023년 제23호",
        "ja": "中国商務省は公告第23号（2023年）を発表した",
    }

    assert {key for language, text in told.items() for _, _, key in find_legal_documents(text, language)} == {"CN MOFCOM 2023-23"}


def test_enumerated_numbers_are_all_found() -> None:
    """Behind a first code, further ones need no marker of their own, and each has its own place."""
    text = "goods of headings 8471, 8473.30 and 8486 are exempt"

    assert [(text[start:end], key) for start, end, key in find_legal_documents(text, "en")] == [
        ("headings 8471", "HS 8471"),
        ("8473.30", "HS 8473.30"),
        ("8486", "HS 8486"),
    ]


def test_offsets_point_at_the_words() -> None:
    """Start and end cut the number as it is written out of the text."""
    text = "Under Executive Order 14257 of April 2, tariffs rose."
    ((start, end, key),) = find_legal_documents(text, "en")

    assert (text[start:end], key) == ("Executive Order 14257", "US EO 14257")


_PIECES = [text for _, text, _ in EXAMPLES]


@given(
    st.lists(st.one_of(st.text(max_size=20), st.sampled_from(_PIECES), st.from_regex(r"[0-9A-Z /.,()-]{1,12}")), max_size=6),
    st.sampled_from([*LANGUAGES, "xx"]),
)
@example(["٢٣", "EO ١٤٢٥٧", "²³"], "ar")
@example(["HS 8542.31" * 50], "en")
def test_any_text_is_read_without_error(parts: list[str], language: str) -> None:
    """Whatever the text, places lie in it, in order and apart, and keys are plain printable text without braces."""
    text = " ".join(parts)
    end_before = 0

    for start, end, key in find_legal_documents(text, language):
        assert end_before <= start < end <= len(text)
        assert key.isascii()
        assert key.isprintable()
        assert "{" not in key
        end_before = end


@pytest.mark.parametrize("piece", ["art. 301 US ", "第301条", "HS 8542.31, 8471 ", "商务部", "2023年第", "(EU"])
def test_no_text_takes_long(piece: str) -> None:
    """A page of repeated beginnings is read in seconds, not minutes: time grows with the text, not with its square."""
    text = piece * (60_000 // len(piece))
    began = time.monotonic()

    find_legal_documents(text, "zh")

    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    ("expression", "told"),
    [("(?P<number>[0-9]", "no regular expression"), ("{{nothing}}", "unknown part"), ("[0-9]", "the key needs number")],
)
def test_a_pattern_that_cannot_work_is_refused(tmp_path: Path, expression: str, told: str) -> None:
    """The loader says which pattern is wrong and why."""
    path = tmp_path / "legal_documents.toml"
    path.write_text(
        f"[part]\nend = 'x'\n[[pattern]]\nkey = 'US {{number}}'\nsource = 'nowhere'\nexpression = '{expression}'\nexamples = []\n",
        encoding="utf-8",
    )

    with pytest.raises(ConfigError, match=told) as caught:
        load_legal_documents(path)
    assert "pattern 1" in str(caught.value)
