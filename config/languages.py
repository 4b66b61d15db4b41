"""The languages we read or only recognise, how they are written, and in which legacy charsets."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from config.files import CONFIG, Settled, read_toml

Code = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
"""ISO 639-1."""


class Language(Settled):
    """How one language is written."""

    code: Code
    read: bool = False
    """Whether articles in it are read."""
    letters: str
    """Non-ASCII letters of ordinary text in lower case; a word "script:NAME" stands for every letter of that Unicode name."""
    frequent: str = ""
    """Letters that running text cannot do without."""
    frequent_share: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Least share of `frequent` among the non-ASCII letters."""
    charsets: tuple[str, ...] = ()
    """Python codec names, likeliest first, besides UTF-8 and UTF-16."""

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts of which every letter counts, as Unicode names begin: "CJK", "HANGUL"."""
        return tuple(word.removeprefix("script:") for word in self.letters.split() if word.startswith("script:"))

    @property
    def alphabet(self) -> frozenset[str]:
        """The letters that are named one by one."""
        return frozenset("".join(word for word in self.letters.split() if not word.startswith("script:")))


class Languages(Settled):
    """The file of languages."""

    foreign: tuple[Code, ...]
    """Languages that are recognised but not described here."""
    language: tuple[Language, ...]

    @model_validator(mode="after")
    def _distinct(self) -> Languages:
        codes = [language.code for language in self.language]
        for code in codes:
            if codes.count(code) > 1:
                raise ValueError(f"language {code!r} stands twice; remove one")
        return self

    @property
    def recognised(self) -> frozenset[str]:
        """Every code that a text may be said to be in."""
        return frozenset(self.foreign) | {language.code for language in self.language}

    @property
    def read(self) -> frozenset[str]:
        """The codes of the languages whose articles are read."""
        return frozenset(language.code for language in self.language if language.read)


@lru_cache(maxsize=4)
def load_languages(path: Path = CONFIG / "languages.toml") -> Languages:
    """Read the languages file, once.

    Raises:
        ConfigError: the file does not fit; the message names the line and the mend.

    """
    return read_toml(path, Languages)
