"""A part of a date, and the day, month or year that it means for an article published on a given day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

_FUTURE_WEIGHT = 1.5
"""A bare month or day lies rather behind than ahead: the distance ahead is counted half as much again."""


@dataclass(frozen=True, slots=True)
class Partial:
    """What an expression tells of a date; None for what it leaves open.

    `days`, `weeks`, `months`, `years` are offsets from publication; `previous` and `coming` turn a weekday or month back or ahead.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    days: int | None = None
    weeks: int | None = None
    months: int | None = None
    years: int | None = None
    turn: int | None = None
    """-1 for "last", 1 for "next"."""

    def joins(self, other: Partial) -> bool:
        """Whether the two tell different parts of one date ("last year" and "October", "last month" and "the 29th")."""
        mine, theirs = self._told(), other._told()
        if mine & theirs:
            return False
        return frozenset(mine | theirs) in _JOINT

    def _told(self) -> set[str]:
        return {item.name for item in fields(self) if getattr(self, item.name) is not None}

    def joined(self, other: Partial) -> Partial:
        """Both parts as one."""
        return replace(self, **{name: getattr(other, name) for name in other._told()})

    def resolve(self, published: date | None, *, ahead: bool = False) -> str | None:
        """Return the ISO date at the precision told, or None where nothing is sure; without `published` only a told year is.

        `ahead` tells that the words around speak of the future, so that a bare weekday or day lies ahead.
        """
        if published is None and self.year is None:
            return None
        try:
            return self._resolve(published or date(self.year or 1, 1, 1), ahead)
        except (ValueError, OverflowError):
            return None

    def _resolve(self, published: date, ahead: bool) -> str | None:
        if self.days is not None:
            return (published + timedelta(days=self.days)).isoformat()
        if self.weekday is not None:
            return self._weekday(published, ahead).isoformat()
        if self.weeks is not None:
            return (published + timedelta(weeks=self.weeks)).isoformat()[:7]
        if self.months is not None and self.month is None:
            month = shift_months(published, self.months)
            return date(month.year, month.month, self.day).isoformat() if self.day else month.isoformat()[:7]
        year = self.year if self.year is not None else published.year + self.years if self.years is not None else None
        if self.month is None:
            if self.day is not None and year is None:
                return self._day_of_month(published, ahead)
            return f"{year:04d}" if year is not None else None
        if year is None:
            year = self._nearest_year(published, ahead)
        return (
            date(year, self.month, self.day).isoformat()
            if self.day
            else f"{year:04d}-{self.month:02d}"
            if date(year, self.month, 1)
            else None
        )

    def _weekday(self, published: date, ahead: bool) -> date:
        assert self.weekday is not None  # noqa: S101 - the caller asked
        if self.weeks is not None:
            monday = published + timedelta(weeks=self.weeks) - timedelta(days=published.weekday())
            return monday + timedelta(days=self.weekday)
        back = (published.weekday() - self.weekday) % 7
        forward = (self.weekday - published.weekday()) % 7
        if self.turn == 1 or (ahead and self.turn is None):
            return published + timedelta(days=forward or 7 if self.turn == 1 else forward)
        return published - timedelta(days=(back or 7) if self.turn == -1 else back)

    def _day_of_month(self, published: date, ahead: bool) -> str:
        assert self.day is not None  # noqa: S101 - the caller asked
        month = published
        if ahead and self.day < published.day:
            month = shift_months(published, 1)
        elif not ahead and self.day > published.day:
            month = shift_months(published, -1)
        return date(month.year, month.month, self.day).isoformat()

    def _nearest_year(self, published: date, ahead: bool) -> int:
        assert self.month is not None  # noqa: S101 - the caller asked
        day = self.day or min(published.day, 28)

        def cost(year: int) -> float:
            last = calendar.monthrange(year, self.month or 1)[1]
            distance = (date(year, self.month or 1, min(day, last)) - published).days
            wrong_way = (self.turn == -1 and distance >= 0) or (self.turn == 1 and distance <= 0)
            return abs(distance) * (_FUTURE_WEIGHT if distance > 0 and not ahead else 1) + (10_000 if wrong_way else 0)

        return min((published.year + shift for shift in (-1, 0, 1)), key=cost)


_JOINT = {
    frozenset(parts)
    for parts in (
        {"years", "month"}, {"years", "month", "day"}, {"months", "day"}, {"weeks", "weekday"}, {"turn", "weekday"}, {"turn", "month"},
        {"turn", "month", "day"}, {"year", "month"}, {"year", "month", "day"}, {"month", "day"}, {"turn", "day"},
    )
}  # fmt: skip


def shift_months(day: date, months: int) -> date:
    """Return the first day of the month `months` after that of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
