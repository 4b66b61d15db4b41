"""Who acts and against whom: the issuers, targets, bodies and firms of an action told in a sentence.

A government is the target where a marker says so ("against China", "対中", "karşı"), or where its adjective stands beside goods or
firms; it acts where its name, agency or leader stands free before the words that name the instrument, or touches them ("US tariffs").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.reading import load_reading
from config.taxonomy import load_taxonomy
from models.reading.names import ACTING, Kind
from models.reading.offices import agencies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.reading.findings import Findings
    from models.reading.governments import Reference
    from models.reading.instruments import Anchor
    from models.reading.lexicon import Hit

EVERYONE = "*"
_TOUCHING = 1.0
"""Words between an adjective and the words it belongs to."""
_LONGEST_ARTICLE = 2
"""Letters of articles and possessive endings."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Governments, agencies and firms with their part in one action."""

    issuers: tuple[str, ...]
    targets: tuple[str, ...]
    bodies: tuple[str, ...]
    firms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Background:
    """What the article's other sentences tell of who acts."""

    focus: tuple[str, ...] = ()
    """Governments that acted in the sentence before."""
    home: str | None = None
    """Whose "government" and "ministry" are meant where no country is told."""


def find_roles(findings: Findings, anchor: Anchor, others: list[Anchor], background: Background) -> Roles:
    """Return the roles of the action at `anchor`, of a government that the sentence names or the article's background knows."""
    focus = background.focus or ((background.home,) if background.home and findings.of("official") else ())
    if load_taxonomy().instruments[anchor.instrument].parties:
        return _parties(findings, anchor, focus)
    marked = [reference for reference in findings.references if _is_marked(findings, reference)]
    acting = [reference for reference in findings.references if reference not in marked and _may_act(findings, reference)]
    issuers = _issuers(findings, anchor, acting) or focus
    firms = _firms(findings, anchor, others)
    targets = [reference.government for reference in marked if findings.belongs(reference, anchor, others)]
    targets += [firm.government for firm in firms]
    if not targets:
        targets = [reference.government for reference in _behind(findings, anchor, others, acting)]
    if not targets and findings.within(findings.of("everyone"), anchor, load_reading().windows.status):
        targets = [EVERYONE]
    return Roles(
        issuers,
        _distinct(target for target in targets if target not in issuers),
        _body(findings, anchor, issuers),
        _distinct(firm.id for firm in firms),
    )


def _parties(findings: Findings, anchor: Anchor, focus: tuple[str, ...]) -> Roles:
    told = [reference for reference in findings.references if reference.kind is not Kind.COMPANY]
    issuers = _distinct(reference.government for reference in told)
    if len(issuers) < 2:
        issuers = _distinct((*issuers, *focus))
    return Roles(issuers, (), _body(findings, anchor, issuers[:1]), ())


def _is_marked(findings: Findings, reference: Reference) -> bool:
    """Whether the words around make the reference a target."""
    if reference.kind is Kind.TOWARD:
        return True
    if reference.kind not in {Kind.GOVERNMENT, Kind.ADJECTIVE}:
        return False  # no duty is laid on an agency or a person
    windows = load_reading().windows
    before = [
        mark for mark in findings.of("against_before") if mark.end <= reference.start and findings.gap(mark, reference) <= windows.marker
    ]
    if any(not _stands_between(findings, mark, reference) for mark in before):
        return True
    if any(mark.start >= reference.end and findings.gap(reference, mark) <= 0 for mark in findings.of("against_after")):
        return True
    if any(_adjoins(findings, reference, word) for word in findings.of("access")):
        return True  # "limiting China's access": who is to have access acts not
    if reference.kind is Kind.ADJECTIVE and not _is_official(findings, reference):
        goods = [*findings.of("firm"), *findings.items]
        return any(findings.gap(reference, thing) <= _TOUCHING for thing in goods)
    return False


def _adjoins(findings: Findings, reference: Reference, word: Hit[str]) -> bool:
    """Whether only firms, articles and the like stand between the reference and `word`: "China's access", "Chinese firms' access"."""
    if reference.end > word.start:
        return False
    firms = {place for firm in findings.of("firm") for place in range(firm.start, firm.end)}
    between = [token for token in findings.doc[reference.end : word.start] if token.i not in firms]
    return all(token.is_punct or token.is_space or len(token.text) <= _LONGEST_ARTICLE for token in between)


def _stands_between(findings: Findings, mark: object, reference: Reference) -> bool:
    """Whether another reference stands between a marker and this one, so that the marker belongs to that."""
    end = mark.end  # type: ignore[attr-defined]
    return any(end <= other.start and other.end <= reference.start and other is not reference for other in findings.references)


def _is_official(findings: Findings, reference: Reference) -> bool:
    return bool(findings.within(findings.of("official"), reference, _TOUCHING))


def _may_act(findings: Findings, reference: Reference) -> bool:
    return reference.kind in ACTING or (reference.kind is Kind.ADJECTIVE and _is_official(findings, reference))


def _issuers(findings: Findings, anchor: Anchor, acting: list[Reference]) -> tuple[str, ...]:
    """The government whose adjective touches the instrument, else the nearest that acts before it, else the one after "by", else any."""
    touching = [
        reference for reference in findings.references if not _is_marked(findings, reference) and _touches(findings, reference, anchor)
    ]
    if touching:
        return (touching[0].government,)
    before = [reference for reference in acting if reference.end <= anchor.start]
    agents = findings.of("agent")
    by = [reference for reference in acting if any(0 <= reference.start - mark.end <= load_reading().windows.marker for mark in agents)]
    for choice in (before, by, acting):
        if choice:
            nearest = findings.within(choice, anchor, float("inf"))[0]
            return _with_partners(findings, nearest, choice)  # type: ignore[arg-type]
    return ()


def _touches(findings: Findings, reference: Reference, anchor: Anchor) -> bool:
    """Whether the instrument is told as the government's own: "US tariffs", "droits de douane américains"."""
    concepts = load_taxonomy().concepts
    for word in anchor.hits:
        before = reference.end <= word.start and reference.kind in {Kind.ADJECTIVE, Kind.GOVERNMENT}
        after = reference.start >= word.end and reference.kind is Kind.ADJECTIVE
        if (before or after) and concepts[word.label].owned and findings.gap(reference, word) <= 0:
            return True
    return False


def _with_partners(findings: Findings, nearest: Reference, acting: list[Reference]) -> tuple[str, ...]:
    """A joint act: governments that stand side by side with nothing but "and" or a comma between."""
    partners = [other for other in acting if other.kind is nearest.kind is Kind.GOVERNMENT and findings.gap(other, nearest) <= _TOUCHING]
    return _distinct(reference.government for reference in sorted({nearest, *partners}, key=lambda reference: reference.start))


def _behind(findings: Findings, anchor: Anchor, others: list[Anchor], acting: list[Reference]) -> list[Reference]:
    """Governments named after the instrument and nearer to it than to any other, which nothing marks: "exports of gallium to Japan"."""
    window = load_reading().windows.anchor
    return [
        reference
        for reference in acting
        if reference.kind is Kind.GOVERNMENT
        and reference.start >= anchor.end
        and findings.gap(anchor, reference) <= window
        and findings.belongs(reference, anchor, others)
    ]


def _firms(findings: Findings, anchor: Anchor, others: list[Anchor]) -> list[Reference]:
    return [
        reference for reference in findings.references if reference.kind is Kind.COMPANY and findings.belongs(reference, anchor, others)
    ]


def _body(findings: Findings, anchor: Anchor, issuers: tuple[str, ...]) -> tuple[str, ...]:
    """The agency of an issuer nearest before the instrument; of an agency and its parent the more specific one."""
    own = [reference for reference in findings.references if reference.kind is Kind.AGENCY and reference.government in issuers]
    before = [reference for reference in own if reference.start < anchor.end] or own
    parents = {agencies()[reference.id].parent for reference in before}
    specific = [reference for reference in before if reference.id not in parents]
    nearest = findings.within(specific, anchor, float("inf"))
    return (nearest[0].id,) if nearest else ()  # type: ignore[attr-defined]


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
