"""How well a reader reads: counts over articles in, the figures that are published out.

relevance: F1 of "tells at least one event". event: F1 of matched events. timeline: F1 of events fit to publish. status, date,
effective, rate, responds_to: share right among matched events (the last three where either side has a value). targets, items, firms,
bodies: micro F1 over matched events. evidence: share of matched events whose evidence overlaps. entity_recall, government_link:
annotated surface forms found, and governments among those with the right id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from models.evaluation.annotation import Row
from models.evaluation.matching import Event, date_right, evidence_overlaps, fit_to_publish, match, names, values

Counts = Counter[str]
Figures = dict[str, float]

_RATE_TOLERANCE = 0.051
_SETS = {"targets": values, "items": values, "firms": names, "issuer_bodies": names}


def count(gold: Row, predicted: Row | None) -> Counts:
    """Return the counts of one article; an article without prediction counts as one in which nothing was found."""
    golds: list[Event] = gold["events"]
    found: list[Event] = (predicted or {}).get("events") or []
    pairs = match(golds, found)
    counts: Counts = Counter(
        articles=1,
        relevant_tp=int(bool(golds and found)),
        relevant_gold=int(bool(golds)),
        relevant_pred=int(bool(found)),
        gold=len(golds),
        pred=len(found),
        matched=len(pairs),
        main_gold=sum(event.get("salience") != "background" for event in golds),
        main_matched=sum(golds[left].get("salience") != "background" for left, _ in pairs),
    )
    for left, right in pairs:
        counts += _count_pair(golds[left], found[right], dict(pairs))
    if predicted and "entities" in predicted:
        counts += _count_entities(gold, predicted)
    return counts


def _count_pair(gold: Event, predicted: Event, found_of: Mapping[int, int]) -> Counts:
    counts: Counts = Counter(
        publishable=int(fit_to_publish(gold, predicted)),
        status=int(gold["status"] == predicted.get("status")),
        date=int(date_right(gold.get("date"), predicted.get("date"))),
        evidence=int(evidence_overlaps(gold, predicted)),
    )
    if gold.get("effective") is not None or predicted.get("effective") is not None:
        counts += Counter(effective_told=1, effective=int(date_right(gold.get("effective"), predicted.get("effective"))))
    if gold.get("rate_pct") is not None or predicted.get("rate_pct") is not None:
        counts += Counter(rate_told=1, rate=int(_rate_right(gold.get("rate_pct"), predicted.get("rate_pct"))))
    if gold.get("responds_to") is not None or predicted.get("responds_to") is not None:
        answered = gold.get("responds_to")
        right_one = answered is not None and found_of.get(answered, -1) == predicted.get("responds_to")
        counts += Counter(responds_told=1, responds=int(right_one))
    for key, members in _SETS.items():
        one, other = members(gold, key), members(predicted, key)
        counts += Counter({f"{key}_tp": len(one & other), f"{key}_gold": len(one), f"{key}_pred": len(other)})
    return counts


def _rate_right(gold: float | None, predicted: float | None) -> bool:
    return gold is not None and predicted is not None and abs(float(gold) - float(predicted)) < _RATE_TOLERANCE


def _count_entities(gold: Row, predicted: Row) -> Counts:
    found = {entity["text"].casefold(): entity.get("id") for entity in predicted["entities"]}
    counts: Counts = Counter()
    for entity in gold.get("entities") or []:
        text = entity["text"].casefold()
        hit = text if text in found else next((form for form in sorted(found, key=len, reverse=True) if form in text or text in form), None)
        counts += Counter(entities=1, entities_found=int(hit is not None))
        if hit is not None and entity["type"] == "government":
            counts += Counter(governments=1, governments_right=int(found[hit] == entity["id"]))
    return counts


def figures(counts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures that the counts come to; NaN where there is nothing to divide by.

    Counts may be numbers, which gives numbers, or arrays of as many samples, which gives arrays.
    """
    return {
        "articles": counts["articles"],
        "gold_events": counts["gold"],
        "pred_events": counts["pred"],
        "relevance": _f1(counts["relevant_tp"], counts["relevant_pred"], counts["relevant_gold"]),
        "event": _f1(counts["matched"], counts["pred"], counts["gold"]),
        "event_p": _share(counts["matched"], counts["pred"]),
        "event_r": _share(counts["matched"], counts["gold"]),
        "main_r": _share(counts["main_matched"], counts["main_gold"]),
        "timeline": _f1(counts["publishable"], counts["pred"], counts["gold"]),
        "status": _share(counts["status"], counts["matched"]),
        "date": _share(counts["date"], counts["matched"]),
        "evidence": _share(counts["evidence"], counts["matched"]),
        "targets": _set_f1(counts, "targets"),
        "items": _set_f1(counts, "items"),
        "firms": _set_f1(counts, "firms"),
        "bodies": _set_f1(counts, "issuer_bodies"),
        "effective": _share(counts["effective"], counts["effective_told"]),
        "rate": _share(counts["rate"], counts["rate_told"]),
        "responds_to": _share(counts["responds"], counts["responds_told"]),
        "entity_recall": _share(counts["entities_found"], counts["entities"]),
        "government_link": _share(counts["governments_right"], counts["governments"]),
    }


def class_figures(counts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of one class of events, such as a status, from its counts "gold", "pred" and "right"."""
    return {
        "gold_events": counts["gold"],
        "pred_events": counts["pred"],
        "f1": _f1(counts["right"], counts["pred"], counts["gold"]),
        "precision": _share(counts["right"], counts["pred"]),
        "recall": _share(counts["right"], counts["gold"]),
    }


def _set_f1(counts: Mapping[str, Any], key: str) -> Any:
    return _f1(counts[f"{key}_tp"], counts[f"{key}_pred"], counts[f"{key}_gold"])


def _f1(right: Any, predicted: Any, gold: Any) -> Any:
    return _share(2 * right, predicted + gold)


def _share(part: Any, whole: Any) -> Any:
    if isinstance(whole, int):
        return part / whole if whole else float("nan")
    import numpy as np

    return np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=whole != 0)


def evaluate(gold: Mapping[str, Row], predicted: Mapping[str, Row], by: str | None = None) -> dict[str, Figures]:
    """Return the figures over all articles under "all" and, with `by`, for each value of that key of the articles (such as "lang")."""
    groups: dict[str, Counts] = {"all": Counter()}
    for identity, row in gold.items():
        counts = count(row, predicted.get(identity))
        for name in _groups_of(row, by):
            groups[name] = groups.get(name, Counter()) + counts
    return {name: figures(counts) for name, counts in groups.items()}


def _groups_of(row: Row, by: str | None) -> Iterable[str]:
    return ("all", str(row.get(by))) if by else ("all",)
