"""Dates, absolute and relative, in every language, resolved against the day of publication with the precision told."""

from __future__ import annotations

from datetime import date

import pytest
import spacy

from models.reading.dates import find_dates
from models.reading.tokens import tokenize

PUBLISHED = date(2023, 7, 5)
"""A Wednesday."""
TOLD = [
    ("en", "The rules take effect on August 1, 2023.", "2023-08-01"),
    ("en", "It decided on Monday.", "2023-07-03"),
    ("en", "It decided last Friday.", "2023-06-30"),
    ("en", "It decided in October last year.", "2022-10"),
    ("en", "It decided three days ago.", "2023-07-02"),
    ("en", "The order dates from 2019.", "2019"),
    ("en", "It decided last week.", "2023-06"),
    ("de", "Die Regeln gelten ab dem 1. August.", "2023-08-01"),
    ("de", "Das geschah vor drei Tagen.", "2023-07-02"),
    ("fr", "Les règles s'appliquent à compter du 1er août 2023.", "2023-08-01"),
    ("fr", "La semaine dernière, le gouvernement a cédé.", "2023-06"),
    ("es", "La medida rige desde el 3 de julio de 2023.", "2023-07-03"),
    ("it", "La decisione è del 3 luglio 2023.", "2023-07-03"),
    ("pt", "A decisão foi tomada em outubro de 2022.", "2022-10"),
    ("nl", "Het besluit viel op 30 juni.", "2023-06-30"),
    ("pl", "Decyzja zapadła 3 lipca 2023 roku.", "2023-07-03"),
    ("pl", "Decyzja zapadła w środę.", "2023-07-05"),
    ("ru", "Решение принято 3 июля 2023 года.", "2023-07-03"),
    ("ru", "Решение принято в пятницу.", "2023-06-30"),
    ("tr", "Karar 3 Temmuz 2023'te alındı.", "2023-07-03"),
    ("ar", "صدر القرار في 3 يوليو 2023.", "2023-07-03"),
    ("ar", "صدر القرار في تموز 2023.", "2023-07"),
    ("hi", "फ़ैसला 3 जुलाई 2023 को हुआ।", "2023-07-03"),
    ("id", "Keputusan diambil pada 3 Juli 2023.", "2023-07-03"),
    ("vi", "Quyết định ngày 3 tháng 7 năm 2023.", "2023-07-03"),
    ("vi", "Quyết định hôm 3/7.", "2023-07-03"),
    ("zh", "商务部7月3日宣布。", "2023-07-03"),
    ("zh", "上周五宣布。", "2023-06-30"),
    ("zh", "上月29日宣布。", "2023-06-29"),
    ("zh", "去年10月宣布。", "2022-10"),
    ("ja", "2023年7月3日に発表した。", "2023-07-03"),
    ("ja", "昨年10月に発表した。", "2022-10"),
    ("ko", "2023년 7월 3일 발표했다.", "2023-07-03"),
    ("ko", "지난달 29일 발표했다.", "2023-06-29"),
]


def resolved(language: str, text: str, *, ahead: bool = False) -> list[str | None]:
    """Return what the dates of `text` mean."""
    doc = tokenize(text, language, spacy.blank("xx").vocab)
    return [told.partial.resolve(PUBLISHED, ahead=ahead) for told in find_dates(doc, language)]


@pytest.mark.parametrize(("language", "text", "expected"), TOLD, ids=[f"{language}: {text}" for language, text, _ in TOLD])
def test_a_date_means_what_a_reader_of_that_day_understands(language: str, text: str, expected: str) -> None:
    """A month stays a month, "last week" is told no more precisely than the month it lies in."""
    assert resolved(language, text) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "商务部公告2023年第23号"),
        ("en", "It may help the trade."),
        ("en", "Some 2,019 firms"),
        ("de", "Regulation 2024/2754"),
        ("id", "minggu ini"),
    ],
)
def test_what_only_looks_like_a_day_is_none(language: str, text: str) -> None:
    """Numbers of announcements, the verb "may", and amounts are no days or years."""
    assert not [day for day in resolved(language, text) if day and len(day) != len("2023-07")]


def test_words_of_the_future_turn_a_bare_weekday_ahead() -> None:
    """Told on a Wednesday, a duty "from Monday" begins on the next one."""
    assert resolved("en", "The duty applies from Monday.", ahead=True) == ["2023-07-10"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KARAR 5 KASIM 2022'DE ALINDI.", "2022-11-05"),
        ("Karar 15 ARALIK 2022'de alındı.", "2022-12-15"),
        ("SALI günü alındı.", "2023-07-04"),
    ],
)
def test_capitals_with_dotted_and_dotless_letters_are_the_same_names(text: str, expected: str) -> None:
    """Turkish headlines are dates too."""
    assert resolved("tr", text) == [expected]
