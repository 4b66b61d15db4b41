"""A text as a string of codes, one for each number, date word, other word, sign or space: what the grammar of dates is matched on.

A code stands for all that an atom can be ("second" is a number in its order and a part of a minute), so a rule's slot is the set of
the codes that include it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from config.dates import DateWords, load_date_words
from models.reading.numerals import number_slots

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Slots = dict[str, int | str]
"""What an atom can be, with its value as that."""

SPACED, UNSPACED, CAPITALISED, SIGN = "w", "h", "W", "~"
"""Codes of a word, a character of an unspaced script, a word with a capital, and a sign that joins nothing."""
_PLAIN = frozenset(" \n.,:;/-()'%$€£¥\"!")
_SIGNS = {"，": ",", "、": ",", "（": "(", "）": ")", "。": "!", "／": "/", "–": "-", "—": "-", "‑": "-", "−": "-", "．": ".", "％": "%",
          "’": "'", "ʼ": "'", "،": ",", "؛": ";", "।": "!", "?": "!", "؟": "!", "？": "!", "！": "!", "٪": "%", "・": ","}  # fmt: skip
_CHARACTER = r"\u3005-\u3006\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3"
_MARKS = r"\u0300-\u036f\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0962\u0963"
_KANJI = "〇零一二三四五六七八九十百千廿卅两兩"
_LETTER = rf"(?![{_CHARACTER}])[^\W\d_]|[{_MARKS}]"
_NUMBER = {False: r"\d+", True: rf"\d+|(?<=[周週期拜])[一二三四五六](?!月)|[{_KANJI}]+"}
"""Numbers, without and with kanji; 五 in 周五 begins no longer number."""
_PIECE = {
    kanji: re.compile(
        rf"(?P<number>{number})|(?P<word>(?:{_LETTER})+)|(?P<character>[{_CHARACTER}])|(?P<space>\s+)|(?P<sign>.)",
        re.DOTALL,
    )
    for kanji, number in _NUMBER.items()
}
_KANJI_NUMBERS = frozenset({"zh", "ja"})
_MARK = re.compile(r"[\u0300-\u036f\u064b-\u0652\u093c]")
_LAST_DAY = 31
_FOLDED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ـ": None})
_FIRST_CODE = 0xE000
"""Codes of atoms are taken from the private use area, so that they meet no letter of a rule."""
_MOST_KNOWN = 50_000
"""Words whose inflection is kept in mind, so that a process that reads for months does not grow."""
_NOTHING: Slots = {}
_UNITS = ("day", "week", "month", "year", "hour")
_TURNS = {"last": "-1", "this": "0", "next": "1", "previous": "same -1", "same": "same 0", "following": "same 1"}
_PARTS = ("early", "mid", "late", "begin", "end")


class Atom(NamedTuple):
    """One code of a text: characters `start` to `end`, and what they can be."""

    start: int
    end: int
    slots: Slots


@dataclass(slots=True)
class _Branch:
    next: dict[str, _Branch] = field(default_factory=dict)
    slots: Slots = field(default_factory=dict)
    capitalised: Slots = field(default_factory=dict)
    """What it can be besides with a capital."""


class DateLexicon:
    """The words of one language that dates are told with."""

    def __init__(self, words: DateWords) -> None:
        """Take in `words`, and what CLDR calls months and weekdays."""
        self.words = words
        self._root = _Branch()
        self._inflections: list[tuple[str, str, Slots]] = []
        self._codes: dict[frozenset[str], str] = {}
        self._known: dict[str, Slots] = {}
        for slots, phrases, capital in _entries(words):
            for phrase in phrases:
                self._add(phrase, slots, capital=capital)

    def _add(self, phrase: str, slots: Slots, *, capital: bool) -> None:
        if "*" in phrase:
            stem, _, ending = phrase.partition("*")
            self._inflections.append((self._fold(stem), self._fold(ending), slots))
            return
        branch = self._root
        for piece in self._pieces(phrase):
            branch = branch.next.setdefault(" " if piece.lastgroup == "space" else self._fold(piece.group()), _Branch())
        (branch.capitalised if capital else branch.slots).update(slots)

    def _pieces(self, text: str) -> list[re.Match[str]]:
        """Numbers, words, characters, signs and spaces; only line ends are spaces where words are not spaced."""
        spaced = self.words.spaced
        found = _PIECE[self.words.language in _KANJI_NUMBERS].finditer(text)
        return [piece for piece in found if spaced or piece.lastgroup != "space" or "\n" in piece.group()]

    def _fold(self, word: str) -> str:
        if self.words.language == "tr":
            word = word.replace("I", "ı").replace("İ", "i")
        return _fold(word)

    def codes(self, slot: str) -> str:
        """Return all codes, known so far, of atoms that can be `slot`."""
        return "".join(code for slots, code in self._codes.items() if slot in slots)

    @property
    def known_codes(self) -> int:
        """How many codes are known; rules compiled when there were fewer are out of date."""
        return len(self._codes)

    def read(self, text: str) -> tuple[str, list[Atom]]:
        """Return the codes of `text` and, one for each, its atoms."""
        pieces = self._pieces(text)
        folded = [" " if piece.lastgroup == "space" else self._fold(piece.group()) for piece in pieces]
        codes: list[str] = []
        atoms: list[Atom] = []
        place = 0
        while place < len(pieces):
            piece = pieces[place]
            if piece.lastgroup == "word" and folded[place] not in self._root.next:
                slots, stop = self._inflected(folded[place]), place + 1
            elif piece.lastgroup == "space":
                slots, stop = _NOTHING, place + 1
            else:
                slots, stop = self._longest(pieces, folded, place, after_atom=bool(atoms and atoms[-1].slots))
            codes.append(self._codes.setdefault(frozenset(slots), chr(_FIRST_CODE + len(self._codes))) if slots else _plain(piece))
            atoms.append(Atom(piece.start(), pieces[stop - 1].end(), slots))
            place = stop
        return "".join(codes), atoms

    def _longest(self, pieces: list[re.Match[str]], folded: list[str], place: int, *, after_atom: bool) -> tuple[Slots, int]:
        """What the longest phrase that begins at `place` can be, and the place after it."""
        piece = pieces[place]
        found: Slots = {}
        stop = place + 1
        if not (after_atom or self._may_begin(pieces, place)):
            return found, stop
        branch: _Branch | None = self._root
        for at in range(place, len(pieces)):
            branch = branch.next.get(folded[at]) if branch else None
            if branch is None:
                break
            slots = {**branch.slots, **branch.capitalised} if branch.capitalised and piece.group()[0].isupper() else branch.slots
            if slots:
                found, stop = slots, at + 1
        if piece.lastgroup == "number" and stop == place + 1:
            found = {**number_slots(piece.group()), **found}
        return found or (self._inflected(folded[place]) if piece.lastgroup == "word" else {}), stop

    def _inflected(self, folded: str) -> Slots:
        """What a word can be by its stem or ending, or without the letters that lean on its front."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        if folded not in self._known:
            self._known[folded] = self._inflection(folded)
        return self._known[folded]

    def _inflection(self, folded: str) -> Slots:
        for stem, ending, slots in self._inflections:
            if folded.startswith(stem) and folded.endswith(ending):
                return slots
        for letters in self.words.proclitics:
            branch = self._root.next.get(folded[len(letters) :]) if folded.startswith(letters) else None
            if branch and branch.slots:
                return branch.slots
        return _NOTHING

    def _may_begin(self, pieces: list[re.Match[str]], place: int) -> bool:
        """Whether a word can begin at `place`: a Korean one does so after a space, a sign or a number."""
        if self.words.language != "ko" or place == 0:
            return True
        before = pieces[place - 1]
        return before.end() < pieces[place].start() or before.lastgroup != "character"


@cache
def date_lexicon(language: str) -> DateLexicon:
    """Return the words of `language`."""
    return DateLexicon(load_date_words(language))


def _entries(words: DateWords) -> Iterator[tuple[Slots, Iterable[str], bool]]:
    """What each group of phrases can be, and whether they must begin with a capital."""
    for slot, names in (("month", _cldr_names(words.language, "months")), ("weekday", _cldr_names(words.language, "days"))):
        for name, number in names.items():
            yield {slot: number}, (name,), words.capital
    for slot, table, capital in (
        ("month", words.months, words.capital), ("weekday", words.weekdays, words.capital), ("nth", words.ordinals, False),
        ("season", words.seasons, False), ("half", words.halves, False), ("era", words.eras, False),
    ):  # fmt: skip
        for key, phrases in table.items():
            yield {slot: int(key)}, phrases, capital
    for key, phrases in words.weeks.items():
        yield {"week_of": int(key), "relative": f"week {key}"}, phrases, False
    for key, phrases in words.numbers.items():
        yield {"n": int(key), **({"day": int(key)} if words.spelled_days and int(key) <= _LAST_DAY else {})}, phrases, False
    for slot, named in (("relative", words.relative), ("span", words.spans)):
        for name, phrases in named.items():
            yield {slot: name}, phrases, False
    for name, phrases in words.words.items():
        yield _slots_of(name), phrases, False


def _slots_of(name: str) -> Slots:
    if name in _UNITS:
        return {"unit": name, name.capitalize(): name}
    if name in _PARTS:
        return {"part": name}
    turn = name.removesuffix("_after")
    if turn in _TURNS:
        return {"turned" if name.endswith("_after") else "turn": _TURNS[turn]}
    return {name: name}


def _cldr_names(language: str, kind: str) -> dict[str, int]:
    """Names of months (1 to 12) or weekdays (Monday is 0) as CLDR has them; those that are numbers are the grammar's."""
    from babel import Locale

    names = getattr(Locale(language), kind)
    known = {name: number for context in ("format", "stand-alone") for number, name in names[context]["wide"].items()}
    return {name: number for name, number in known.items() if not any(letter.isdecimal() or letter == "月" for letter in name)}


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", word).lower().translate(_FOLDED) if not _MARK.match(letter))


def _plain(piece: re.Match[str]) -> str:
    match piece.lastgroup:
        case "space":
            return "\n" if "\n" in piece.group() else " "
        case "word":
            return CAPITALISED if piece.group()[0].isupper() else SPACED
        case "character":
            return UNSPACED
        case _:
            sign = _SIGNS.get(piece.group(), piece.group())
            return sign if sign in _PLAIN else SIGN
