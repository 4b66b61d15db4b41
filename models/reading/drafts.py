"""One sentence's findings in, the actions it tells out, each as a draft of a mention."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from config.reading import load_reading
from config.taxonomy import load_taxonomy
from models.reading.instruments import Anchor, find_anchors
from models.reading.names import Kind
from models.reading.rates import find_rate
from models.reading.roles import Background, find_roles
from models.reading.stages import find_stage
from models.reading.timing import find_timing
from models.records import Evidence, Mention, Salience, Span

if TYPE_CHECKING:
    from models.reading.findings import Findings
    from models.reading.lexicon import Hit


TITLE = 0
UNTOLD = ""
"""Status of a title that names an act but no stage ("China to curb exports"): it lends itself to what the text tells, no more."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention as one sentence tells it, before the article's other sentences have been heard."""

    mention: Mention
    sentence: int
    """0 for the title."""
    answers: bool
    """Whether the sentence says that the action answers another."""


def read_sentence(findings: Findings, published: date | None, background: Background) -> list[Draft]:
    """Return the actions that one sentence tells, those without an issuer left out."""
    anchors = find_anchors(findings)
    drafts = []
    for anchor in anchors:
        status = find_stage(findings, anchor, anchors)
        if status is None and findings.index == TITLE:
            status = UNTOLD
        if status is not None:
            drafts.append(_draft(findings, anchor, anchors, status, published, background))
    return [draft for draft in drafts if draft.mention.issuers]


def extend(draft: Draft, findings: Findings) -> Draft:
    """Add to `draft` what a sentence that points back to it names: firms, and the agency at work."""
    mention = draft.mention
    firms = (*mention.firms, *(reference.id for reference in findings.references if reference.kind is Kind.COMPANY))
    bodies = [
        reference.id for reference in findings.references if reference.kind is Kind.AGENCY and reference.government in mention.issuers
    ]
    more = replace(mention, firms=tuple(dict.fromkeys(firms)), issuer_bodies=mention.issuer_bodies or tuple(bodies[:1]))
    return replace(draft, mention=more)


def _draft(findings: Findings, anchor: Anchor, anchors: list[Anchor], status: str, published: date | None, background: Background) -> Draft:
    roles = find_roles(findings, anchor, anchors, background)
    timing = find_timing(findings, anchor, anchors, status, published)
    if status == "in_force" and timing.effective and published and timing.effective > published.isoformat():
        status = "announced"
    rate = find_rate(findings, anchor, anchors) if load_taxonomy().instruments[anchor.instrument].has_rate else None
    mention = Mention(
        instrument=anchor.instrument,
        status=status,
        salience=_salience(findings, timing.date, published),
        issuers=roles.issuers,
        targets=roles.targets,
        issuer_bodies=roles.bodies,
        firms=roles.firms,
        items=_items(findings, anchor, anchors),
        date=timing.date,
        effective=timing.effective,
        rate_pct=rate,
        legal_documents=tuple(dict.fromkeys(number.label for number in findings.legal)),
        evidence=(Evidence("event", _span(findings)),),
    )
    return Draft(mention, findings.index, bool(findings.of("retaliate")))


def _items(findings: Findings, anchor: Anchor, anchors: list[Anchor]) -> tuple[str, ...]:
    """The items nearer to `anchor` than to any other, without those that the others are only used for."""
    own = [item for item in findings.items if findings.belongs(item, anchor, anchors)]
    kept = [item for item in own if not _is_purpose(findings, item)]
    return tuple(dict.fromkeys(item.label for item in kept or own))


def _is_purpose(findings: Findings, item: Hit[str]) -> bool:
    """Whether the item is what others are used for: "gallium, used in chips"."""
    reading = load_reading()
    if findings.doc._.language in reading.purpose.follows:
        return any(item.end <= word.start and findings.gap(item, word) <= 0 for word in findings.of("purpose"))
    return any(word.end <= item.start and findings.gap(word, item) <= reading.windows.purpose for word in findings.of("purpose"))


def _salience(findings: Findings, taken: str | None, published: date | None) -> Salience:
    """Background where the date lies well back, or where a word of recall comes without a fresh date."""
    if taken and published:
        oldest = (published - timedelta(days=load_reading().salience.background_days)).isoformat()
        return Salience.BACKGROUND if taken < oldest[: len(taken)] else Salience.MAIN
    return Salience.BACKGROUND if findings.index and findings.of("recall") else Salience.MAIN


def _span(findings: Findings) -> Span:
    start, end = findings.characters
    return Span(start, end, findings.doc.text[start:end])
