"""Where a quote stands in a text, white space and composed letters (Unicode NFC) apart."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from models.records import Span

_JAMO = range(0x1160, 0x1200)
"""Vowels and finals of Hangul, which compose with the consonant before them though they are no marks."""


class Quotable:
    """A text in which quotes are looked up."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._plain, self._starts = _plainly(text)

    def find(self, quote: str) -> Span | None:
        """Return where `quote` first stands, in the words and offsets of the text itself; None where it does not."""
        wanted = _plainly(quote)[0].strip()
        start = self._plain.find(wanted) if wanted else -1
        if start < 0:
            return None
        first, last = self._starts[start], self._starts[start + len(wanted)]
        return _trimmed(self._text, first, last)


def _plainly(text: str) -> tuple[str, list[int]]:
    """Return the text composed, with single spaces, and for each of its letters (and its end) where it begins in `text`."""
    letters: list[str] = []
    starts: list[int] = []
    for start, end in _clusters(text):
        cluster = text[start:end]
        composed = " " if cluster.isspace() else unicodedata.normalize("NFC", cluster)
        if composed == " " and letters and letters[-1] == " ":
            continue
        letters += composed
        starts += [start] * len(composed)
    return "".join(letters), [*starts, len(text)]


def _clusters(text: str) -> list[tuple[int, int]]:
    """Cut the text before every letter that cannot compose with the one before it."""
    cuts = [place for place, letter in enumerate(text) if place == 0 or not _joins(letter)]
    return list(pairwise([*cuts, len(text)]))


def _joins(letter: str) -> bool:
    return letter > "\u02ff" and (unicodedata.category(letter) in {"Mn", "Mc"} or ord(letter) in _JAMO)


def _trimmed(text: str, start: int, end: int) -> Span:
    quote = text[start:end]
    end = start + len(quote.rstrip())
    return Span(start, end, text[start:end])
