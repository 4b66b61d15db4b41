"""Bounds on what an XML document may unfold to, checked before any parser sees it."""

from __future__ import annotations

import re

MOST_ENTITIES = 64
"""Entities a document may declare; feeds that declare a few, for accented letters, are real."""
LARGEST_EXPANSION = 1_048_576
"""Characters that all references together may unfold to."""

_DECLARATION = re.compile(r"""<!ENTITY\s+(%\s+)?([^\s"'<>]{1,200})\s+(?:"([^"]*)"|'([^']*)'|(SYSTEM|PUBLIC)\b)?""", re.IGNORECASE)
_REFERENCE = re.compile(r"&([^\s&;#<>]{1,200});")


def entity_fault(text: str) -> str | None:
    """Say what is wrong with the entities that `text` declares; None when they are harmless.

    Harmless are a few short internal ones. External ones are refused (they name files and servers), and so are those that refer
    to one another ("billion laughs") or that are long and often used ("quadratic blow-up").
    """
    if "<!entity" not in text[: _prologue_end(text)].lower():
        return None
    values: dict[str, str] = {}
    for count, declared in enumerate(_DECLARATION.finditer(text), 1):
        parameter, name, double, single, external = declared.groups()
        value = double if double is not None else single
        if parameter or external or value is None:
            return "an external or parameter entity"
        if count > MOST_ENTITIES:
            return f"more than {MOST_ENTITIES} entities"
        if _REFERENCE.search(value):
            return "an entity that refers to another"
        values[name] = value
    unfolded = sum(len(values.get(reference[1], "")) for reference in _REFERENCE.finditer(text))
    return f"its entities unfold to {unfolded} characters" if unfolded > LARGEST_EXPANSION else None


def _prologue_end(text: str) -> int:
    """Where the first element begins: entities are declared before it, or not at all."""
    element = re.search(r"<\w", text)
    return element.start() if element else len(text)
