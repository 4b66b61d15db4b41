"""How names change in a sentence: endings, chains of endings and letters written together with the next word."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, PositiveInt

from config.files import CONFIG, Settled, read_toml
from config.names import LanguageKey


def _apart(endings: object) -> object:
    return tuple(endings.split()) if isinstance(endings, str) else endings


Endings = Annotated[tuple[str, ...], BeforeValidator(_apart)]
"""Written in one string, apart by spaces."""


class Proclitics(Settled):
    """Letters written together with the word that follows."""

    before: tuple[str, ...]
    """Conjunctions, which may stand before everything else."""
    prepositions: tuple[str, ...]
    article: str
    joined: dict[str, str]
    """Where a preposition swallows part of the article: what is written, and the article that it holds."""


class Inflection(Settled):
    """The file of inflections."""

    least: PositiveInt
    short: tuple[LanguageKey, ...]
    """Languages whose shortest common nouns take no endings."""
    endings: dict[LanguageKey, dict[str, Endings]]
    """Language to the ending of a dictionary form to the endings that a text may show instead."""
    chains: dict[LanguageKey, str]
    """Regular expressions for all that may follow a dictionary form."""
    softened: dict[LanguageKey, dict[str, str]]
    proclitics: dict[LanguageKey, Proclitics]


@cache
def load_inflection(path: Path = CONFIG / "inflection.toml") -> Inflection:
    """Read the inflections.

    Raises:
        ConfigError: the file does not fit; the message names the line and the mend.

    """
    return read_toml(path, Inflection)
