"""When an action was taken and when it takes effect, from the dates told beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.reading import load_reading

if TYPE_CHECKING:
    from datetime import date

    from models.reading.dates import Told
    from models.reading.findings import Findings
    from models.reading.instruments import Anchor

_SHARED = 1.0
"""Words by which a date may be nearer to another instrument and still date both."""
_AHEAD = frozenset({"considered", "threatened", "proposed", "announced"})


@dataclass(frozen=True, slots=True)
class Timing:
    """The dates of one action; None where the sentence tells none."""

    date: str | None = None
    effective: str | None = None


def find_timing(findings: Findings, anchor: Anchor, others: list[Anchor], status: str, published: date | None) -> Timing:
    """Return the dates of the action at `anchor`, nearest first; a date beside "until" is neither."""
    own = [told for told in findings.dates if findings.belongs(told, anchor, others, _SHARED)]
    taken: str | None = None
    effective: str | None = None
    for told in findings.within(own, anchor, float("inf")):
        marker = _marker(findings, told)  # type: ignore[arg-type]
        if marker == "end":
            continue
        resolved = told.partial.resolve(published, ahead=marker == "start" and status in _AHEAD)  # type: ignore[attr-defined]
        if resolved is None:
            continue
        if marker == "start" or (published and resolved > published.isoformat()):
            effective = effective or resolved
        else:
            taken = taken or resolved
    if taken is None and effective and published and effective <= published.isoformat():
        taken = effective
    return Timing(taken, effective)


def _marker(findings: Findings, told: Told) -> str | None:
    """Whether "from" or "until" stands beside the date: just before it, or touching it from behind (起, から, 부터)."""
    window = load_reading().windows.date_marker
    beside = [
        (findings.gap(mark, told), idea)
        for idea in ("start", "end")
        for mark in findings.of(idea)
        if (mark.end <= told.start and findings.gap(mark, told) <= window) or (mark.start >= told.end and findings.gap(told, mark) <= 0)
    ]
    return min(beside)[1] if beside else None
