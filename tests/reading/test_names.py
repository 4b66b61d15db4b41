"""Which names the reader finds in a text, in which forms, and what it takes them for."""

from __future__ import annotations

from datetime import date

import pytest

from models.reading.inflection import dictionary_forms
from models.reading.pipeline import names, sentences
from models.reading.pipeline import pipeline as reading_pipeline
from models.reading.tokens import tokenize

DAY = date(2023, 7, 5)


def found(language: str, text: str) -> set[tuple[str, str, str]]:
    """Words, id and type of every entity in `text`."""
    doc = tokenize(text, language, reading_pipeline().vocab)
    doc._.published, doc._.language = DAY, language
    return {(ent.text, ent.kb_id_, ent.label_) for ent in names(sentences(doc)).ents}


@pytest.mark.parametrize(
    ("word", "language", "form"),
    [
        ("Polsce", "pl", "polska"),
        ("Niemczech", "pl", "niemcy"),
        ("Bakanlığının", "tr", "bakanliği"),
        ("çeliğe", "tr", "çelik"),
        ("للصين", "ar", "الصين"),
        ("وبالهند", "ar", "الهند"),
        ("Мосбирже", "ru", "мосбиржа"),
        ("Chinas", "de", "china"),
        ("Hòa", "vi", dictionary_forms("Hoà", "vi")[0]),
        ("ट्रम्प", "hi", dictionary_forms("ट्रंप", "hi")[0]),
    ],
)
def test_an_ending_is_taken_back(word: str, language: str, form: str) -> None:
    """A word of a text leads to the form that a dictionary gives."""
    assert form in dictionary_forms(word, language)


@pytest.mark.parametrize(
    ("language", "text", "words", "id_"),
    [
        ("pl", "Cła uderzą w Unię Europejską i Niemcy, mówi się w Polsce.", "Unię Europejską", "EU"),
        ("ru", "Об этом договорились с Министерством торговли Китая.", "Министерством торговли Китая", "Ministry of Commerce of China"),
        ("tr", "Karar Çin'e karşı alındı.", "Çin", "CN"),
        ("ar", "فرضت الرسوم على بكين.", "بكين", "CN"),
        ("ko", "美, 한국산 세탁기에 관세", "美", "US"),
        ("it", "Lo ha deciso l'Opec.", "Opec", "OPEC"),
        ("de", "Das sagte ein Sprecher Huaweis.", "Huaweis", "Huawei"),
    ],
)
def test_a_name_is_found_in_its_forms(language: str, text: str, words: str, id_: str) -> None:
    """Endings, apostrophes, prefixed letters and signs do not hide a name."""
    assert (words, id_) in {(surface, known) for surface, known, _ in found(language, text)}


@pytest.mark.parametrize(
    ("language", "text", "id_"),
    [
        ("es", "Pasaron cinco días.", "zinc"),
        ("it", "Per due ore e un'ora.", "gold"),
        ("vi", "Theo tin mới.", "tin"),
        ("id", "Dia menemukan itu.", "Temu"),
    ],
)
def test_a_common_word_is_no_name(language: str, text: str, id_: str) -> None:
    """What only looks like a name of another word or language is left alone."""
    assert id_ not in {known for _, known, _ in found(language, text)}


@pytest.mark.parametrize(
    ("language", "text", "id_", "kind"),
    [
        ("en", "London will lift the duty.", "GB", "government"),
        ("en", "They met in London on Monday.", "London", "place"),
        ("fr", "Pékin riposte.", "CN", "government"),
        ("fr", "Ils se sont vus à Pékin.", "Beijing", "place"),
        ("ko", "장관은 베이징에서 만났다.", "Beijing", "place"),
    ],
)
def test_a_capital_acts_or_is_a_place(language: str, text: str, id_: str, kind: str) -> None:
    """Where something happens a capital is a place; elsewhere it stands for its government."""
    assert (id_, kind) in {(known, type_) for _, known, type_ in found(language, text)}


def test_a_bare_ministry_belongs_to_whom_the_article_tells_of() -> None:
    """A ministry named in full settles the bare one that follows, and a country told before settles one that is never named."""
    text = "India objected. China's Ministry of Commerce opened a probe. Later the commerce ministry closed it."
    assert ("commerce ministry", "Ministry of Commerce of China", "agency") in found("en", text)
    assert ("finance ministry", "Ministry of Finance of India", "agency") in found("en", "India waited. The finance ministry was silent.")


def test_a_short_name_counts_once_its_government_is_told() -> None:
    """A bare "Kommission" is the EU's in an article on the EU, and nobody's elsewhere."""
    assert ("Kommission", "European Commission", "agency") in found("de", "Die EU prüft. Die Kommission ermittelt.")
    assert found("de", "Die Kommission für Geschichte tagt.") == set()
