"""The gazetteer as the warehouse's catalogue of entities: what every linked mention points to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.gazetteer import load_gazetteer
from models.records import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.names import Names

ISO_COUNTRY = "iso3166-1"
"""Scheme of the country codes, which pycountry keeps."""


def catalogue() -> tuple[Entity, ...]:
    """Return every entity that a reading may link to, each once."""
    return (*_governments(), *_others())


def _governments() -> Iterator[Entity]:
    """States by ISO 3166-1, and the blocs that act like states."""
    import pycountry
    from babel import Locale

    territories = Locale("en").territories
    nouns = {government.id: _flat(government.nouns) for government in load_gazetteer().government}
    countries = {country.alpha_2 for country in pycountry.countries}
    for code in sorted(countries | set(nouns)):
        identifiers = ((ISO_COUNTRY, code),) if code in countries else ()
        yield Entity(code, "government", territories.get(code, code), nouns.get(code, ()), identifiers)


def _others() -> Iterator[Entity]:
    gazetteer = load_gazetteer()
    for kind in ("agency", "person", "company", "law", "organisation", "place"):
        for entry in getattr(gazetteer, kind):
            yield Entity(entry.id, kind, entry.id, _flat(entry.names))
    for product in gazetteer.product:
        yield Entity(product.id, product.type, product.id, _flat(product.names))


def _flat(names: Names) -> tuple[str, ...]:
    return tuple(sorted({name for forms in names.values() for name in forms}))
