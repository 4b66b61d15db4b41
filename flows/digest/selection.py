"""Choosing what a digest tells, from the published timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
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
    changes: tuple[tuple[str, Line], ...] = ()
    """Heading and line of each event that is new, changed or gone."""
    upcoming: tuple[Line, ...] = field(default=())


def window_of_day(day: date, now: datetime) -> Window:
    """The UTC day `day`, as far as it has passed."""
    since = datetime.combine(day, time(), UTC)
    return Window(since, min(since + timedelta(days=1), now), day.isoformat())


def window_since(last_end: datetime | None, now: datetime) -> Window:
    """What became known since the last digest ended, or in the last 24 hours when there was none; named by the day of `now` (UTC)."""
    since = last_end if last_end and last_end < now else now - timedelta(days=1)
    return Window(since, now, now.date().isoformat())


def find(con: DuckDBPyConnection, window: Window) -> Findings:
    """Ask the published timeline for everything that a reader who knew it at `window.since` must be told at `window.until`."""
    from warehouse.queries import query

    rows = query(con, "digest", since=window.since, until=window.until)
    rows.sort(key=lambda row: rank_of(row, window.until.date()))
    gone = [row["event_id"] for row in rows if "withdrawn" in row["changes"]]
    held = [row["event_id"] for row in rows if "withdrawn" not in row["changes"]]
    ahead = query(con, "coming_into_effect", at=window.until, days=DAYS_AHEAD)
    words = _evidence(con, gone, window.since) | _evidence(con, held + [row["event_id"] for row in ahead], window.until)
    return Findings(
        window,
        tuple((group_of(row["changes"]), line_of(row, words.get(row["event_id"]))) for row in rows),
        tuple(line_of(row, words.get(row["event_id"])) for row in ahead),
    )


def _evidence(con: DuckDBPyConnection, event_ids: Sequence[str], at: datetime) -> dict[str, Row]:
    from warehouse.queries import query

    return {row["event_id"]: row for row in query(con, "best_evidence", event_ids=list(event_ids), at=at)}


def compose(findings: Findings, room: int) -> Digest:
    """Return a digest of at most `room` lines; each section says how many it had to leave out.

    What lies ahead may take a quarter of the room, more when the changes leave some.
    """
    ahead = min(len(findings.upcoming), max(room // 4, room - len(findings.changes)))
    shown = findings.changes[: room - ahead]
    totals = Counter(heading for heading, _ in findings.changes)
    sections = tuple(
        _section(heading, [line for kind, line in shown if kind == heading], totals[heading])
        for heading in dict.fromkeys(GROUPS.values())
        if totals[heading]
    )
    return Digest(
        window=findings.window,
        headline=f"Trade measures, {_covered(findings.window)}",
        summary=_summary(totals, len(findings.upcoming)),
        sections=sections,
        upcoming=_section(f"Takes effect within {DAYS_AHEAD} days", findings.upcoming[:ahead], len(findings.upcoming)),
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
