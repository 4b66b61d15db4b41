"""Every date that a text tells, absolute or relative, resolved against the day of publication with the precision told."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from models.reading.calendar import PRECISIONS, YEAR, Before, Lean, Partial
from models.reading.date_atoms import date_lexicon
from models.reading.date_grammar import Piece, find_pieces, joined, slot_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from models.reading.date_atoms import Atom

_AFTER = r"(?:\([^()]{0,16}\)|[)%])?(?:'w)?~(?:[wh] ?)??"
"""What may stand between a date and the word behind it that governs it."""
_BEFORE = "~(?:{on} ?~)?[(]?"
_REMEMBERED = 6
"""How many dates told before are kept in mind."""
_END = re.compile(r"[\n!]|\.[\"')]? ")
_SOON = r"[^.;:,\n]{0,16}"
"""How far before a date a word of the future may stand: about five words, with no sign between."""


@dataclass(frozen=True, slots=True)
class Told:
    """A date told by the tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    partial: Partial


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date that the characters `start` to `end` (exclusive) of a text tell, resolved against the day of publication."""

    start: int
    end: int
    value: str | None
    """ISO date at the precision told (YYYY-MM-DD, YYYY-MM or YYYY); None where it cannot be resolved."""
    precision: str | None
    """day, month or year; None exactly when the value is."""
    starts: bool
    """Whether words of entry into force govern it: "from", "since", ab, с, 起, から, 부터."""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    partial: Partial
    governed: str | None
    """The kind of start word that governs it: since (past), from (ahead), both (either), "at once", or None."""


def read_dates(text: str, language: str, published: date | None, *, focus: str | None = None) -> tuple[DateExpression, ...]:
    """Return all dates told in `text`, in order, with their places in it.

    "Yesterday" is reckoned from `published`, "the next day" from the date told last before it; `focus` is the ISO date told last
    before a text that is but a part.
    """
    expressions = []
    for found in _find(text, language, _known(focus)):
        value = found.partial.resolve(published)
        expressions.append(
            DateExpression(found.start, found.end, value, PRECISIONS[len(value)] if value else None, found.governed is not None)
        )
    return tuple(expressions)


def find_dates(doc: Doc, language: str) -> list[Told]:
    """Return the dates that `doc` tells, in order, but for "at once" and a bare "last summer": they say too little by themselves."""
    told: list[Told] = []
    for found in _find(doc.text, language, None):
        if found.governed == "at once" or (found.partial.cap == YEAR and not {"year", "years"} & found.partial.told):
            continue
        span = doc.char_span(found.start, found.end, alignment_mode="expand")
        if span is not None and not (told and told[-1].end > span.start):
            told.append(Told(span.start, span.end, found.partial))
    return told


def _known(focus: str | None) -> Partial | None:
    if focus is None:
        return None
    year, month, day, *_ = [*(int(part) for part in focus.split("-")), None, None]
    return Partial(year=year, month=month, day=day)


def _find(text: str, language: str, focus: Partial | None) -> Iterator[_Found]:
    codes, atoms = date_lexicon(language).read(text)
    marks = _marks(language, date_lexicon(language).known_codes)
    spaced = date_lexicon(language).words.spaced
    ends = _sentence_ends(codes, atoms, text)
    told: list[tuple[int, Partial]] = [(-1, focus)] if focus else []
    for piece in joined(find_pieces(codes, atoms, language), codes, language):
        if piece.partial is None or piece.partial.told == {"turn"}:
            continue
        governed = marks.governing(codes, piece)
        sentence = bisect(ends, piece.start)
        before = tuple(Before(partial, place == sentence) for place, partial in reversed(told))
        if not piece.partial.focused and not spaced:
            before = ()  # there a bare day lies in the month of publication whatever was told before
        partial = replace(piece.partial, lean=marks.lean(codes, piece, governed), before=before)
        yield _Found(atoms[piece.start].start, atoms[piece.end - 1].end, partial, governed)
        told = [*told[1 - _REMEMBERED :], (sentence, replace(partial, before=before[:1]) if partial.focused else partial)]


def _sentence_ends(codes: str, atoms: list[Atom], text: str) -> list[int]:
    """Places of codes where a sentence ends, near enough for the date in focus."""
    ends = []
    for found in _END.finditer(codes):
        following = text[atoms[found.end()].start] if found.end() < len(codes) else "\n"
        if found.group()[0] != "." or not (following.islower() or following.isdecimal()):
            ends.append(found.start())
    return ends


@dataclass(frozen=True, slots=True)
class _Marks:
    """Words around a date that tell how it is meant."""

    before: dict[str, re.Pattern[str]]
    after: dict[str, re.Pattern[str]]
    future_before: re.Pattern[str]
    future_after: re.Pattern[str]
    inside: re.Pattern[str]

    def governing(self, codes: str, piece: Piece) -> str | None:
        """The kind of start word that governs the date: "since" (past), "from" (ahead), "both" (either), or None."""
        for kind, pattern in self.after.items():
            if pattern.match(codes, piece.end):
                return kind
        for kind, pattern in self.before.items():
            if pattern.search(codes, max(0, piece.start - 12), piece.start):
                return kind
        return "at once" if self.inside.search(codes, piece.start, piece.end) else None

    def lean(self, codes: str, piece: Piece, governed: str | None) -> Lean:
        """Which way a bare weekday, day or month lies."""
        if governed == "since":
            return Lean.BEHIND
        if governed == "at once":
            return Lean.UNSAID
        future = self.future_before.search(codes, max(0, piece.start - 20), piece.start) or self.future_after.match(codes, piece.end)
        if governed == "from" or future:
            return Lean.AHEAD
        return Lean.EITHER if governed else Lean.UNSAID


@cache
def _marks(language: str, _known_codes: int) -> _Marks:
    lexicon = date_lexicon(language)

    def compiled(expression: str) -> re.Pattern[str]:
        return re.compile(re.sub(r"\(\?P<\w+>(\[[^]]+\])\)", r"\1", slot_pattern(expression, lexicon)))

    kinds = ("since", "from", "both")
    return _Marks(
        before={kind: compiled(f"{{{kind}}}" + _BEFORE + "$") for kind in kinds},
        after={kind: compiled(_AFTER + f"{{{kind}_after}}") for kind in kinds},
        future_before=compiled("{future}" + _SOON + "$"),
        future_after=compiled((r"[^.;:,\n]{0,7}?" if not lexicon.words.spaced or lexicon.words.verb_last else "(?!)") + "{future}"),
        inside=compiled("{immediately}"),
    )
