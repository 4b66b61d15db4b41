"""Who speaks for which government: every reference to a state in a document, and the entities of the article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from config.gazetteer import load_gazetteer
from config.reading import load_reading
from models.reading.lexicon import Hit, longest_first
from models.reading.names import Kind, Known, names_lexicon
from models.reading.tokens import weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from config.gazetteer import Agency, Company, Person, Term


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a document that stands for a government: by name, adjective, agency, leader or firm."""

    start: int
    end: int
    government: str
    kind: Kind
    id: str
    """Id of the entity that stands there; the government's own code for its names."""


@cache
def agencies() -> dict[str, Agency]:
    """Agencies by id."""
    return {agency.id: agency for agency in load_gazetteer().agency}


@cache
def companies() -> dict[str, Company]:
    """Companies by id."""
    return {company.id: company for company in load_gazetteer().company}


@cache
def people() -> dict[str, Person]:
    """People by id."""
    return {person.id: person for person in load_gazetteer().person}


@cache
def _holders() -> dict[tuple[str, str], str]:
    """(government, office) to the agency that holds the office there."""
    return {(agency.government, agency.office): agency.id for agency in reversed(load_gazetteer().agency) if agency.office}


def find_names(doc: Doc, language: str) -> list[Hit[Known]]:
    """Return all gazetteer names in `doc`, the longest at each place, with offices settled to agencies where their country is told."""
    hits = longest_first(names_lexicon(language).find(doc))
    return [_settle(hit, hits, doc, language) for hit in hits]


def _settle(hit: Hit[Known], hits: Sequence[Hit[Known]], doc: Doc, language: str) -> Hit[Known]:
    """Turn an office into the agency of the country told beside it, or of the country whose language it is."""
    if hit.label.kind is not Kind.OFFICE:
        return hit
    reading = load_reading()
    beside = [
        (distance(doc, other, hit), other.label.id)
        for other in hits
        if other.label.kind in {Kind.ADJECTIVE, Kind.GOVERNMENT} and distance(doc, other, hit) <= reading.windows.owner
    ]
    government = min(beside)[1] if beside else reading.home.get(language)
    holder = _holders().get((government or "", hit.label.id))
    return Hit(hit.start, hit.end, Known(Kind.AGENCY, holder)) if holder else hit


def distance(doc: Doc, one: Hit[Known] | Reference, other: Hit[Known] | Reference) -> float:
    """Length, in words, of what stands between two places of a document: 0 when they touch or overlap, infinite across sentences."""
    first, second = sorted((one, other), key=lambda place: place.start)
    if any(token.is_sent_start for token in doc[first.end : second.start + 1]):
        return float("inf")
    return sum(weight(token.text) for token in doc[first.end : second.start] if not token.is_space and not token.is_punct)


def references(hits: Sequence[Hit[Known]], published: date | None) -> list[Reference]:
    """Return the hits that stand for a government on the day of publication, people by the office they held then."""
    found = []
    for hit in hits:
        government = _government_of(hit.label, published)
        if government:
            found.append(Reference(hit.start, hit.end, government, hit.label.kind, hit.label.id))
    return found


def _government_of(known: Known, published: date | None) -> str | None:
    match known.kind:
        case Kind.GOVERNMENT | Kind.ADJECTIVE | Kind.TOWARD:
            return known.id
        case Kind.AGENCY:
            return agencies()[known.id].government
        case Kind.COMPANY:
            return companies()[known.id].country
        case Kind.PERSON:
            term = office_on(people()[known.id], published)
            return term.government if term else None
        case _:
            return None


def office_on(person: Person, day: date | None) -> Term | None:
    """Return the office that `person` held on `day`; without a day, or for one out of office, the last one held before it."""
    begun = [term for term in person.office if day is None or term.start <= day]
    return max(begun, key=lambda term: (day is not None and (term.end is None or day <= term.end), term.start), default=None)
