"""From a word as a text writes it to the dictionary forms that it may be a form of.

Stems would not do for names: they bring "cinco" and "zinc" together, and leave "Polsce" apart from "Polska". Here every ending that
`config/inflection.toml` knows is taken back, each giving one candidate; a name is found where a candidate is one of its own words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from config.inflection import load_inflection

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = re.compile(r"[\u064b-\u0652\u0640\u093c]")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_HINDI_NASAL = re.compile("[\u0919\u091e\u0923\u0928\u092e]\u094d(?=[\u0915-\u0939])")
"""A nasal consonant before another one, which many write as a dot."""
_LETTERS = {
    "ar": str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ئ": "ي", "ک": "ك", "ی": "ي"}),
    "hi": str.maketrans({"\u0901": "\u0902"}),
    "ru": str.maketrans({"ё": "е"}),
    "tr": str.maketrans({"ı": "i", "â": "a", "î": "i"}),
}


@lru_cache(maxsize=200_000)
def fold_name(word: str, language: str) -> str:
    """Return `word` without what writers of `language` leave to taste: capitals, vowel signs, dots, where a tone mark stands."""
    plain = unicodedata.normalize("NFKC", word).replace("İ", "i").lower()
    plain = unicodedata.normalize("NFC", _MARKS.sub("", plain)).translate(_LETTERS.get(language, {}))
    if language == "hi":
        return _HINDI_NASAL.sub("\u0902", plain)
    if language == "vi":
        apart = unicodedata.normalize("NFD", plain)
        return _TONES.sub("", apart) + "".join(_TONES.findall(apart))
    return plain


@lru_cache(maxsize=200_000)
def dictionary_forms(word: str, language: str) -> tuple[str, ...]:
    """Return the folded forms under which `word` may stand in a dictionary, the word itself first."""
    folded = fold_name(word, language)
    if any(letter.isdigit() for letter in folded):
        return (folded,)
    bases = tuple(dict.fromkeys((folded, *_without_proclitics(folded, language))))
    forms = [*bases, *(form for base in bases for form in _without_ending(base, language))]
    return tuple(dict.fromkeys(form for form in forms if form))


def _without_ending(word: str, language: str) -> Iterator[str]:
    inflection = load_inflection()
    known = _dictionary_endings(language)
    for length in range(1, min(_longest_ending(language), len(word) - inflection.least + 1) + 1):
        for ending in known.get(word[-length:], ()):
            if len(word) - length + len(ending) >= inflection.least:
                yield word[:-length] + ending
    if chain := inflection.chains.get(language):
        softened = inflection.softened.get(language, {})
        for cut in range(len(word) - 1, inflection.least - 1, -1):
            if re.fullmatch(chain, word[cut:]):
                yield word[:cut]
                if last := softened.get(word[cut - 1]):
                    yield word[: cut - 1] + last


def _without_proclitics(word: str, language: str) -> Iterator[str]:
    """The word without conjunction, preposition and article, each step one candidate, the article put back where it was swallowed."""
    proclitics = load_inflection().proclitics.get(language)
    if proclitics is None:
        return
    starts = [word, *(word[1:] for letter in proclitics.before if word.startswith(letter))]
    for start in starts:
        bare = [start, *(start[1:] for letter in proclitics.prepositions if start.startswith(letter))]
        for swallowed, article in proclitics.joined.items():
            if start.startswith(swallowed):
                bare.append(article + start[len(swallowed) :])
        for form in bare:
            article = proclitics.article
            if len(form) >= load_inflection().least:
                yield form
            if form.startswith(article) and len(form) - len(article) >= load_inflection().least:
                yield form[len(article) :]


@cache
def _dictionary_endings(language: str) -> dict[str, tuple[str, ...]]:
    """Ending in a text to the endings it may have in a dictionary."""
    found = defaultdict(list)
    for ending, shown in load_inflection().endings.get(language, {}).items():
        for other in shown:
            found[other].append(ending)
    return {other: tuple(endings) for other, endings in found.items()}


@cache
def _longest_ending(language: str) -> int:
    return max(map(len, _dictionary_endings(language)), default=0)
