"""The governments, agencies, people, companies, products, laws and places we know, with their names in every script.

A name is written in its dictionary form: inflected forms are found by stemming, so they need no entry. "…" inside a name stands for
a few words in between.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from config.errors import ConfigError
from config.files import CONFIG, Settled, merge_toml
from config.gazetteer_tables import read_table
from config.names import Names

GovernmentCode = Annotated[str, Field(pattern=r"^([A-Z]{2}|G7|WTO|NATO)$")]
"""ISO 3166-1 alpha-2, and EU, G7, WTO, NATO."""


class Government(Settled):
    """A state or bloc that acts or is acted upon. Its plain names in each language come from CLDR; here stands what CLDR lacks."""

    id: GovernmentCode
    nouns: Names = {}
    """Names that stand alone for it: short forms, capital, seat ("Beijing", "the White House", "美方")."""
    adjectives: Names = {}
    """Adjectives and inhabitants ("Chinese", "chinois", "китайский"); never an entity, but they tell roles."""
    toward: Names = {}
    """Forms that make it the target by themselves ("对华", "대중", "China-bound")."""
    signs: Names = {}
    """Single characters that stand for it by themselves where the script is another ("美" in Korean headlines)."""
    short: Names = {}
    """Forms that mean it only in an article that names it elsewhere ("Unia", "l'Union")."""


class Office(Settled):
    """A kind of agency that most governments have; a bare "ministry of commerce" is settled by whose it is."""

    id: str
    names: Names


class Agency(Settled):
    """A ministry, regulator, customs service, court or parliament."""

    id: str
    """Usual English name; an agency with a generic name gets its country ("Ministry of Commerce of China")."""
    government: GovernmentCode
    office: str | None = None
    """Id of the office (ministry_of_commerce, ...) that it holds."""
    parent: str | None = None
    names: Names = {}
    short: Names = {}
    """Forms that mean it only in an article that tells of its government elsewhere ("Kommission", "the House")."""


class Term(Settled):
    """A person's time in an office."""

    title: str
    government: GovernmentCode
    leader: bool = False
    """Head of state or government: their acts are the government's."""
    start: Annotated[date, Field(alias="from")]
    end: Annotated[date | None, Field(alias="to")] = None


class Person(Settled):
    """A person with dated offices."""

    id: str
    names: Names
    office: tuple[Term, ...]


class Company(Settled):
    """A firm; what hits it hits its country."""

    id: str
    country: GovernmentCode
    parent: str | None = None
    names: Names = {}


class Product(Settled):
    """A named product, chip or material, and the item class that it belongs to."""

    id: str
    type: Literal["product", "material"]
    item: str | None = None
    names: Names = {}


class Law(Settled):
    """A law, list or programme with a name of its own."""

    id: str
    government: GovernmentCode | None = None
    names: Names = {}


class Organisation(Settled):
    """A body that is no government: press agency, lobby, think tank, international organisation."""

    id: str
    names: Names = {}


class Capital(Settled):
    """A seat of government: where something happens it is a place, elsewhere it stands for the government."""

    id: str
    government: GovernmentCode
    names: Names = {}


class Place(Settled):
    """A place that does not stand for a government (or not by itself)."""

    id: str
    government: GovernmentCode | None = None
    names: Names = {}


class _File(Settled):
    """One file of the folder: any kinds of entries."""

    government: tuple[Government, ...] = ()
    office: tuple[Office, ...] = ()
    agency: tuple[Agency, ...] = ()
    person: tuple[Person, ...] = ()
    company: tuple[Company, ...] = ()
    product: tuple[Product, ...] = ()
    law: tuple[Law, ...] = ()
    organisation: tuple[Organisation, ...] = ()
    capital: tuple[Capital, ...] = ()
    place: tuple[Place, ...] = ()


class Gazetteer(_File):
    """Everything the folder `config/gazetteer/` holds."""

    @model_validator(mode="after")
    def _refers_to_what_is_there(self) -> Gazetteer:
        offices = {office.id for office in self.office}
        agencies = {agency.id for agency in self.agency}
        for agency in self.agency:
            if agency.office and agency.office not in offices:
                raise ValueError(f"agency {agency.id!r}: unknown office {agency.office!r}; add it to offices.toml or mend the spelling")
            if agency.parent and agency.parent not in agencies:
                raise ValueError(f"agency {agency.id!r}: unknown parent {agency.parent!r}; add it to agencies.toml or mend the spelling")
        for kind in type(self).model_fields:
            seen: set[str] = set()
            for entry in getattr(self, kind):
                if entry.id in seen:
                    raise ValueError(f"two entries of kind {kind} share the id {entry.id!r}; merge them")
                seen.add(entry.id)
        return self


TABLES: dict[str, tuple[str, type[Settled]]] = {
    "agencies.csv": ("agency", Agency),
    "capitals.csv": ("capital", Capital),
    "companies.csv": ("company", Company),
    "laws.csv": ("law", Law),
    "organisations.csv": ("organisation", Organisation),
    "places.csv": ("place", Place),
    "products.csv": ("product", Product),
}
"""Tables that the folder may hold beside its TOML files, and what their lines are."""


@cache
def load_gazetteer(folder: Path = CONFIG / "gazetteer") -> Gazetteer:
    """Read all files of `folder` as one gazetteer.

    Raises:
        ConfigError: a file does not fit, two entries share an id, or one refers to another that is not there.

    """
    entries = {kind: list(listed) for kind, listed in merge_toml(folder, _File, _File)}
    for name, (kind, shape) in TABLES.items():
        if (table := folder / name).exists():
            entries[kind] += read_table(table, shape)
    try:
        return Gazetteer.model_validate(entries)
    except ValidationError as error:
        raise ConfigError("\n".join(f"{folder}: {fault['msg']}" for fault in error.errors())) from error
