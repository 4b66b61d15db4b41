"""Whether a text is spelled like a language: the measure by which charsets are told apart."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from config.languages import Language, load_languages
from models.language import script_of

_HINT = 0.02
"""Bonus of the language that the source declares: breaks ties and no more, for it may lie."""
_TYPOGRAPHY = frozenset(
    "\u00a0\u00ab\u00bb\u2018\u2019\u201a\u201c\u201d\u201e\u2026\u2013\u2014\u2022\u20ac\u00b0\u00a7\u00a9\u00ae\u2122\u00b7\u2192\u2009\u202f"
)
"""Signs that every language may use; they neither help nor harm."""
_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL"})
_UNMIXED = frozenset({"CYRILLIC", "GREEK", "ARABIC", "HEBREW"})
"""Scripts whose letters do not stand beside Latin ones in a word."""


def fitness(text: str, charset: str, hint: str | None = None) -> float:
    """Return how far the non-ASCII letters of `text` are those of one language that `charset` serves: 0 to 1.

    A text read in a wrong charset has letters that its language lacks, capitals or another script within words, or the rare letters
    of the right script. A little more than 1 where `hint` names the language.
    """
    counts = Counter(sign for sign in text if sign > "\x7f" and sign not in _TYPOGRAPHY)
    total = sum(counts.values())
    if total == 0:
        return 1.0
    forbidden = sum(count for sign, count in counts.items() if unicodedata.category(sign) in {"Cc", "Co", "Cn"})
    best = max(_share(counts, total, language) + (_HINT if language.code == hint else 0.0) for language in _served_by(charset))
    return max(0.0, best - (4 * forbidden + _torn_words(text)) / total)


@lru_cache(maxsize=64)
def _served_by(charset: str) -> tuple[Language, ...]:
    """The languages written in `charset`; all of them where none is known to be."""
    languages = load_languages().language
    return tuple(language for language in languages if charset in language.charsets) or languages


def _share(counts: Mapping[str, int], total: int, language: Language) -> float:
    """The share of letters that are `language`'s own, less where its frequent letters are missing."""
    own = sum(count for sign, count in counts.items() if _belongs(sign, language))
    if language.frequent and own:
        frequent = sum(counts.get(sign, 0) + counts.get(sign.upper(), 0) * (sign.upper() != sign) for sign in _frequent(language))
        return own / total * min(1.0, frequent / own / language.frequent_share)
    return own / total


@lru_cache(maxsize=100_000)
def _belongs(sign: str, language: Language) -> bool:
    if sign.lower() in language.alphabet:
        return True
    if not language.scripts:
        return False
    if _EAST_ASIAN & set(language.scripts) and "\u3000" <= sign <= "\u30ff" and not script_of(sign):
        return True  # ideographic punctuation
    if _EAST_ASIAN & set(language.scripts) and unicodedata.east_asian_width(sign) == "F":
        return True  # fullwidth punctuation and digits
    return script_of(sign) in language.scripts


@lru_cache(maxsize=64)
def _frequent(language: Language) -> frozenset[str]:
    return frozenset(language.frequent) - {"\n"}


def _torn_words(text: str) -> int:
    """Count the places within words where a capital follows a small letter, or another script an ASCII letter."""
    faults = 0
    for before, sign in pairwise(text):
        if sign > "\x7f" and before.isalpha():
            inner_capital = sign.isupper() and before.islower()
            faults += inner_capital or (before <= "\x7f" and script_of(sign) in _UNMIXED)
        elif before > "\x7f" and sign <= "\x7f" and sign.isalpha():
            faults += script_of(before) in _UNMIXED
    return faults
