"""What our instruments and items are called in the code lists of others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from config.errors import ConfigError
from config.files import CONFIG, Settled, read_csv
from config.taxonomy import load_taxonomy

System = Literal["GTA", "MAST", "PLOVER", "HS"]
_HS_LENGTHS = (4, 6)


class Mapping(Settled):
    """One line of the table: a code of ours and one of another system."""

    kind: Literal["instrument", "item"]
    own: str
    """Our code, of config/taxonomy/."""
    system: System
    """GTA: intervention types of Global Trade Alert; MAST: non-tariff measures; PLOVER: events; HS: goods."""
    code: str | None = None
    """None where nothing fits."""
    label: str = ""
    """How the other system words the code, shortened."""
    version: str
    relation: Literal["exact", "broader", "narrower", "none"]
    """What the code covers, measured by ours: the same, more, or a part."""
    source: str
    """Where code and pairing were read, or that the pairing is our judgement; where nothing fits, why."""

    @model_validator(mode="after")
    def _code_fits(self) -> Mapping:
        if (self.relation == "none") != (self.code is None):
            raise ValueError("relation is none exactly where the code is empty; fill in the code or set relation to none")
        if self.system == "HS" and self.code and not (self.code.isdecimal() and len(self.code) in _HS_LENGTHS):
            raise ValueError(f"{self.code!r} is no heading (four digits) or subheading (six) of the Harmonized System; leave out the dot")
        return self


@cache
def load_mappings(path: Path = CONFIG / "mappings.csv") -> tuple[Mapping, ...]:
    """Read the table, once.

    Raises:
        ConfigError: a line does not fit, names an instrument or item that is not in the taxonomy, or stands twice.

    """
    mappings = tuple(read_csv(path, Mapping))
    taxonomy = load_taxonomy()
    known: dict[str, Collection[str]] = {"instrument": taxonomy.instruments, "item": taxonomy.items}
    seen: set[tuple[str, str, str, str | None]] = set()
    for line, mapping in enumerate(mappings, 2):
        if mapping.own not in known[mapping.kind]:
            raise ConfigError(f"{path}:{line}: unknown {mapping.kind} {mapping.own!r}; add it to the taxonomy or mend its spelling")
        identity = (mapping.kind, mapping.own, mapping.system, mapping.code)
        if identity in seen:
            raise ConfigError(f"{path}:{line}: {mapping.own} has {mapping.system} {mapping.code} twice; remove one")
        seen.add(identity)
    return mappings


def hs_codes(items: Iterable[str]) -> tuple[str, ...]:
    """Return the headings and subheadings of the Harmonized System 2022 that `items` fall under, sorted; goods without one give none."""
    return tuple(sorted({code for item in items for code in _hs_of().get(item, ())}))


@cache
def _hs_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for mapping in load_mappings():
        if mapping.system == "HS" and mapping.code:
            found[mapping.own] = (*found.get(mapping.own, ()), mapping.code)
    return found
