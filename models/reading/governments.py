"""Who speaks for which government: every reference to a state in a document, and the entities of the article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from config.gazetteer import load_gazetteer
from models.reading.lexicon import Hit, longest_first
from models.reading.names import Kind, Known, names_lexicon
from models.reading.offices import agencies, settle_offices
from models.reading.seats import place_seats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from config.gazetteer import Company, Person, Term


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
def capitals() -> dict[str, str]:
    """Capitals by id, each with its government."""
    return {capital.id: capital.government for capital in load_gazetteer().capital}


@cache
def companies() -> dict[str, Company]:
    """Companies by id."""
    return {company.id: company for company in load_gazetteer().company}


@cache
def people() -> dict[str, Person]:
    """People by id."""
    return {person.id: person for person in load_gazetteer().person}


def find_names(doc: Doc, language: str) -> list[Hit[Known]]:
    """Return all gazetteer names in `doc`, the longest at each place, offices settled and seats placed."""
    hits = _confirmed(longest_first(names_lexicon(language).find(doc)))
    return place_seats(settle_offices(hits, doc, language), doc, language)


def _confirmed(hits: Sequence[Hit[Known]]) -> list[Hit[Known]]:
    """Drop the short names of governments that the article does not tell of in any other way."""
    told = {_government_of(hit.label, None) for hit in hits if not hit.label.short}
    return [
        Hit(hit.start, hit.end, Known(hit.label.kind, hit.label.id))
        for hit in hits
        if not hit.label.short or _government_of(hit.label, None) in told
    ]


def references(hits: Sequence[Hit[Known]], published: date | None) -> list[Reference]:
    """Return the hits that stand for a government on the day of publication, people by the office they held then."""
    found = []
    for hit in hits:
        government = _government_of(hit.label, published)
        if government:
            # Even as a place a capital hints at its government: a dateline often tells whose "government" is meant.
            named = Known(Kind.GOVERNMENT, government) if hit.label.kind is Kind.PLACE else hit.label
            found.append(Reference(hit.start, hit.end, government, named.kind, named.id))
    return found


def _government_of(known: Known, published: date | None) -> str | None:
    match known.kind:
        case Kind.GOVERNMENT | Kind.ADJECTIVE | Kind.TOWARD:
            return known.id
        case Kind.AGENCY:
            return agencies()[known.id].government
        case Kind.PLACE:
            return capitals().get(known.id)
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
