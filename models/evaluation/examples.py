"""Where a reader fails: events that it missed, invented, or told with a wrong field, with the words of the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.evaluation.annotation import Row
from models.evaluation.matching import Event, date_right, match, values
from models.records import digest_of

_SETS = ("targets", "items")


class Fault(StrEnum):
    """What is wrong with an event."""

    MISSED = "missed"
    INVENTED = "invented"
    WRONG_FIELD = "wrong field"


@dataclass(frozen=True, slots=True)
class Failure:
    """One event that was not read as annotated."""

    fault: Fault
    instrument: str
    article: str
    """Id."""
    told: str
    """What was expected, or read, or how the two differ."""
    quote: str
    """The sentence it is told by; empty where none was given."""


def failures(gold: Mapping[str, Row], predicted: Mapping[str, Row]) -> Iterator[Failure]:
    """Yield every failure, article by article."""
    for identity, row in gold.items():
        golds: list[Event] = row["events"]
        found: list[Event] = (predicted.get(identity) or {}).get("events") or []
        pairs = dict(match(golds, found))
        for place, event in enumerate(golds):
            if place not in pairs:
                yield _failure(Fault.MISSED, identity, event, _summary(event))
            elif differences := _differences(event, found[pairs[place]]):
                yield _failure(Fault.WRONG_FIELD, identity, event, differences)
        for place in sorted(set(range(len(found))) - set(pairs.values())):
            yield _failure(Fault.INVENTED, identity, found[place], _summary(found[place]))


def choose(found: Iterable[Failure], most: int) -> dict[str, dict[Fault, list[Failure]]]:
    """Return, by instrument and fault, at most `most` failures, each of another article, in an order that favours no language."""
    chosen: dict[str, dict[Fault, list[Failure]]] = {}
    for failure in sorted(found, key=lambda failure: digest_of(failure.article)):
        kept = chosen.setdefault(failure.instrument, {}).setdefault(failure.fault, [])
        if len(kept) < most and failure.article not in {other.article for other in kept}:
            kept.append(failure)
    return chosen


def _failure(fault: Fault, article: str, event: Event, told: str) -> Failure:
    return Failure(fault, event["instrument"], article, told, next(iter(event.get("evidence") or []), ""))


def _summary(event: Event) -> str:
    parts = [event["status"], " ".join(event.get("issuers") or []) or "nobody"]
    if event.get("targets"):
        parts.append(f"→ {' '.join(event['targets'])}")
    if event.get("items"):
        parts.append(f"({', '.join(event['items'])})")
    return " ".join([*parts, event.get("date") or "undated"])


def _differences(gold: Event, predicted: Event) -> str:
    """What of the fields that make an event fit to publish is not as annotated."""
    wrong = []
    if gold["status"] != predicted.get("status"):
        wrong.append(f"status {predicted.get('status')} for {gold['status']}")
    wrong += [f"{key} {_listed(predicted, key)} for {_listed(gold, key)}" for key in _SETS if values(gold, key) != values(predicted, key)]
    if not date_right(gold.get("date"), predicted.get("date")):
        wrong.append(f"date {predicted.get('date') or 'none'} for {gold.get('date') or 'none'}")
    return "; ".join(wrong)


def _listed(event: Event, key: str) -> str:
    return " ".join(sorted(values(event, key))) or "none"
