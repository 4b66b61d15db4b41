"""Which policy instruments a sentence speaks of: ideas that stand together, by the rules of the taxonomy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.reading import load_reading
from config.taxonomy import load_taxonomy
from models.reading.lexicon import Hit
from models.reading.names import ACTING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.taxonomy import Rule
    from models.reading.findings import Findings


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words (tokens `start` to `end`) of a sentence that name an instrument."""

    start: int
    end: int
    instrument: str
    hits: tuple[Hit[str], ...]


def find_anchors(findings: Findings) -> list[Anchor]:
    """Return the instruments named in the sentence, in order; the same instrument named twice close together is one."""
    if any(
        findings.within(findings.of("metaphor"), hit, load_reading().windows.owner) for hit in findings.ideas if hit.label != "metaphor"
    ):
        return []
    kept: list[Anchor] = []
    used: set[int] = set()
    for rule in load_taxonomy().rule:
        for anchor in _by_rule(rule, findings):
            places = {place for hit in anchor.hits for place in range(hit.start, hit.end)}
            if used.isdisjoint(places):
                used |= places
                kept.append(anchor)
    return _joined(sorted(kept, key=lambda anchor: anchor.start), findings)


def _by_rule(rule: Rule, findings: Findings) -> Iterator[Anchor]:
    window = load_reading().windows.anchor
    for pivot in findings.of(rule.all[0]):
        hits: list[Hit[str]] = [pivot]
        for idea in rule.all[1:]:
            near = _nearest(findings, (idea,), pivot, window)
            if near is None:
                break
            hits.append(near)
        else:
            if rule.any:
                near = _nearest(findings, rule.any, pivot, window)
                if near is None:
                    continue
                hits.append(near)
            if _nearest(findings, rule.none, pivot, window) is None and _is_about(rule, findings):
                yield Anchor(min(hit.start for hit in hits), max(hit.end for hit in hits), rule.instrument, tuple(hits))


def _is_about(rule: Rule, findings: Findings) -> bool:
    items = load_taxonomy().items
    return not rule.about or any(items[hit.label].group in rule.about for hit in findings.items)


def _nearest(findings: Findings, ideas: tuple[str, ...], pivot: Hit[str], window: float) -> Hit[str] | None:
    near = findings.within((hit for hit in findings.ideas if hit.label in ideas and hit is not pivot), pivot, window)
    return near[0] if near else None  # type: ignore[return-value]


def _joined(anchors: list[Anchor], findings: Findings) -> list[Anchor]:
    joined: list[Anchor] = []
    window = load_reading().windows.anchor
    for anchor in anchors:
        for place, earlier in enumerate(joined):
            near = findings.gap(earlier, anchor) <= window
            if earlier.instrument == anchor.instrument and near and not _another_act_begins(findings, earlier, anchor):
                joined[place] = Anchor(earlier.start, max(earlier.end, anchor.end), anchor.instrument, (*earlier.hits, *anchor.hits))
                break
        else:
            joined.append(anchor)
    return joined


def _another_act_begins(findings: Findings, earlier: Anchor, anchor: Anchor) -> bool:
    """Whether between two mentions of one instrument a government is named and acts: "..., after the US had imposed a tariff"."""
    stages = {status.told_by for status in load_taxonomy().status}
    between = range(earlier.end, anchor.start)
    acts = any(hit.start in between for hit in findings.ideas if hit.label in stages)
    return acts and any(reference.start in between for reference in findings.references if reference.kind in ACTING)
