"""How whole families of expressions are read in every language: counted, relative, coarse, official and misleading ones."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.languages import load_languages
from models.reading.dates import DateExpression, read_dates

PUBLISHED = date(2023, 7, 5)
"""A Wednesday."""
LANGUAGES = sorted(load_languages().read)


def values(language: str, text: str) -> list[str | None]:
    """Return what the dates of `text` mean."""
    return [told.value for told in read_dates(text, language, PUBLISHED)]


COUNTED = [
    ("ar", "منذ ثلاث سنوات", "2020"),
    ("de", "vor zwei Wochen", "2023-06"),
    ("en", "three years ago", "2020"),
    ("en", "in 30 days", "2023-08-04"),
    ("es", "dentro de 30 días", "2023-08-04"),
    ("fr", "dans les 30 jours", "2023-08-04"),
    ("hi", "दो सप्ताह पहले", "2023-06"),
    ("id", "dua minggu lalu", "2023-06"),
    ("it", "tre giorni fa", "2023-07-02"),
    ("ja", "３日前", "2023-07-02"),
    ("ko", "3일 전", "2023-07-02"),
    ("nl", "twee weken geleden", "2023-06"),
    ("pl", "dwa tygodnie temu", "2023-06"),
    ("pt", "há duas semanas", "2023-06"),
    ("ru", "три года назад", "2020"),
    ("tr", "iki hafta önce", "2023-06"),
    ("vi", "hai tuần trước", "2023-06"),
    ("zh", "三天前", "2023-07-02"),
    ("en", "within 90 days", "2023-10"),
]


@pytest.mark.parametrize(("language", "text", "expected"), COUNTED)
def test_counted_time_is_reckoned_from_publication(language: str, text: str, expected: str) -> None:
    """Weeks tell a month, and so do many days: a round count is no exact day."""
    assert values(language, text) == [expected]


COARSE = [
    ("ar", "الربع الثالث من عام 2024"),
    ("de", "im dritten Quartal 2024"),
    ("en", "in the third quarter of 2024"),
    ("en", "Q3 2024"),
    ("es", "el tercer trimestre de 2024"),
    ("fr", "T3 2024"),
    ("hi", "2024 की तीसरी तिमाही"),
    ("id", "kuartal III 2024"),
    ("it", "nel terzo trimestre del 2024"),
    ("ja", "2024年第3四半期"),
    ("ko", "2024년 3분기"),
    ("nl", "in het derde kwartaal van 2024"),
    ("pl", "w trzecim kwartale 2024 r."),
    ("pt", "no terceiro trimestre de 2024"),
    ("ru", "в третьем квартале 2024 года"),
    ("tr", "2024'ün üçüncü çeyreğinde"),
    ("vi", "quý III/2024"),
    ("zh", "2024年第三季度"),
    ("en", "the second half of 2024"),
    ("zh", "2024年下半年"),
    ("ko", "내년 상반기"),
    ("ja", "来年春"),
    ("en", "early 2024"),
    ("vi", "nửa cuối năm 2024"),
]


@pytest.mark.parametrize(("language", "text"), COARSE)
def test_quarters_halves_and_seasons_tell_no_more_than_their_year(language: str, text: str) -> None:
    """There is no precision between month and year, so the coarser is the honest one."""
    told = read_dates(text, language, PUBLISHED)
    assert [(one.value, one.precision) for one in told] == [("2024", "year")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "二〇二三年七月四日", "2023-07-04"),
        ("zh", "民國112年7月4日", "2023-07-04"),
        ("ja", "令和5年7月4日", "2023-07-04"),
        ("ja", "平成30年", "2018"),
        ("ar", "٤ يوليو ٢٠٢٣", "2023-07-04"),
        ("ar", "في غشت 2021", "2021-08"),
        ("ar", "التاسع من أبريل 2023", "2023-04-09"),
        ("hi", "४ जुलाई २०२३", "2023-07-04"),
        ("en", "3/7/2023", "2023-03-07"),
        ("en", "23/7/2023", "2023-07-23"),
        ("es", "3/7/2023", "2023-07-03"),
        ("ko", "2024. 10. 28.", "2024-10-28"),
        ("tr", "geçen ayın 29'unda", "2023-06-29"),
        ("ru", "в прошлую пятницу", "2023-06-30"),
        ("pt", "nesta segunda-feira (3)", "2023-07-03"),
        ("ko", "오는 4월", "2024-04"),
        ("zh", "去年12月", "2022-12"),
    ],
)
def test_scripts_eras_orders_and_endings_are_read(language: str, text: str, expected: str) -> None:
    """Digits of every script, imperial and Minguo years, each language's order, and inflected names."""
    assert values(language, text) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It was signed on 28 May. The next day it was stayed.", "2023-05-29"),
        ("fr", "Il l'a jugé le 28 mai. Le lendemain, la cour a suspendu.", "2023-05-29"),
        ("de", "Am 28. Mai wurde entschieden, am Tag darauf ausgesetzt.", "2023-05-29"),
        ("zh", "5月28日判定，次日中止。", "2023-05-29"),
        ("es", "La demanda es de enero de 2019. Un mes después llegó la respuesta.", "2019-02"),
    ],
)
def test_the_next_day_is_reckoned_from_the_date_told_before(language: str, text: str, expected: str) -> None:
    """Not from publication."""
    assert values(language, text)[-1] == expected


def test_the_next_day_of_nothing_told_stays_open() -> None:
    """A default would be a guess; what was told before a part of a text can be handed over."""
    assert [(told.value, told.precision) for told in read_dates("The next day it fell.", "en", PUBLISHED)] == [(None, None)]
    assert [told.value for told in read_dates("The next day it fell.", "en", PUBLISHED, focus="2023-05-28")] == ["2023-05-29"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "اعتبارا من 1 أغسطس"),
        ("de", "ab dem 1. August"),
        ("en", "from August 1"),
        ("es", "a partir del 1 de agosto"),
        ("fr", "à compter du 1er août"),
        ("hi", "1 अगस्त से"),
        ("id", "mulai 1 Agustus"),
        ("it", "a partire dal 1° agosto"),
        ("ja", "8月1日から"),
        ("ko", "8월 1일부터"),
        ("nl", "vanaf 1 augustus"),
        ("pl", "od 1 sierpnia"),
        ("pt", "a partir de 1º de agosto"),
        ("ru", "с 1 августа"),
        ("tr", "1 Ağustos'tan itibaren"),
        ("vi", "từ 1/8"),
        ("zh", "8月1日起"),
    ],
)
def test_words_of_a_start_are_told(language: str, text: str) -> None:
    """They stand before or behind the date, as the language has it."""
    assert [(told.value, told.starts) for told in read_dates(text, language, PUBLISHED)] == [("2023-08-01", True)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the CHIPS Act of 2022"),
        ("en", "Vision 2030"),
        ("en", "Regulation (EU) 2024/2754"),
        ("en", "COVID-19"),
        ("en", "No. 2023-15"),
        ("en", "$2020"),
        ("en", "2020 dollars"),
        ("en", "the Airbus A320"),
        ("de", "Agenda 2030"),
        ("ru", "закон 2018 года"),
        ("zh", "2023年第23号公告"),
        ("zh", "20日元"),
        ("fr", "il a été"),
        ("ar", "مارس ضغوطا"),
        ("ja", "20年間"),
        ("ko", "3일간"),
    ],
)
def test_laws_numbers_money_and_plain_words_are_no_dates(language: str, text: str) -> None:
    """A year in a name or a number tells no time."""
    assert values(language, text) == []


def test_since_lies_behind_and_will_lies_ahead() -> None:
    """A bare weekday is past unless the words around it say otherwise."""
    assert values("en", "In force since Friday.") == ["2023-06-30"]
    assert values("en", "It will take effect on Friday.") == ["2023-07-07"]
    assert values("de", "Das gilt seit Dezember.") == ["2022-12"]


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(alphabet="0123456789/.-年月日号 ,()aА١२一第", max_size=40))
def test_no_text_breaks_the_reading(language: str, text: str) -> None:
    """Places lie in the text and in order, values are dates, precision goes with value."""
    told: tuple[DateExpression, ...] = read_dates(text, language, PUBLISHED)
    assert all(0 <= one.start < one.end <= len(text) for one in told)
    assert all(one.end <= other.start for one, other in pairwise(told))
    assert all((one.value is None) == (one.precision is None) for one in told)
