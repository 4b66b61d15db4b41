"""The grammar of dates, matched on the codes of a text: which atoms make a date together, and which date they make."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from config.dates import OFFSET, SLOT, SPAN, load_dates
from models.reading.calendar import MONTH, YEAR, Partial
from models.reading.date_atoms import Atom, DateLexicon, Slots, date_lexicon
from models.reading.lexicon import longest_first

if TYPE_CHECKING:
    from collections.abc import Iterator

_OFFSETS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}
_SIGNS = {"ago_before": -1, "ago_after": -1, "earlier_after": -1, "in_before": 1, "hence_after": 1, "later_after": 1, "later_before": 1}
_FROM_FOCUS = frozenset({"earlier_after", "later_after", "later_before"})
_EDGES = {"begin": 1, "end": 12}
"""The month of a year's beginning and end; "early" and "late" in a year tell none."""
_HOURS = 24
_SATURDAY, _SUNDAY = 5, 6
_UNIT_SLOTS = {"Week": "week", "Month": "month", "Year": "year", "weekend": "weekend", "tsuki": "month", "nen": "year"}
_MONTHS_OF_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A date, or a part of one, told by the codes `start` to `end` (exclusive)."""

    start: int
    end: int
    partial: Partial | None
    """None for what only looks like a date."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    match: re.Pattern[str]
    nothing: bool


def find_pieces(codes: str, atoms: list[Atom], language: str) -> list[Piece]:
    """Return the parts of dates among `codes`, in order; of overlapping ones the longest."""
    lexicon = date_lexicon(language)
    found: list[Piece] = []
    for rule in _rules(language, lexicon.known_codes):
        for match in rule.match.finditer(codes):
            partial = None if rule.nothing else _partial(_slots(match, atoms))
            if rule.nothing or partial is not None:
                found.append(Piece(match.start(), match.end(), partial))
    return [piece for piece in longest_first(found) if piece.partial is not None]


def slot_pattern(expression: str, lexicon: DateLexicon) -> str:
    """Return `expression` as a regular expression over codes: "{day}" is a group "day_1", "~" a gap with small words only."""
    counts: dict[str, int] = {}

    def group(slot: re.Match[str]) -> str:
        name = slot.group(1)
        counts[name] = counts.get(name, 0) + 1
        return f"(?P<{name}_{counts[name]}>[{lexicon.codes(name) or chr(0)}])"

    of = f"[{lexicon.codes('of') or chr(0)}]"
    return SLOT.sub(group, expression.replace("~", rf" ?(?:{of}'? ?)*"))


@cache
def _rules(language: str, _known_codes: int) -> tuple[_Compiled, ...]:
    lexicon = date_lexicon(language)
    words = lexicon.words
    macros = load_dates().macros
    compiled = []
    for rule in load_dates().rules(language, words.order):
        expression = rule.match
        for _ in macros:
            for name, text in macros.items():
                expression = expression.replace(f"<{name}>", f"(?:{text})")
        compiled.append(_Compiled(re.compile(slot_pattern(expression, lexicon)), rule.nothing))
    return tuple(compiled)


def _slots(match: re.Match[str], atoms: list[Atom]) -> Slots:
    """What the groups of a match stand for; of a slot that comes twice the first counts."""
    slots: Slots = {}
    for group in match.re.groupindex:
        place = match.start(group)
        name = group.rpartition("_")[0]
        if place >= 0 and name not in slots:
            slots[name] = atoms[place].slots[name]
    return slots


def _partial(slots: Slots) -> Partial | None:
    """What the slots of one rule tell together; None where they make no sense."""
    partial = Partial()
    for read in (_of_numbers, _of_relative, _of_count, _of_turn, _of_season):
        partial = read(partial, slots)
    if not partial.told:
        return None
    if partial.focused or "part" not in slots or partial.precision != YEAR or partial.cap == YEAR:
        return partial
    edge = _EDGES.get(str(slots["part"]))
    return replace(partial, month=edge) if edge else partial


def _number(slots: Slots, name: str) -> int | None:
    return int(slots[name]) if name in slots else None


def _of_numbers(partial: Partial, slots: Slots) -> Partial:
    """Year, month, day and weekday as they are told."""
    year = _number(slots, "year") or _number(slots, "yy")
    if "era" in slots:
        year = int(slots["era"]) + (_number(slots, "n") or 1)
    day = _number(slots, "day") or (None if "quarter" in slots else _number(slots, "nth"))
    month = _number(slots, "month") or _number(slots, "mon")
    weekday = _number(slots, "weekday")
    if "week_of" in slots:
        month, weekday = None, _SUNDAY if month is None else month - 1
    return replace(partial, year=year, month=month, day=day, weekday=weekday, weeks=_number(slots, "week_of"))


def _of_relative(partial: Partial, slots: Slots) -> Partial:
    """Words such as "yesterday", "先月", and "the day before"."""
    if "immediately" in slots:
        return replace(partial, days=0, focused=True)
    found = OFFSET.fullmatch(str(slots.get("relative", "")))
    if not found:
        return partial
    base, unit, offset = found.groups()
    partial = replace(partial, focused=base is not None, or_today=base == "this ")
    return _moved(partial, unit, int(offset))


def _moved(partial: Partial, unit: str, offset: int) -> Partial:
    if unit == "weekend":
        return replace(partial, weekday=_SATURDAY, turn=offset or None, cap=MONTH)
    return replace(partial, **{_OFFSETS[unit]: offset})  # type: ignore[arg-type]


def _of_count(partial: Partial, slots: Slots) -> Partial:
    """Counted units: "three days ago", "within 90 days"."""
    sign = next((name for name in _SIGNS if name in slots), None)
    if sign is None:
        return partial
    count, unit = _number(slots, "n") or 1, str(slots.get("unit", ""))
    if "span" in slots and (found := SPAN.fullmatch(str(slots["span"]))):
        count, unit = int(found[1]), found[2]
    focused = sign in _FROM_FOCUS
    if unit == "hour":
        hours = count if "n" in slots else 0
        count, unit = round(hours / _HOURS), "day"
        if not hours and not focused:
            return partial
    return _moved(replace(partial, focused=focused), unit, _SIGNS[sign] * count)


def _of_turn(partial: Partial, slots: Slots) -> Partial:
    """The words "last", "this", "next", "the same", before or after what they turn."""
    turn = str(slots.get("turn", slots.get("turned", "")))
    if any(name in slots for name in _SIGNS):
        return partial
    unit = next((unit for slot, unit in _UNIT_SLOTS.items() if slot in slots and getattr(partial, unit, None) is None), "")
    if not turn:
        bare = "weekend" in slots or ("part" in slots and unit and not partial.told)
        return _moved(partial, unit, 0) if bare else partial
    base, _, offset = turn.rpartition(" ")
    if unit:
        return _moved(replace(partial, focused=partial.focused or base == "same"), unit, int(offset))
    if base == "same":
        return _same(partial, int(offset), "season" in slots)
    if (partial.month or partial.weekday is not None or partial.day or "season" in slots) and partial.year is None:
        return replace(partial, turn=int(offset))
    return partial


def _same(partial: Partial, offset: int, season: bool) -> Partial:
    """Reckon "that April" and "the previous Sunday" from the date told before; beside a whole date "that" adds nothing."""
    if partial.day is not None or partial.year is not None:
        return partial
    if partial.month is not None or season:
        return replace(partial, years=offset, focused=True)
    return replace(partial, turn=offset, focused=True) if partial.weekday is not None and offset else partial


def _of_season(partial: Partial, slots: Slots) -> Partial:
    """Seasons, quarters and halves: they lie in a year, and tell no more than it."""
    month = _number(slots, "season") or _number(slots, "half")
    if "quarter" in slots:
        ordinal = _number(slots, "n") or _number(slots, "nth") or 0
        month = _MONTHS_OF_QUARTER * (ordinal - 1) + 1 if 1 <= ordinal <= 12 // _MONTHS_OF_QUARTER else None
    if month is None:
        return partial
    return replace(partial, month=month, cap=YEAR)


def joined(pieces: list[Piece], codes: str, language: str) -> Iterator[Piece]:
    """Join parts of one date ("last year" and "October"), in order."""
    gap = _gap(language, date_lexicon(language).known_codes)
    last: Piece | None = None
    for piece in pieces:
        if last and last.partial and piece.partial and gap.fullmatch(codes, last.end, piece.start) and last.partial.joins(piece.partial):
            last = Piece(last.start, piece.end, last.partial.joined(piece.partial))
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


@cache
def _gap(language: str, _known_codes: int) -> re.Pattern[str]:
    lexicon = date_lexicon(language)
    return re.compile(slot_pattern(r"[,('-]?~[(]?(?:{on} ?)?" if lexicon.words.spaced else r"~", lexicon))
