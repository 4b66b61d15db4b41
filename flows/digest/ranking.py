"""What comes first in a digest, and under which heading an event stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from config.taxonomy import load_taxonomy

Row = dict[str, Any]

GROUPS = {
    "new": "New",
    "stage changed": "Stage changed",
    "date changed": "Date or rate changed",
    "rate changed": "Date or rate changed",
    "corroborated": "Corroborated",
    "withdrawn": "Withdrawn",
}
"""Heading of each change, in the order of the digest; an event with several changes stands under the first."""
RECENT = timedelta(days=45)
"""An action dated longer ago than this was most likely recalled, not reported."""
DECIDED = 4
"""Rank in the taxonomy from which on a stage is a decision; below it are threats, considerations and proposals."""
DOUBTFUL = 0.5
"""Below this confidence an event is more likely told wrongly than rightly."""


def group_of(changes: Sequence[str]) -> str:
    """Return the heading for an event with `changes`."""
    return next(heading for change, heading in GROUPS.items() if change in changes)


def rank_of(row: Row, today: date) -> tuple[Any, ...]:
    """Return a key that sorts what matters most to the front.

    News before mere corroboration, likely before doubtful, recent or coming actions before recalled ones; then what is surer, by tenths of
    confidence, what is decided before what is talked of, and what more voices tell.
    """
    status = load_taxonomy().statuses.get(row["status"])
    return (
        list(row["changes"]) == ["corroborated"],
        row["confidence"] < DOUBTFUL,
        _is_recalled(row, today),
        -round(row["confidence"], 1),
        status is None or status.rank < DECIDED,
        -row["owner_count"],
        -row["confidence"],
        row["event_id"],
    )


def _is_recalled(row: Row, today: date) -> bool:
    """Whether the action lies back; an article dates its own news, so what has no date is most likely recalled too."""
    days = [day for day in (row["event_date"], row["effective_date"]) if day is not None]
    return not days or max(days) < today - RECENT
