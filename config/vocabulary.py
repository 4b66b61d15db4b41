"""The words of each language for the ideas, items and dates that the reader looks for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from config.errors import ConfigError
from config.files import CONFIG, Settled, read_toml
from config.names import LanguageKey
from config.taxonomy import load_taxonomy

Words = tuple[str, ...]


class Dates(Settled):
    """Words of relative dates; names of months and weekdays come from CLDR."""

    today: Words
    yesterday: Words
    day_before_yesterday: Words
    tomorrow: Words
    day_after_tomorrow: Words
    this_week: Words
    last_week: Words
    next_week: Words
    this_month: Words
    last_month: Words
    next_month: Words
    this_year: Words
    last_year: Words
    next_year: Words
    previous: Words
    """Modifiers of a weekday or month: "last Friday", "vendredi dernier", "上周五" is 上周 + 五."""
    coming: Words
    midnight: Words
    immediately: Words
    day: Words
    week: Words
    month: Words
    year: Words
    ago_after: Words
    """Words after an amount of time that set it in the past: "three days ago"."""
    ago_before: Words
    """Words before an amount of time that set it in the past: "il y a trois jours", "vor drei Tagen"."""
    in_before: Words
    in_after: Words
    numbers: Words
    """One to twelve, in order."""


class Vocabulary(Settled):
    """All words of one language."""

    language: LanguageKey
    concepts: dict[str, Words]
    items: dict[str, Words]
    dates: Dates


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
