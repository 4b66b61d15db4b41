"""The phrases that surround an article on its page."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from config.files import CONFIG, Settled, read_toml
from config.languages import Code


class Phrases(Settled):
    """The frame of a page in one language; what each list means stands at the head of the file."""

    home: tuple[str, ...]
    whole: tuple[str, ...]
    opening: tuple[str, ...]
    related: tuple[str, ...]
    comments: tuple[str, ...]
    byline: tuple[str, ...]
    caption: tuple[str, ...]


class Frame(Settled):
    """The file of phrases."""

    networks: tuple[str, ...]
    """Names in share bars, alike in every language."""
    language: dict[Code, Phrases]

    def all(self, kind: str) -> frozenset[str]:
        """Return the phrases of one kind ("whole", "related" ...) in all languages, in lower case."""
        return frozenset(phrase.casefold().strip() for phrases in self.language.values() for phrase in getattr(phrases, kind))


@lru_cache(maxsize=4)
def load_frame(path: Path = CONFIG / "cleaning.toml") -> Frame:
    """Read the phrases file, once.

    Raises:
        ConfigError: the file does not fit; the message names the line and the mend.

    """
    return read_toml(path, Frame)
