"""A part of a date, and the day, month or year that it means for an article published on a given day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

YEAR, MONTH, DAY = len("2023"), len("2023-07"), len("2023-07-04")
"""Precisions, as lengths of the ISO date."""
PRECISIONS = {YEAR: "year", MONTH: "month", DAY: "day"}


class Lean(IntEnum):
    """Which way the words around a bare weekday, day or month point."""

    BEHIND = -1
    """As "since" does."""
    UNSAID = 0
    EITHER = 1
    """Words of a start that may lie on either side: "с", "da", から."""
    AHEAD = 2
    """Words of the future."""


_WEIGHTS = {Lean.BEHIND: 10_000.0, Lean.UNSAID: 6.0, Lean.EITHER: 2.0, Lean.AHEAD: 0.4}
"""How many times as far a day ahead is held to be than one behind, when a month's year is not told; fitted to news."""
_WEEKDAY_WEIGHT = 1.4
"""The same for a weekday that words of a start govern."""
_NARRATED_DAYS = 14
"""Of dates told in sentences before, one so near publication is the one that the story stands at, before one farther back."""
_MANY_DAYS = 60
"""From so many days on, a count is a round one: it tells the month, not the day."""
_ANCHOR = {"days": DAY, "weekday": DAY, "weeks": DAY, "months": MONTH, "years": YEAR, "turn": DAY}
"""What must be known of the date that a part is reckoned from."""
_PARTS = ("year", "month", "day", "weekday", "days", "weeks", "months", "years", "turn")
_JOINT = {
    frozenset(parts)
    for parts in (
        {"years", "month"}, {"years", "month", "day"}, {"months", "day"}, {"weeks", "weekday"}, {"turn", "weekday"}, {"turn", "month"},
        {"turn", "month", "day"}, {"year", "month"}, {"year", "month", "day"}, {"month", "day"}, {"turn", "day"},
    )
}  # fmt: skip
_LESS = ("days", "weekday")
"""What an exact date beside it outdoes: "yesterday, 3 July", "on Friday, 20 February"."""


@dataclass(frozen=True, slots=True)
class Partial:
    """What an expression tells of a date; None for what it leaves open.

    `days`, `weeks`, `months` and `years` are offsets from the day of publication, or from the date in focus.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """Monday is 0."""
    days: int | None = None
    weeks: int | None = None
    months: int | None = None
    years: int | None = None
    turn: int | None = None
    """-1 for "last", 0 for "this", 1 for "next", beside a weekday, month or day."""
    cap: int = DAY
    """The finest precision that the words allow: a quarter or a season tells no more than its year."""
    focused: bool = False
    """Whether it is reckoned from the date told last before it: "the next day"."""
    before: tuple[Before, ...] = ()
    """Dates told before it, the last first: for the focus, and for what a bare day or month leaves open."""
    or_today: bool = False
    """Whether it means the day of publication where no date was told before it: 이날."""
    lean: Lean = Lean.UNSAID

    @property
    def told(self) -> frozenset[str]:
        """The parts that are told."""
        return frozenset(name for name in _PARTS if getattr(self, name) is not None)

    @property
    def precision(self) -> int:
        """The precision that it can have at best."""
        if self.days is not None or self.weekday is not None or self.day is not None:
            return min(DAY, self.cap)
        return min(MONTH if {"month", "months", "weeks"} & self.told else YEAR, self.cap)

    def joins(self, other: Partial) -> bool:
        """Whether the two tell parts of one date ("last year" and "October") or the same twice ("yesterday, 3 July")."""
        if other.focused and other.days is not None:
            return False
        return self._outdone(other) or other._outdone(self) or (not self.told & other.told and self.told | other.told in _JOINT)

    def joined(self, other: Partial) -> Partial:
        """Both parts as one."""
        if self._outdone(other):
            return other
        if other._outdone(self):
            return self
        parts = {name: getattr(other, name) for name in other.told}
        return replace(self, **parts, cap=min(self.cap, other.cap), focused=self.focused or other.focused)

    def _outdone(self, other: Partial) -> bool:
        """Whether `other` is an exact date, or a weekday after "yesterday", and this adds nothing to it."""
        if len(self.told) != 1 or not self.told & set(_LESS) or self.turn is not None:
            return False
        if self.focused and self.days == 0:
            return False
        return "day" in other.told or (self.days is not None and other.told == {"weekday"} and other.turn is None)

    def resolve(self, published: date | None, *, ahead: bool = False) -> str | None:
        """Return the ISO date at the precision told, or None where nothing is sure; without `published` only a told year is.

        `ahead` tells that the words around speak of the future, so that a bare weekday or day lies ahead.
        """
        lean = Lean.AHEAD if ahead and self.lean is not Lean.BEHIND else self.lean
        told = self
        base = published
        if self.focused:
            anchor = self._anchor(published, lean)
            if anchor is None:
                return None
            base = date.fromisoformat(anchor + "-01-01"[len(anchor) - YEAR :])
        else:
            told = self._completed(published)
        if base is None and told.year is None:
            return None
        try:
            resolved = told._resolve(base or date(told.year or 1, 1, 1), lean)  # noqa: SLF001 - another of the same kind
        except (ValueError, OverflowError):
            return None
        return resolved[: self.cap] if resolved else None

    def _anchor(self, published: date | None, lean: Lean) -> str | None:
        """The date in focus, at the precision needed: in the same sentence the last, else the last that the story stands at.

        Words of a start may point to a day ahead ("from the same date"); a story that is told stands at no day to come.
        """
        need = max((_ANCHOR.get(part, YEAR) for part in self.told), default=DAY)
        today = published.isoformat() if published else "9999"
        near = (published - timedelta(days=_NARRATED_DAYS)).isoformat() if published else ""
        known = [
            (date_, before.same_sentence) for before in self.before if (date_ := before.partial.resolve(published)) and len(date_) >= need
        ]
        past = [(date_, same) for date_, same in known if date_ <= today]
        here = [date_ for date_, same in (past if lean is Lean.UNSAID else known) if same]
        stands = [date_ for date_, _ in past if date_ >= near] if self.days is not None and abs(self.days) <= 1 else []
        fitting = here or stands or [date_ for date_, _ in past] or [date_ for date_, same in known if same]
        if fitting:
            return fitting[0]
        return published.isoformat() if published and self.or_today else None

    def _completed(self, published: date | None) -> Partial:
        """With the month or year told in the same sentence, where it leaves them open: "on 22 April ... and from the 28th"."""
        if self.told not in ({"day"}, {"month"}, {"month", "day"}):
            return self
        for before in self.before:
            if not before.same_sentence:
                break
            if "month" not in before.partial.told or (self.month is not None and "years" not in before.partial.told):
                continue
            known = before.partial.resolve(published)
            if known and len(known) >= MONTH:
                year, month = int(known[:YEAR]), int(known[YEAR + 1 : MONTH])
                return replace(self, year=year, month=self.month or month)
        return self

    def _resolve(self, base: date, lean: Lean) -> str | None:
        if self.days is not None:
            moved = (base + timedelta(days=self.days)).isoformat()
            return moved if abs(self.days) < _MANY_DAYS else moved[:MONTH]
        if self.weekday is not None:
            return self._weekday(base, lean).isoformat()
        if self.weeks is not None:
            return (base + timedelta(weeks=self.weeks)).isoformat()[:MONTH]
        if self.months is not None and self.month is None:
            month = shift_months(base, self.months)
            return date(month.year, month.month, self.day).isoformat() if self.day else month.isoformat()[:MONTH]
        year = self.year if self.year is not None else base.year + self.years if self.years is not None else None
        if self.month is not None:
            return self._in_year(self._nearest_year(base, lean) if year is None else year)
        if self.day is not None and year is None:
            return self._day_of_month(base, lean)
        return f"{year:04d}" if year is not None else None

    def _in_year(self, year: int) -> str:
        assert self.month is not None  # noqa: S101 - the caller asked
        return date(year, self.month, self.day or 1).isoformat()[: DAY if self.day else MONTH]

    def _weekday(self, base: date, lean: Lean) -> date:
        assert self.weekday is not None  # noqa: S101 - the caller asked
        if self.weeks is not None:
            monday = base + timedelta(weeks=self.weeks) - timedelta(days=base.weekday())
            return monday + timedelta(days=self.weekday)
        back = (base.weekday() - self.weekday) % 7
        forward = (self.weekday - base.weekday()) % 7
        if self.turn:
            return base + timedelta(days=forward or 7) if self.turn == 1 else base - timedelta(days=back or 7)
        if self.day is not None:
            near = sorted((base + timedelta(days=days) for days in range(-31, 32)), key=lambda day: abs((day - base).days))
            return next((day for day in near if day.day == self.day and day.weekday() == self.weekday), base - timedelta(days=back))
        ahead = lean is Lean.AHEAD or (lean is Lean.EITHER and forward * _WEEKDAY_WEIGHT < back)
        return base + timedelta(days=forward) if ahead else base - timedelta(days=back)

    def _day_of_month(self, base: date, lean: Lean) -> str:
        """A bare day lies in the month of publication where words of a start say so, else where it is nearest."""
        assert self.day is not None  # noqa: S101 - the caller asked
        steps: tuple[int, ...] = {-1: (-1, 0), 1: (0, 1)}.get(self.turn or 0, (-1, 0, 1))
        if lean >= Lean.EITHER and not self.turn:
            steps = (0,) if lean is Lean.EITHER or self.day >= base.day else (0, 1)
        days = [date(month.year, month.month, self.day) for step in steps if self._has_day(month := shift_months(base, step))]
        if self.turn or lean is Lean.BEHIND:
            days = [day for day in days if (day <= base if self.turn == -1 or lean is Lean.BEHIND else day >= base)] or days
        return min(days, key=lambda day: abs((day - base).days)).isoformat()

    def _has_day(self, month: date) -> bool:
        return self.day is not None and self.day <= calendar.monthrange(month.year, month.month)[1]

    def _nearest_year(self, base: date, lean: Lean) -> int:
        assert self.month is not None  # noqa: S101 - the caller asked
        day = self.day or min(base.day, 28)

        def cost(year: int) -> float:
            last = calendar.monthrange(year, self.month or 1)[1]
            distance = (date(year, self.month or 1, min(day, last)) - base).days
            wrong_way = (self.turn == -1 and distance >= 0) or (self.turn == 1 and distance <= 0)
            return abs(distance) * (_WEIGHTS[lean] if distance > 0 else 1) + (10_000 if wrong_way else 0)

        return min((base.year + shift for shift in (-1, 0, 1)), key=cost)


@dataclass(frozen=True, slots=True)
class Before:
    """A date told before another one."""

    partial: Partial
    same_sentence: bool


def shift_months(day: date, months: int) -> date:
    """Return the first day of the month `months` after that of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
