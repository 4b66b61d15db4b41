"""Every date that a text tells, absolute or relative, resolved against the day of publication with the precision told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from config.dates import load_dates
from config.reading import load_reading
from config.vocabulary import load_vocabulary
from models.reading.calendar import Partial
from models.reading.lexicon import Hit, Lexicon
from models.reading.tokens import tokenize, weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_RELATIVE = {
    "today": Partial(days=0),
    "yesterday": Partial(days=-1),
    "day_before_yesterday": Partial(days=-2),
    "tomorrow": Partial(days=1),
    "day_after_tomorrow": Partial(days=2),
    "midnight": Partial(days=1),
    "last_week": Partial(weeks=-1),
    "this_week": Partial(weeks=0),
    "next_week": Partial(weeks=1),
    "last_month": Partial(months=-1),
    "this_month": Partial(months=0),
    "next_month": Partial(months=1),
    "last_year": Partial(years=-1),
    "this_year": Partial(years=0),
    "next_year": Partial(years=1),
    "previous": Partial(turn=-1),
    "coming": Partial(turn=1),
}
_UNITS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}
_SIGNS = {"ago_before": -1, "ago_after": -1, "in_before": 1, "in_after": 1}
_NEAR = 1.0
"""Words that may stand between the parts of one date ("October of last year")."""


@dataclass(frozen=True, slots=True)
class Told:
    """A date told by the tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    partial: Partial


def find_dates(doc: Doc, language: str) -> list[Told]:
    """Return the dates that `doc` tells, parts of one date joined, in order."""
    atoms = _longest([*_written(doc, language), *_relative(doc, language)])
    joined: list[Told] = []
    for atom in atoms:
        last = joined[-1] if joined else None
        if last and _gap(doc, last.end, atom.start) <= _NEAR and last.partial.joins(atom.partial):
            joined[-1] = Told(last.start, atom.end, last.partial.joined(atom.partial))
        else:
            joined.append(atom)
    return [told for told in joined if told.partial not in (_RELATIVE["previous"], _RELATIVE["coming"])]


def _gap(doc: Doc, end: int, start: int) -> float:
    between = doc[end:start]
    if any(token.is_punct and token.text != "-" for token in between):
        return _NEAR + 1
    return sum(weight(token.text) for token in between if not token.is_space)


def _longest(atoms: list[Told]) -> list[Told]:
    kept: list[Told] = []
    used: set[int] = set()
    for atom in sorted(atoms, key=lambda atom: (atom.start - atom.end, atom.start)):
        if used.isdisjoint(range(atom.start, atom.end)):
            used.update(range(atom.start, atom.end))
            kept.append(atom)
    return sorted(kept, key=lambda atom: atom.start)


def _written(doc: Doc, language: str) -> Iterator[Told]:
    """Dates written with numbers and names of months and weekdays."""
    months, weekdays = _calendar_names(language)
    for pattern in _patterns(language):
        for found in pattern.finditer(doc.text):
            groups = {name: text for name, text in found.groupdict().items() if text}
            partial = Partial(
                year=int(groups["year"]) if "year" in groups else None,
                month=int(groups["month"]) if "month" in groups else _look_up(months, groups["name"]) if "name" in groups else None,
                day=int(groups["day"]) if "day" in groups else None,
                weekday=_look_up(weekdays, groups["weekday"]) if "weekday" in groups else None,
                weeks=-1 if "week_before" in groups else 1 if "week_after" in groups else None,
            )
            span = doc.char_span(found.start(), found.end(), alignment_mode="expand")
            if _possible(partial) and span is not None:
                yield Told(span.start, span.end, partial)


def _look_up(names: dict[str, int], found: str) -> int:
    return next(number for name, number in names.items() if _caseless(name) == _caseless(found))


def _caseless(name: str) -> str:
    """Fold as the regular expression's case-blindness does, for which I, i, İ and ı are one letter."""
    return name.replace("İ", "i").replace("ı", "i").casefold()


def _possible(partial: Partial) -> bool:
    return (partial.month is None or 1 <= partial.month <= 12) and (partial.day is None or 1 <= partial.day <= 31)


def _relative(doc: Doc, language: str) -> Iterator[Told]:
    """Dates told from the day of publication: words such as "yesterday", and counted units such as "three days ago"."""
    hits = _words(language).find(doc)
    for hit in hits:
        if hit.label in _RELATIVE:
            yield Told(hit.start, hit.end, _RELATIVE[hit.label])
    amounts = _amounts(doc, hits)
    for unit in (hit for hit in hits if hit.label in _UNITS):
        number = next((amount for amount in amounts if amount.end <= unit.start and _touch(doc, amount.end, unit.start)), None)
        if number is None:
            continue
        for marker in (hit for hit in hits if hit.label in _SIGNS):
            before = marker.label.endswith("before") and marker.end <= number.start and _touch(doc, marker.end, number.start)
            after = marker.label.endswith("after") and marker.start >= unit.end and _touch(doc, unit.end, marker.start)
            if before or after:
                offset = _SIGNS[marker.label] * int(number.label)
                yield Told(min(marker.start, number.start), max(marker.end, unit.end), Partial(**{_UNITS[unit.label]: offset}))


def _touch(doc: Doc, end: int, start: int) -> bool:
    return all(token.is_space for token in doc[end:start]) and end <= start


def _amounts(doc: Doc, hits: Sequence[Hit[str]]) -> list[Hit[str]]:
    """Numbers in digits or words."""
    digits = [Hit(token.i, token.i + 1, str(int(token.text))) for token in doc if token.text.isdecimal() and len(token.text) <= 3]
    return [*digits, *(Hit(hit.start, hit.end, hit.label) for hit in hits if hit.label.isdecimal())]


@cache
def _words(language: str) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(language, load_reading().windows.gap)
    words = load_vocabulary(language).dates
    for label in (*_RELATIVE, *_UNITS, *_SIGNS):
        for word in getattr(words, label):
            lexicon.add(word, label)
    for number, word in enumerate(words.numbers, 1):
        lexicon.add(word, str(number))
    return lexicon


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    months, weekdays = _calendar_names(language)
    return tuple(
        re.compile(pattern.replace("{month}", _alternatives(months)).replace("{weekday}", _alternatives(weekdays)))
        for pattern in load_dates().patterns(language)
    )


def _alternatives(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def _calendar_names(language: str) -> tuple[dict[str, int], dict[str, int]]:
    """Names of months (1 to 12) and of weekdays (Monday is 0): CLDR's, and the forms that it lacks."""
    from babel import Locale

    locale = Locale(language)
    forms = load_dates()
    named = []
    for names, extra in ((locale.months, forms.month), (locale.days, forms.weekday)):
        known = {name: number for context in ("format", "stand-alone") for number, name in names[context]["wide"].items()}
        known.update({form: name.number for name in extra if name.language == language for form in name.forms})
        named.append({name: number for name, number in known.items() if not any(letter.isdecimal() for letter in name)})
    return named[0], named[1]


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


def read_dates(text: str, language: str, published: date | None, *, focus: str | None = None) -> tuple[DateExpression, ...]:
    """Return all dates told in `text`, in order; `focus` is the ISO date told last before a text that is but a part.

    "The next day" is reckoned from the date told last before it, "yesterday" from `published`.
    """
    doc = tokenize(text, language, _vocab())
    found = []
    for told in find_dates(doc, language):
        span = doc[told.start : told.end]
        value = told.partial.resolve(published)
        found.append(DateExpression(span.start_char, span.end_char, value, _PRECISION[len(value)] if value else None, False))
    return tuple(found)


_PRECISION = {4: "year", 7: "month", 10: "day"}


@cache
def _vocab() -> Vocab:
    from spacy.vocab import Vocab

    return Vocab()
