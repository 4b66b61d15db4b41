"""XML entities unfolded within a bound, and no document type left for a parser to follow."""

from __future__ import annotations

import re

MOST_ENTITIES = 64
"""Entities a document may declare; feeds that declare a few, for accented letters, are real."""
LARGEST_EXPANSION = 1_048_576
"""Characters that all references together may unfold to."""

_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_ELEMENT = re.compile(r"<\w")
_DECLARATION = re.compile(r"""<!ENTITY\s+(%\s+)?([^\s"'<>]{1,200})\s+(?:"([^"]*)"|'([^']*)')?""", re.IGNORECASE)
_REFERENCE = re.compile(r"&([^\s&;#<>]{1,200});")


def unfold_entities(text: str) -> str:
    """Return the XML document `text` without its document type, the entities declared there unfolded.

    External and parameter entities, which name files and servers, are never followed; references to them stay as written.

    Raises:
        ValueError: an entity that refers to another ("billion laughs"), too many, or too much unfolded ("quadratic blow-up").

    """
    doctype = _DOCTYPE.search(text)
    element = _ELEMENT.search(text)
    if not doctype or not element or doctype.start() > element.start():
        return text
    values = _declared(text[doctype.start() : element.start()])
    bare = text[: doctype.start()] + text[element.start() :]
    if not values:
        return bare
    unfolded = sum(len(values.get(reference[1], "")) for reference in _REFERENCE.finditer(bare))
    if unfolded > LARGEST_EXPANSION:
        raise ValueError(f"its entities unfold to {unfolded} characters")
    return _REFERENCE.sub(lambda reference: values.get(reference[1], reference[0]), bare)


def _declared(doctype: str) -> dict[str, str]:
    """The internal general entities that a document type declares, by name."""
    values: dict[str, str] = {}
    for count, declared in enumerate(_DECLARATION.finditer(doctype), 1):
        parameter, name, double, single = declared.groups()
        if count > MOST_ENTITIES:
            raise ValueError(f"more than {MOST_ENTITIES} entities")
        value = double if double is not None else single
        if parameter or value is None:
            continue
        if _REFERENCE.search(value):
            raise ValueError("an entity that refers to another")
        values[name] = value
    return values
