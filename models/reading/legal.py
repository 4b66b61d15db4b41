"""Text in, the laws, orders and notices it names by number out, each with a key that is the same in every language.

A number is the strongest sign that two reports in two languages tell of one measure, and costs no model.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from typing import TYPE_CHECKING

from config.legal_documents import load_legal_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.legal_documents import Compiled

NEAR = 250
"""Characters to either side of a number within which its context must stand: a sentence or two."""
_REIWA = 2018
"""The year before the first of the era Reiwa."""
_SIGNS = re.compile(r"[\s.,]")
_HS_DIGITS = 6
_LETTERS = str.maketrans({"đ": "d", "Đ": "D"})


def find_legal_documents(text: str, language: str) -> list[tuple[int, int, str]]:
    """Return (start, end, key) of every document that `text` names by number, in order; they do not overlap, the longest wins."""
    context = _Context(text)
    patterns = (pattern for pattern in load_legal_documents().compiled if not pattern.languages or language in pattern.languages)
    found = [hit for pattern in patterns for hit in _hits(pattern, text, context)]
    kept: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    for start, end, key in sorted(found, key=lambda hit: (hit[0] - hit[1], hit[0], hit[2])):
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.append((start, end, key))
    return sorted(kept)


class _Context:
    """Where the words that a number needs beside it stand; each expression is searched for once, so that no text takes long."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[re.Pattern[str], list[int]] = {}

    def has(self, expression: re.Pattern[str], start: int, end: int) -> bool:
        """Whether `expression` begins within `NEAR` characters of the stretch."""
        if expression not in self._places:
            self._places[expression] = [match.start() for match in expression.finditer(self._text)]
        places = self._places[expression]
        nearest = bisect_left(places, start - NEAR)
        return nearest < len(places) and places[nearest] <= end + NEAR


def _hits(pattern: Compiled, text: str, context: _Context) -> Iterator[tuple[int, int, str]]:
    for match in pattern.expression.finditer(text):
        if not all(context.has(expression, match.start(), match.end()) for expression in pattern.near):
            continue
        yield match.start(), match.end(), _key(pattern, match)
        further = match
        while pattern.more and (following := pattern.more.match(text, further.end())):
            further = following
            yield further.start("code"), further.end(), _key(pattern, further)


def _key(pattern: Compiled, match: re.Match[str]) -> str:
    """Fill the pattern's key: numbers without leading zeros or separators, letters plain and in capitals."""
    values = {name: _plain(name, value) for name, value in match.groupdict().items() if value}
    if "reiwa" in values:
        values["year"] = str(_REIWA + int(values["reiwa"]))
    return pattern.key.format(**values)


def _plain(name: str, value: str) -> str:
    folded = unicodedata.normalize("NFKD", value).translate(_LETTERS)
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter)).upper()
    if name == "code":
        return _hs(letters)
    if name == "verbatim":
        return letters
    digits = _SIGNS.sub("", letters)
    return str(int(digits)) if digits.isdecimal() else letters


def _hs(code: str) -> str:
    """A heading of four digits or, of anything longer, the subheading that all countries share: "8542.31"."""
    digits = "".join(str(int(sign)) for sign in code if sign.isdecimal())
    return digits if len(digits) < _HS_DIGITS else f"{digits[:4]}.{digits[4:6]}"
