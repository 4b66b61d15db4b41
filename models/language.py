"""Which language a text is in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from config.languages import load_languages

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 4_000
"""Characters looked at: more changes no answer and costs time."""
_SURE = 0.5
"""Least probability of a guess that is taken as it is; headlines of five words mostly reach it."""
_LEAST = 0.2
"""Below this a guess says nothing: names and numbers alone stay here."""
_SHORT = 80
"""Characters under which a language that we read is preferred to a foreign one close behind it."""

# Scripts that only one language of ours is written in, as Unicode names begin.
_ONE_LANGUAGE_SCRIPTS = {"HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko"}
_SHARED_LETTERS = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "HALFWIDTH"}


@lru_cache(maxsize=20_000)
def script_of(letter: str) -> str:
    """Return the script of `letter` as its Unicode name begins ("LATIN", "CYRILLIC", "CJK"); "" for what is no letter or mark."""
    if unicodedata.category(letter)[0] not in "LM":
        return ""
    return unicodedata.name(letter, "").split(" ", 1)[0]


def script(text: str) -> str:
    """Return the script that most letters of `text` are in, with Chinese, Japanese and Korean as one, "CJK"; "" without letters."""
    counts = Counter("CJK" if name in _SHARED_LETTERS else name for name in map(script_of, text) if name)
    counts.pop("COMBINING", None)
    return counts.most_common(1)[0][0] if counts else ""


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`; None when it has too few words to tell.

    All recognised languages are told apart, not only those that we read: a foreign text gets its own code.
    """
    sample = text[:_SAMPLE]
    if by_script := _by_script(sample):
        return by_script
    if not any(map(str.isalpha, sample)):
        return None
    ranking: list[tuple[str, float]] = _identifier().rank(sample)
    best, probability = ranking[0]
    if probability < _LEAST:
        return None
    read = load_languages().read
    if probability < _SURE and len(sample) < _SHORT and best not in read:
        best = next((code for code, close in ranking[1:4] if code in read and close > probability / 2), best)
    return best


def foreign_to(paragraph: str, language: str) -> bool:
    """Whether `paragraph` is surely not in `language`: another script, or long enough and plainly another language.

    A short paragraph in the right script is given the benefit of the doubt, for it may be a name, a title or a quotation.
    """
    own = script_of_language(language)
    if own and (found := script(paragraph)) and found != own:
        return len(paragraph) >= _SHORT // 2 and _share(paragraph, found) > 0.8
    if len(paragraph) < _SHORT:
        return False
    ranking: list[tuple[str, float]] = _identifier().rank(paragraph[:_SAMPLE])
    best, probability = ranking[0]
    return best != language and probability > 0.9 and _by_script(paragraph) != language


@lru_cache(maxsize=64)
def script_of_language(language: str) -> str:
    """Return the script that `language` is written in, "" when it is not described in the configuration."""
    described = next((one for one in load_languages().language if one.code == language), None)
    if described is None:
        return ""
    letters = described.scripts[0] if described.scripts else script("".join(described.alphabet))
    return "CJK" if letters in _SHARED_LETTERS else letters


def _by_script(text: str) -> str | None:
    """The language that the script alone gives away: kana is Japanese, hangul Korean, where they are more than a quotation."""
    counts = Counter(name for name in map(script_of, text) if name)
    total = sum(counts.values())
    languages: Counter[str] = Counter()
    for name, language in _ONE_LANGUAGE_SCRIPTS.items():
        languages[language] += counts[name]
    if not total or not languages:
        return None
    language, count = languages.most_common(1)[0]
    return language if count > total * 0.15 else None


def _share(text: str, wanted: str) -> float:
    letters = [script(letter) for letter in text if script_of(letter)]
    return letters.count(wanted) / len(letters) if letters else 0.0


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """The naive Bayes model of py3langid (Lui and Baldwin 2012), which reads a text in some 50 microseconds."""
    from py3langid.langid import MODEL_FILE
    from py3langid.langid import LanguageIdentifier as Identifier

    identifier = Identifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(load_languages().recognised))
    return identifier
