"""Thresholds of the rule reader."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import PositiveInt

from config.files import CONFIG, Settled, read_toml
from config.gazetteer import GovernmentCode
from config.names import LanguageKey


class Windows(Settled):
    """Distances in words."""

    anchor: PositiveInt
    status: PositiveInt
    marker: PositiveInt
    owner: PositiveInt
    date_marker: PositiveInt
    purpose: PositiveInt
    gap: PositiveInt


class Salience(Settled):
    """What makes an action background."""

    background_days: PositiveInt


class Merging(Settled):
    """What makes two tellings one action."""

    date_days: PositiveInt


class Acronyms(Settled):
    """How acronyms are written."""

    titled: tuple[LanguageKey, ...]


class Offices(Settled):
    """How offices are settled; ids of the gazetteer's offices."""

    beside: tuple[str, ...]
    """Settled by the country beside them or by the language's home alone."""


class Stacking(Settled):
    """Languages whose words carry several endings."""

    languages: tuple[LanguageKey, ...]


class Where(Settled):
    """Words that tell where something happens."""

    before: dict[LanguageKey, tuple[str, ...]]
    after: dict[LanguageKey, tuple[str, ...]]


class Purpose(Settled):
    """Where words of purpose stand."""

    follows: tuple[LanguageKey, ...]


class Reading(Settled):
    """All thresholds."""

    windows: Windows
    salience: Salience
    merging: Merging
    home: dict[LanguageKey, GovernmentCode]
    proclitics: dict[LanguageKey, tuple[str, ...]]
    endings: dict[LanguageKey, PositiveInt]
    stacking: Stacking
    offices: Offices
    acronyms: Acronyms
    purpose: Purpose
    where: Where


@cache
def load_reading(path: Path = CONFIG / "reading.toml") -> Reading:
    """Read the thresholds.

    Raises:
        ConfigError: the file does not fit; the message names the line and the mend.

    """
    return read_toml(path, Reading)
