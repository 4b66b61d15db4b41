"""Floors under the figures of a reader, pinned in a file together with the hash of the annotated articles that they were measured on.

A floor is the figure that was reached, rounded down to a hundredth; it is raised by pinning again, and never lowered silently.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.errors import ConfigError
from config.files import Settled
from models.evaluation.scorecard import LANGUAGE, Scorecard

_OVERALL = ("relevance", "event", "event_p", "event_r", "timeline", "status", "date", "targets", "items", "evidence")
_OF_LANGUAGE = ("event",)
_STEPS = 100
_ROUNDING = 1e-9

Figure = Annotated[float, Field(ge=0, le=1)]


class GoldChangedError(ConfigError):
    """The articles are not those that the floors belong to."""


class Floors(Settled):
    """The file of floors."""

    gold_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Of the annotated articles: the files' bytes, in the order given."""
    reader: str
    """Who reached them."""
    floors: dict[str, Figure]
    """By figure: "event" is that of all articles, "event ja" that of one language."""


@dataclass(frozen=True, slots=True)
class Check:
    """One figure beside its floor."""

    figure: str
    value: float | None
    floor: float

    @property
    def holds(self) -> bool:
        """Whether the figure is not below its floor; one that cannot be told any more is."""
        return self.value is not None and self.value + _ROUNDING >= self.floor


def sha256_of(paths: Sequence[Path]) -> str:
    """Return the hexadecimal digest of the files' bytes, as `cat FILES | sha256sum` prints it."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_floors(path: Path) -> Floors:
    """Read a file of floors.

    Raises:
        ConfigError: it is missing, or no file of floors.

    """
    try:
        return Floors.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; --pin writes it") from error
    except ValueError as error:
        raise ConfigError(f"{path}: no file of floors: {error}. Restore it from the repository, or delete it and --pin anew") from error


def check(card: Scorecard, floors: Floors, sha256: str) -> list[Check]:
    """Return every pinned figure beside its floor.

    Raises:
        GoldChangedError: the articles are not those that were pinned.

    """
    if sha256 != floors.gold_sha256:
        raise GoldChangedError(
            f"the floors belong to articles with sha256 {floors.gold_sha256}, these have {sha256}. "
            "Give the articles that were pinned; if they were changed on purpose, pin their figures with --pin"
        )
    return _compare(_figures(card), floors.floors)


def pin(card: Scorecard, sha256: str, before: Floors | None) -> tuple[Floors, list[Check]]:
    """Return the floors that `card` reaches, and those of `before` that they would lower."""
    floors = {name: math.floor(value * _STEPS + _ROUNDING) / _STEPS for name, value in _figures(card).items()}
    lowered = [one for one in _compare(floors, before.floors if before else {}) if not one.holds]
    return Floors(gold_sha256=sha256, reader=card.reader, floors=floors), lowered


def write_floors(path: Path, floors: Floors) -> None:
    """Write a file of floors, one figure a line."""
    path.write_text(json.dumps(floors.model_dump(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _compare(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[Check]:
    return [Check(name, figures.get(name), floor) for name, floor in floors.items()]


def _figures(card: Scorecard) -> dict[str, float]:
    """The figures that are pinned, those left out that there is nothing to tell of."""
    told = {name: card.overall.values[name] for name in _OVERALL}
    for key, table in card.tables.items():
        if key == LANGUAGE:
            told |= {f"{name} {language}": score.values[name] for language, score in table.items() for name in _OF_LANGUAGE}
    return {name: float(value) for name, value in told.items() if not math.isnan(value)}
