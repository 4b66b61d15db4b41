"""Capitals as places: "talks in London" happen somewhere, while "London protests" has a government speak.

A capital is a place after or before a word that says where, and where it opens a paragraph as the report's own whereabouts; everywhere
else it stands for its government.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from config.gazetteer import load_gazetteer
from config.reading import load_reading
from models.reading.inflection import fold_name
from models.reading.lexicon import Hit
from models.reading.names import Kind, Known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

_AFTER_DATELINE = frozenset(",-–—(/.[:")
_LONGEST_PARTICLE = 3
"""Characters of the longest particle that follows a place in a script without spaces."""


def place_seats(hits: Sequence[Hit[Known]], doc: Doc, language: str) -> list[Hit[Known]]:
    """Return `hits` with the capitals in which something happens turned from governments into places."""
    return [_placed(hit, doc, language) for hit in hits]


def _placed(hit: Hit[Known], doc: Doc, language: str) -> Hit[Known]:
    if hit.label.kind is not Kind.GOVERNMENT:
        return hit
    city = _cities(language).get((hit.label.id, _bare(doc, hit, language)))
    if city is None or not (_says_where(hit, doc, language) or _opens_paragraph(hit, doc)):
        return hit
    return Hit(hit.start, hit.end, Known(Kind.PLACE, city))


def _bare(doc: Doc, hit: Hit[Known], language: str) -> str:
    return fold_name(doc[hit.start : hit.end].text, language)


def _says_where(hit: Hit[Known], doc: Doc, language: str) -> bool:
    where = load_reading().where
    before = doc[hit.start - 1].text.lower() if hit.start else ""
    if before in where.before.get(language, ()):
        return True
    following = doc[hit.end : hit.end + _LONGEST_PARTICLE].text.lstrip("'’")
    return following.startswith(where.after.get(language, ())) if language in where.after else False


def _opens_paragraph(hit: Hit[Known], doc: Doc) -> bool:
    """Whether the capital is a dateline: "LONDON (Reuters) - ...", "Pékin, 3 juillet"; never in the title."""
    begins = hit.start > 0 and "\n" in doc[hit.start - 1].text
    return begins and hit.end < len(doc) and doc[hit.end].text[:1] in _AFTER_DATELINE


@cache
def _cities(language: str) -> dict[tuple[str, str], str]:
    """(government, folded name) to the capital of that name."""
    return {
        (capital.government, fold_name(name, language)): capital.id
        for capital in load_gazetteer().capital
        for name in capital.names.get(language, ())
    }
