"""The gazetteer as one lexicon per language: every known name, with what it names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from config.gazetteer import load_gazetteer
from config.names import ANY, Names
from config.reading import load_reading
from models.reading.name_lexicon import NameLexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLISH = "en"


class Kind(StrEnum):
    """What a name names; the first four tell of governments without being names of their own."""

    ADJECTIVE = "adjective"
    TOWARD = "toward"
    OFFICE = "office"
    GOVERNMENT = "government"
    AGENCY = "agency"
    PERSON = "person"
    COMPANY = "company"
    PRODUCT = "product"
    MATERIAL = "material"
    LAW = "law"
    ORGANISATION = "organisation"
    PLACE = "place"

    @property
    def is_entity(self) -> bool:
        """Whether it is listed among an article's entities."""
        return self not in {Kind.ADJECTIVE, Kind.TOWARD, Kind.OFFICE}


ACTING = frozenset({Kind.GOVERNMENT, Kind.AGENCY, Kind.PERSON})
"""Names that stand free for a government, as an adjective or a firm does not."""


@dataclass(frozen=True, slots=True)
class Known:
    """One entry of the gazetteer."""

    kind: Kind
    id: str
    short: bool = False
    """A form that names it only where the article also tells of it, or of its government, in another way."""


@cache
def names_lexicon(language: str) -> NameLexicon[Known]:
    """Return all names that a text in `language` may use; where one name has two meanings, the one added first counts.

    Names of firms, products, laws and the like also stand in English inside texts of every other language.
    """
    lexicon: NameLexicon[Known] = NameLexicon(language, load_reading().windows.gap)
    for name, known in _all_names(language):
        lexicon.add(name, known)
    return lexicon


def _all_names(language: str) -> Iterator[tuple[str, Known]]:
    gazetteer = load_gazetteer()
    # Countries before adjectives: Spanish "China" is the country, though its adjective is spelled alike.
    for code, name in _country_names(language):
        yield name, Known(Kind.GOVERNMENT, code)
    for capital in gazetteer.capital:
        for name in _own(capital.names, language):
            yield name, Known(Kind.GOVERNMENT, capital.government)
    for government in gazetteer.government:
        for kind, names in (
            (Kind.GOVERNMENT, government.nouns),
            (Kind.GOVERNMENT, government.signs),
            (Kind.ADJECTIVE, government.adjectives),
            (Kind.TOWARD, government.toward),
        ):
            for name in _own(names, language):
                yield name, Known(kind, government.id)
    for person in gazetteer.person:
        for name in (*_own(person.names, language), person.id):
            yield name, Known(Kind.PERSON, person.id)
    for product in gazetteer.product:
        for name in _own_and_english(product.names, language):
            yield name, Known(Kind(product.type), product.id)
    for kind, entries in (
        (Kind.AGENCY, gazetteer.agency),
        (Kind.COMPANY, gazetteer.company),
        (Kind.LAW, gazetteer.law),
        (Kind.ORGANISATION, gazetteer.organisation),
        (Kind.PLACE, gazetteer.place),
    ):
        for entry in entries:
            for name in (*_own_and_english(entry.names, language), entry.id):
                yield name, Known(kind, entry.id)
    for shortened in (gazetteer.government, gazetteer.agency):
        kind = Kind.GOVERNMENT if shortened is gazetteer.government else Kind.AGENCY
        for known in shortened:
            for name in _own(known.short, language):
                yield name, Known(kind, known.id, short=True)
    for office in gazetteer.office:
        for name in _own(office.names, language):
            yield name, Known(Kind.OFFICE, office.id)


def _own(names: Names, language: str) -> tuple[str, ...]:
    return (*names.get(language, ()), *names.get(ANY, ()))


def _own_and_english(names: Names, language: str) -> tuple[str, ...]:
    """The names in `language`, and English proper names: a common noun is not borrowed ("tin" is Vietnamese for news)."""
    if language == ENGLISH:
        return _own(names, language)
    return (*_own(names, language), *(name for name in names.get(ENGLISH, ()) if not name[:1].islower()))


def _country_names(language: str) -> Iterator[tuple[str, str]]:
    """Code and CLDR name of every country, and of every bloc of the gazetteer that CLDR knows, in `language`."""
    import pycountry
    from babel import Locale

    territories = Locale(language).territories
    countries = {country.alpha_2 for country in pycountry.countries} | {government.id for government in load_gazetteer().government}
    for code in sorted(countries):
        if name := territories.get(code):
            yield code, name
