"""The vocabulary of one language as two lexicons: ideas (to export, to suspend, against ...) and items (gallium, chips ...)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from config.gazetteer import load_gazetteer
from config.reading import load_reading
from config.vocabulary import load_vocabulary
from models.reading.lexicon import Hit, Lexicon, longest_first
from models.reading.names import Kind, Known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from models.reading.dates import Told


@cache
def ideas_lexicon(language: str) -> Lexicon[str]:
    """Return the phrases of `language`, labelled with the ideas they express."""
    return _lexicon(language, load_vocabulary(language).concepts)


@cache
def items_lexicon(language: str) -> Lexicon[str]:
    """Return the phrases of `language`, labelled with the item classes they name."""
    return _lexicon(language, load_vocabulary(language).items)


def _lexicon(language: str, phrases: dict[str, tuple[str, ...]]) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(language, load_reading().windows.gap)
    for label, words in phrases.items():
        for word in words:
            lexicon.add(word, label)
    return lexicon


def find_ideas(doc: Doc, language: str, names: Sequence[Hit[Known]], dates: Sequence[Told]) -> list[Hit[str]]:
    """Return the ideas told in `doc`; a word inside a longer name or a date tells none.

    "Department of Commerce" is no talk of commerce, and "segunda-feira" no fair. Names of laws are left in: "Entity List" is both a
    name and what is done.
    """
    inside = {place for hit in names if hit.label.kind is not Kind.LAW for place in range(hit.start, hit.end)}
    inside |= {place for told in dates for place in range(told.start, told.end)}
    return [hit for hit in ideas_lexicon(language).find(doc) if not inside.issuperset(range(hit.start, hit.end))]


def find_items(doc: Doc, language: str, names: Sequence[Hit[Known]]) -> list[Hit[str]]:
    """Return the items told in `doc`, by their words or by named products; of overlapping ones the longest."""
    products = {product.id: product.item for product in load_gazetteer().product if product.item}
    named = [Hit(hit.start, hit.end, products[hit.label.id]) for hit in names if hit.label.id in products]
    firms = {
        place for hit in names if hit.label.kind in {Kind.COMPANY, Kind.AGENCY, Kind.ORGANISATION} for place in range(hit.start, hit.end)
    }
    told = [hit for hit in items_lexicon(language).find(doc) if firms.isdisjoint(range(hit.start, hit.end))]
    return longest_first([*named, *told])
