"""Feeds' health and waiting entries, and how they stand in the rows of the state file."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from flows.sources.feeds import Entry


@dataclass(frozen=True, slots=True)
class Health:
    """How a feed has been doing."""

    failures: int = 0
    """In a row; 0 after a success."""
    last_success_at: datetime | None = None
    next_poll_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry that waits for another try."""

    entry: Entry
    attempts: int
    reason: str
    """Why the last try failed."""


def pending_of(row: sqlite3.Row) -> Pending:
    """Read a row of the table of waiting entries."""
    entry = Entry(
        url=row["url"],
        title=row["title"],
        summary=row["summary"],
        published_at=time_of(row["published_at"]),
        updated_at=time_of(row["updated_at"]),
        feed_id=row["feed_id"],
    )
    return Pending(entry, row["attempts"], row["reason"])


def text_of(moment: datetime | None) -> str | None:
    """Write a UTC time so that it sorts as text."""
    return moment.isoformat(timespec="seconds") if moment else None


def time_of(text: str | None) -> datetime | None:
    """Read what `text_of` wrote."""
    return datetime.fromisoformat(text) if text else None
