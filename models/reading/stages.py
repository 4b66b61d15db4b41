"""At which stage a sentence tells that an action stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.reading import load_reading
from config.taxonomy import load_taxonomy

if TYPE_CHECKING:
    from models.reading.findings import Findings
    from models.reading.instruments import Anchor
    from models.reading.lexicon import Hit

_SHARED = 1.0
"""Words by which a stage word may be nearer to another instrument and still govern both."""


def find_stage(findings: Findings, anchor: Anchor, others: list[Anchor]) -> str | None:
    """Return the status told of the action at `anchor`, or None when the sentence tells no action of a government.

    Of the stage words near the anchor the one of lowest rank governs. Denials, demands and the guesses of onlookers are no actions.
    """
    window = load_reading().windows.status
    instrument = load_taxonomy().instruments[anchor.instrument]
    if _near(findings, "deny", anchor, window):
        return None
    told = [(status.rank, status.id, hit) for status in load_taxonomy().status for hit in _near(findings, status.told_by, anchor, window)]
    told = [
        (rank, status, hit) for rank, status, hit in told if findings.belongs(hit, anchor, others, _SHARED) and not _negated(findings, hit)
    ]
    requests = _near(findings, "request", anchor, window)
    if not told:
        return None if requests else instrument.untold or _bare_act(findings)
    _, status, governing = min(told, key=lambda entry: (entry[0], findings.gap(entry[2], anchor)))
    if any(request.end <= governing.start for request in requests):
        return None  # "urged Washington to impose": what follows the demand is only wanted
    if findings.of("opinion") and status in {"considered", "threatened", "announced"}:
        return None
    return instrument.announced_means if status == "announced" else status


def _bare_act(findings: Findings) -> str | None:
    """An act told by the instrument's own verb ("China banned exports on Monday") stands, where a date or a rate says it is one."""
    return "in_force" if findings.dates or findings.of("percent") else None


def _near(findings: Findings, idea: str, anchor: Anchor, window: float) -> list[Hit[str]]:
    return findings.within(findings.of(idea), anchor, window)  # type: ignore[return-value]


def _negated(findings: Findings, hit: Hit[str]) -> bool:
    return any(word.end <= hit.start and findings.gap(word, hit) <= 1 for word in findings.of("not"))
