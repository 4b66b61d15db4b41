"""Choosing what a digest tells, from the published timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from flows.digest.ranking import GROUPS, group_of, rank_of
from flows.digest.records import Digest, Line, Section, Window
from flows.digest.wording import line_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]

DAYS_AHEAD = 30


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a digest could tell, most important first; `compose` cuts it to the room there is."""

    window: Window
    changes: tuple[tuple[str, Line], ...]
    """Heading and line of events that are new, changed or gone: as many as a digest may hold."""
    totals: Counter[str]
    """How many there are under each heading."""
    upcoming: tuple[Line, ...]
    """What takes effect soon: as much as a digest may hold."""
    upcoming_total: int


def window_of_day(day: date, now: datetime) -> Window:
    """The UTC day `day`, as far as it has passed."""
    since = datetime.combine(day, time(), UTC)
    return Window(since, min(since + timedelta(days=1), now), day.isoformat())


def window_since(last_end: datetime | None, now: datetime) -> Window:
    """What became known since the last digest ended, or in the last 24 hours when there was none; named by the day of `now` (UTC)."""
    since = last_end if last_end and last_end < now else now - timedelta(days=1)
    return Window(since, now, now.date().isoformat())


def find(con: DuckDBPyConnection, window: Window, most: int) -> Findings:
    """Ask the published timeline what a reader who knew it at `window.since` must be told at `window.until`.

    Everything is counted; `most` lines of changes and as many of what lies ahead are worked out.
    """
    from warehouse.queries import query

    rows = query(con, "digest", since=window.since, until=window.until)
    ahead = query(con, "coming_into_effect", at=window.until, days=DAYS_AHEAD)
    shown, soon = sorted(rows, key=lambda row: rank_of(row, window.until.date()))[:most], ahead[:most]
    gone = [row["event_id"] for row in shown if "withdrawn" in row["changes"]]
    words = _evidence(con, gone, window.since) | _evidence(con, {row["event_id"] for row in (*shown, *soon)} - set(gone), window.until)
    return Findings(
        window,
        tuple((group_of(row["changes"]), line_of(row, words.get(row["event_id"]))) for row in shown),
        Counter(group_of(row["changes"]) for row in rows),
        tuple(line_of(row, words.get(row["event_id"])) for row in soon),
        len(ahead),
    )


def _evidence(con: DuckDBPyConnection, event_ids: Iterable[str], at: datetime) -> dict[str, Row]:
    from warehouse.queries import query

    return {row["event_id"]: row for row in query(con, "best_evidence", event_ids=sorted(event_ids), at=at)}


def compose(findings: Findings, room: int) -> Digest:
    """Return a digest of at most `room` lines; each section says how many it had to leave out.

    What lies ahead may take a quarter of the room, more when the changes leave some.
    """
    ahead = min(len(findings.upcoming), max(room // 4, room - len(findings.changes)))
    shown = findings.changes[: room - ahead]
    sections = tuple(
        _section(heading, [line for kind, line in shown if kind == heading], findings.totals[heading])
        for heading in dict.fromkeys(GROUPS.values())
        if findings.totals[heading]
    )
    return Digest(
        window=findings.window,
        headline=f"Trade measures, {_covered(findings.window)}",
        summary=_summary(findings.totals, findings.upcoming_total),
        sections=sections,
        upcoming=_section(f"Takes effect within {DAYS_AHEAD} days", findings.upcoming[:ahead], findings.upcoming_total),
    )


def _section(title: str, lines: Sequence[Line], total: int) -> Section:
    return Section(title, tuple(lines), total - len(lines))


def _covered(window: Window) -> str:
    if window.until - window.since == timedelta(days=1) and window.since.time() == time():
        return f"{window.day} (UTC)"
    return f"{window.since:%Y-%m-%d %H:%M} to {window.until:%Y-%m-%d %H:%M} UTC"


def _summary(totals: Counter[str], ahead: int) -> str:
    told = [f"{totals[heading]} {heading.lower()}" for heading in dict.fromkeys(GROUPS.values()) if totals[heading]]
    news = "Changes: " + ", ".join(told) if told else "Nothing new became known in this time"
    coming = f"{ahead} due to take effect within {DAYS_AHEAD} days" if ahead else f"nothing known to take effect within {DAYS_AHEAD} days"
    return f"{news}; {coming}."
