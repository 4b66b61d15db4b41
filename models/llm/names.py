"""The names that a model gives, as the gazetteer spells them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from config.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from config.gazetteer import Agency, Company

_LONGEST = 100
"""Characters; the longest name of the gazetteer has 70."""


def agency_of(name: str, words: str) -> str | None:
    """Return the usual English name of an agency, told by what the model calls it and by the article's words for it."""
    return _usual(_ids("agency"), name, words)


def company_of(name: str, words: str) -> str | None:
    """Return the usual English name of a company, told by what the model calls it and by the article's words for it."""
    return _usual(_ids("company"), name, words)


def _usual(ids: dict[str, str], name: str, words: str) -> str | None:
    """The gazetteer's name; for one that it does not know, the model's, if that can be a name at all."""
    plain = " ".join(name.split())
    known = ids.get(plain.casefold()) or ids.get(" ".join(words.split()).casefold())
    if known:
        return known
    return plain if plain and plain.isprintable() and len(plain) <= _LONGEST else None


@cache
def _ids(kind: str) -> dict[str, str]:
    """Every spelling that names one entry alone, casefolded, with the entry's id."""
    entries: Iterable[Agency | Company] = getattr(load_gazetteer(), kind)
    spelled: dict[str, set[str]] = {}
    for entry in entries:
        for form in (entry.id, *(form for forms in entry.names.values() for form in forms)):
            spelled.setdefault(form.casefold(), set()).add(entry.id)
    return {form: next(iter(ids)) for form, ids in spelled.items() if len(ids) == 1}
