"""The words of each language for the ideas and items that the reader looks for; those of dates are in `config.dates`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from config.errors import ConfigError
from config.files import CONFIG, Settled, read_toml
from config.names import LanguageKey
from config.taxonomy import load_taxonomy

Words = tuple[str, ...]


class Vocabulary(Settled):
    """All words of one language."""

    language: LanguageKey
    concepts: dict[str, Words]
    items: dict[str, Words]


@cache
def load_vocabulary(language: str, folder: Path = CONFIG / "vocabulary") -> Vocabulary:
    """Read the words of `language`.

    Raises:
        ConfigError: there is no such file, it does not fit, or it names an idea or item that the taxonomy lacks.

    """
    path = folder / f"{language}.toml"
    vocabulary = read_toml(path, Vocabulary)
    taxonomy = load_taxonomy()
    for part, known in (("concepts", taxonomy.concepts), ("items", taxonomy.items)):
        found = set(getattr(vocabulary, part))
        if unknown := found - set(known):
            raise ConfigError(f"{path}: {part}: unknown {', '.join(sorted(unknown))}; add to the taxonomy or mend the spelling")
        if missing := set(known) - found:
            raise ConfigError(f"{path}: {part}: missing {', '.join(sorted(missing))}; add them (an empty list where the language has none)")
    return vocabulary
