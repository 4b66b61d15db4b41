"""Counts of one article by class of event: which instruments and statuses are found, and which status is taken for which.

An event of an instrument is right when it is matched (instrument and issuer right), an event of a status when its status is right too.
"""

from __future__ import annotations

from collections import Counter

from models.evaluation.annotation import Row
from models.evaluation.figures import Counts
from models.evaluation.matching import Event, match

Confusion = Counter[tuple[str, str]]
"""Matched events by the status annotated and the status read."""


def count_classes(gold: Row, predicted: Row | None) -> dict[tuple[str, str], Counts]:
    """Return, under ("instrument", id) and ("status", id), how many events are annotated, read, and right."""
    golds: list[Event] = gold["events"]
    found: list[Event] = (predicted or {}).get("events") or []
    counts: dict[tuple[str, str], Counts] = {}
    for key in ("instrument", "status"):
        for which, events in (("gold", golds), ("pred", found)):
            for event in events:
                _add(counts, key, event, which)
        for left, right in match(golds, found):
            if golds[left][key] == found[right].get(key):
                _add(counts, key, golds[left], "right")
    return counts


def _add(counts: dict[tuple[str, str], Counts], key: str, event: Event, which: str) -> None:
    counts.setdefault((key, str(event.get(key))), Counter())[which] += 1


def confuse(gold: Row, predicted: Row | None) -> Confusion:
    """Return the statuses of matched events, as annotated and as read."""
    golds: list[Event] = gold["events"]
    found: list[Event] = (predicted or {}).get("events") or []
    return Counter((golds[left]["status"], str(found[right].get("status"))) for left, right in match(golds, found))
