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
DOUBTFUL = 0.5
"""Below this confidence an event is more likely told wrongly than rightly."""


def group_of(changes: Sequence[str]) -> str:
    """Return the heading for an event with `changes`."""
    return next(heading for change, heading in GROUPS.items() if change in changes)


def rank_of(row: Row, today: date) -> tuple[Any, ...]:
    """Return a key that sorts what matters most to the front.

    News before mere corroboration, recent actions before recalled ones, likely before doubtful; then what is decided before what is
    talked of, as the taxonomy ranks the stages; then confidence and the number of independent voices.
    """
    status = load_taxonomy().statuses.get(row["status"])
    is_recalled = row["event_date"] is not None and row["event_date"] < today - RECENT
    return (
        list(row["changes"]) == ["corroborated"],
        is_recalled,
        row["confidence"] < DOUBTFUL,
        -(status.rank if status else 0),
        -row["confidence"],
        -row["owner_count"],
        row["event_id"],
    )
