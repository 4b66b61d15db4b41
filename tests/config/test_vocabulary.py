"""Every language that is read has words for what the reader must tell apart, and no word tells two stages of a measure."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
import Stemmer

from config.dates import load_date_words
from config.languages import load_languages
from config.vocabulary import load_vocabulary

LANGUAGES = sorted(load_languages().read)

STATUSES = ("consider", "threaten", "propose", "announce", "enforce", "suspend", "lift", "reject")
CORE = (
    *("export", "import", "restrict", "licence", "ban", "quota", "duty", "export_duty", "export_control", "remedy", "probe", "dumping"),
    *("access", "cloud", "data_flow", "blacklist", "sanction", "investment_in", "investment_out", "procurement", "technology", "subsidy"),
    *("complaint", "tribunal", "talks", "deal", "trade", "exempt", "deny", "not", "opinion", "request", "retaliate", "recall", "everyone"),
    *("official", "firm", "percent", "start", "end", "metaphor"),
)

ALGORITHMS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "hi": "hindi",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
}
"""Snowball's names; the other languages are matched without stemming."""

TWO_STAGES = {
    ("en", "sign"): "an order that is signed is announced, a deal that is signed is in force; the instrument decides which",
}
"""Words, stemmed, that rightly tell two stages."""


def stemmed(language: str, words: tuple[str, ...]) -> set[str]:
    """The words as a text is searched for them: without case, each stemmed where the language has a stemmer."""
    if language not in ALGORITHMS:
        return {word.casefold() for word in words}
    stemmer = Stemmer.Stemmer(ALGORITHMS[language])
    return {" ".join(stemmer.stemWords(re.findall(r"[\w…%]+", word.casefold()))) for word in words}


@pytest.mark.parametrize("language", LANGUAGES)
def test_file_is_of_its_language(language: str) -> None:
    """A file that names another language was copied and not finished."""
    assert load_vocabulary(language).language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_and_core_idea_has_words(language: str) -> None:
    """Without words for an idea the language could never tell some instrument or stage."""
    concepts = load_vocabulary(language).concepts
    assert [name for name in (*STATUSES, *CORE) if not concepts[name]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_has_words(language: str) -> None:
    """What an action is about can be said in every language."""
    assert [name for name, words in load_vocabulary(language).items.items() if not words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_targets_stand_before_or_after(language: str) -> None:
    """The target is told from the issuer by a word on one side of it."""
    concepts = load_vocabulary(language).concepts
    assert concepts["against_before"] or concepts["against_after"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_can_be_counted_told_from_today_and_from_another_date(language: str) -> None:
    """Units of time, "today", "the next day", and a word that sets a count in the past."""
    words = load_date_words(language)
    assert all(words.words[unit] for unit in ("day", "week", "month", "year"))
    assert {"day 0", "day -1", "day 1", "same day 0", "same day 1", "same day -1"} <= set(words.relative)
    assert words.words.get("ago_before") or words.words.get("ago_after")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_tells_two_stages(language: str) -> None:
    """A word under two stages would leave the stage to chance."""
    concepts = load_vocabulary(language).concepts
    found = {name: stemmed(language, concepts[name]) for name in STATUSES}
    clashes = {(one, other, word) for one, other in combinations(STATUSES, 2) for word in found[one] & found[other]}
    assert [clash for clash in sorted(clashes) if (language, clash[2]) not in TWO_STAGES] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_twice_in_a_list(language: str) -> None:
    """A word written twice hides a slip of the pen."""
    vocabulary = load_vocabulary(language)
    lists = {**vocabulary.concepts, **vocabulary.items}
    assert {name: words for name, words in lists.items() if len(words) != len(set(words))} == {}
