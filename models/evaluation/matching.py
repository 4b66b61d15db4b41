"""Which predicted event is which annotated one: same instrument and issuers that meet, the most alike first, one to one."""

from __future__ import annotations

import unicodedata
from typing import Any

Event = dict[str, Any]

_LEGAL_FORMS = frozenset({"inc", "corp", "corporation", "co", "ltd", "the", "group", "company", "of", "and"})
LEAST_ITEMS = 0.5
"""Least Jaccard similarity of the items of an event that is fit to publish."""


def values(event: Event, key: str) -> set[str]:
    """The codes that `event` lists under `key`."""
    return set(event.get(key) or [])


def names(event: Event, key: str) -> set[str]:
    """The names that `event` lists under `key`, folded so that spelling and legal form do not matter."""
    return {fold(name) for name in event.get(key) or []}


def fold(name: str) -> str:
    """Return `name` casefolded, without marks, punctuation or a company's legal form."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", str(name)).casefold() if letter.isalnum() or letter == " ")
    return " ".join(word for word in plain.split() if word not in _LEGAL_FORMS)


def jaccard(one: set[str], other: set[str]) -> float:
    """Return the share of common members; 1 for two empty sets."""
    return len(one & other) / len(one | other) if one or other else 1.0


def date_right(gold: str | None, predicted: str | None) -> bool:
    """Whether the prediction is equal at the precision annotated, and no coarser."""
    if not gold or not predicted:
        return not gold and not predicted
    return str(predicted)[: len(gold)] == gold


def evidence_overlaps(gold: Event, predicted: Event) -> bool:
    """Whether an annotated sentence stands in the predicted evidence, or a predicted one in it."""
    found = predicted.get("evidence") or []
    joined = " ".join(found)
    return any(told in joined or any(part and part in told for part in found) for told in gold.get("evidence") or [])


def likeness(gold: Event, predicted: Event) -> float | None:
    """Return how alike two events are, 0 to 6, or None where they may not match."""
    if gold["instrument"] != predicted.get("instrument"):
        return None
    issuers, found = values(gold, "issuers"), values(predicted, "issuers")
    if (issuers or found) and not issuers & found:
        return None
    return float(
        jaccard(issuers, found)
        + jaccard(values(gold, "targets"), values(predicted, "targets"))
        + jaccard(values(gold, "items"), values(predicted, "items"))
        + (gold["status"] == predicted.get("status"))
        + date_right(gold.get("date"), predicted.get("date"))
        + evidence_overlaps(gold, predicted)
    )


def match(golds: list[Event], predictions: list[Event]) -> list[tuple[int, int]]:
    """Return pairs of indices (annotated, predicted)."""
    pairs = [
        (alike, left, right)
        for left, gold in enumerate(golds)
        for right, predicted in enumerate(predictions)
        if (alike := likeness(gold, predicted)) is not None
    ]
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, left, right in sorted(pairs, reverse=True):
        if left not in chosen and right not in taken:
            chosen[left] = right
            taken.add(right)
    return list(chosen.items())


def fit_to_publish(gold: Event, predicted: Event) -> bool:
    """Whether status, every target, most items and the date of a matched event are right."""
    return (
        gold["status"] == predicted.get("status")
        and values(gold, "targets") == values(predicted, "targets")
        and jaccard(values(gold, "items"), values(predicted, "items")) >= LEAST_ITEMS
        and date_right(gold.get("date"), predicted.get("date"))
    )
