"""Whose "commerce ministry" it is: offices that most governments have, settled to the agency of one government.

In order of trust: the country told beside the office, an agency of that office named in full elsewhere in the article, the one country
of the article's language, and the country that the article speaks of nearest before.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from config.gazetteer import load_gazetteer
from config.reading import load_reading
from models.reading.lexicon import Hit
from models.reading.names import Kind, Known
from models.reading.tokens import weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Doc

    from config.gazetteer import Agency
    from models.reading.findings import Place

TELLING = frozenset({Kind.ADJECTIVE, Kind.GOVERNMENT})
"""Names that tell a country by themselves."""


@cache
def agencies() -> dict[str, Agency]:
    """Agencies by id."""
    return {agency.id: agency for agency in load_gazetteer().agency}


@cache
def _holders() -> dict[tuple[str, str], str]:
    """(government, office) to the agency that holds the office there."""
    return {(agency.government, agency.office): agency.id for agency in reversed(load_gazetteer().agency) if agency.office}


def settle_offices(hits: Sequence[Hit[Known]], doc: Doc, language: str) -> list[Hit[Known]]:
    """Return `hits` with every office turned into an agency where the article tells whose it is."""
    named = {agencies()[hit.label.id].office: hit.label for hit in reversed(hits) if hit.label.kind is Kind.AGENCY}
    settled: list[Hit[Known]] = []
    for hit in hits:
        label = hit.label
        if label.kind is Kind.AGENCY:
            named[agencies()[label.id].office] = label
        elif label.kind is Kind.OFFICE and (holder := _holder(hit, hits, named, doc, language)):
            named[hit.label.id] = label = holder
        settled.append(Hit(hit.start, hit.end, label))
    return settled


def _holder(office: Hit[Known], hits: Sequence[Hit[Known]], named: Mapping[str | None, Known], doc: Doc, language: str) -> Known | None:
    """What `office` means; `named` holds the last agency told for each office, or else the first that will be."""
    id_ = office.label.id
    if country := _beside(office, hits, doc):
        return _held(country, id_)
    at_home = _held(load_reading().home.get(language), id_)
    if at_home or id_ in load_reading().offices.beside:
        return at_home
    return named.get(id_) or next(_holders_around(office, hits, doc), None)


def _held(government: str | None, office: str) -> Known | None:
    holder = _holders().get((government or "", office))
    return Known(Kind.AGENCY, holder) if holder else None


def _beside(office: Hit[Known], hits: Sequence[Hit[Known]], doc: Doc) -> str | None:
    """The government told within a few words of the office, the nearest one."""
    window = load_reading().windows.owner
    near = [(distance(doc, other, office), other.label.id) for other in hits if other.label.kind in TELLING]
    return min((place for place in near if place[0] <= window), default=(0.0, None))[1]


def _holders_around(office: Hit[Known], hits: Sequence[Hit[Known]], doc: Doc) -> Iterator[Known]:
    """Agencies that hold the office in the countries told before it, the nearest first, then in those told after it.

    A country that the office's own sentence makes the target ("대중", "China-bound") is not the one that acts there.
    """
    targets = {hit.label.id for hit in hits if hit.label.kind is Kind.TOWARD and distance(doc, hit, office) < float("inf")}
    told = [hit for hit in hits if hit.label.kind in TELLING and hit.label.id not in targets]
    before = [hit for hit in told if hit.start < office.start]
    after = [hit for hit in told if hit.start > office.start]
    for hit in (*reversed(before), *after):
        if holder := _held(hit.label.id, office.label.id):
            yield holder


def distance(doc: Doc, one: Place, other: Place) -> float:
    """Length, in words, of what stands between two places of a document: 0 when they touch or overlap, infinite across sentences."""
    first, second = sorted((one, other), key=lambda place: place.start)
    if any(token.is_sent_start for token in doc[first.end : second.start + 1]):
        return float("inf")
    return sum(weight(token.text) for token in doc[first.end : second.start] if not token.is_space and not token.is_punct)
