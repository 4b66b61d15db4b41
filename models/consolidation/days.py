"""Dates of the precision told: how far apart two of them lie."""

from __future__ import annotations

from datetime import date

_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_LENGTHS = {name: length for length, name in _PRECISIONS.items()}


def first_day(told: str | None) -> date | None:
    """Return the first day of the day, month or year told."""
    return date.fromisoformat((told + "-01-01")[: len("2023-01-01")]) if told else None


def precision(told: str | None) -> str | None:
    """Return day, month or year; None where nothing is told."""
    return _PRECISIONS[len(told)] if told else None


def written(day: date, precise_to: str | None) -> str:
    """Return a day as it was told: the reverse of `first_day`, so that a month stays a month."""
    return day.isoformat()[: _LENGTHS.get(precise_to or "day")]


def apart(one: str, other: str) -> int:
    """Return the days between two told dates; 0 when one lies inside the other ("2023-07-03" in "2023-07")."""
    if one.startswith(other) or other.startswith(one):
        return 0
    length = min(len(one), len(other))
    first, second = first_day(one[:length]), first_day(other[:length])
    assert first is not None  # noqa: S101 - both are told
    assert second is not None  # noqa: S101
    return abs((first - second).days)
