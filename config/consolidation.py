"""Thresholds of consolidation: one action, one row."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, PositiveInt

from config.files import CONFIG, Settled, read_toml

Share = Annotated[float, Field(gt=0, le=1)]


class SameAction(Settled):
    """When two mentions tell one action."""

    days: PositiveInt
    report_days: PositiveInt


class SameMeasure(Settled):
    """When two events are stages of one measure."""

    days: PositiveInt


class Voices(Settled):
    """When two texts are one voice."""

    overlap: Share


class Fields(Settled):
    """Which values of a list stand on the timeline."""

    share: Share


class Confidence(Settled):
    """How sure one voice makes us."""

    press: Share
    official: Share
    undated: Share
    cap: Share


class Consolidation(Settled):
    """All thresholds of consolidation."""

    same_action: SameAction
    same_measure: SameMeasure
    voices: Voices
    fields: Fields
    confidence: Confidence


@cache
def load_consolidation(path: Path = CONFIG / "consolidation.toml") -> Consolidation:
    """Read the thresholds.

    Raises:
        ConfigError: the file does not fit; the message names the line and the mend.

    """
    return read_toml(path, Consolidation)
