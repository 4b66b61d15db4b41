"""How dates are written in each language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from config.files import CONFIG, Settled, read_toml
from config.names import ANY, LanguageKey

GROUPS = frozenset({"year", "month", "name", "day", "weekday", "week_before", "week_after"})


def _compiles(match: str) -> str:
    try:
        groups = set(re.compile(match.replace("{month}", "x").replace("{weekday}", "x")).groupindex)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}; mend it") from error
    if unknown := groups - GROUPS:
        raise ValueError(f"unknown group {', '.join(sorted(unknown))}; use {', '.join(sorted(GROUPS))}")
    return match


class Pattern(Settled):
    """One way of writing a date or a part of it."""

    languages: tuple[LanguageKey, ...]
    match: Annotated[str, AfterValidator(_compiles)]


class Name(Settled):
    """Forms of a month's or weekday's name that CLDR lacks."""

    language: LanguageKey
    number: Annotated[int, Field(ge=0, le=12)]
    forms: tuple[str, ...]


class DateForms(Settled):
    """The file of dates."""

    pattern: tuple[Pattern, ...]
    month: tuple[Name, ...]
    weekday: tuple[Name, ...]

    def patterns(self, language: str) -> tuple[str, ...]:
        """Expressions of dates that a text in `language` may use, with {month} and {weekday} still to be filled in."""
        return tuple(pattern.match for pattern in self.pattern if {language, ANY} & set(pattern.languages))


@cache
def load_dates(path: Path = CONFIG / "dates.toml") -> DateForms:
    """Read how dates are written.

    Raises:
        ConfigError: the file does not fit; the message names the line and the mend.

    """
    return read_toml(path, DateForms)
