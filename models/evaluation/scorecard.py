"""All figures of one reading of annotated articles, with intervals: overall, by language or another key, by instrument, by status."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.evaluation.annotation import Row
from models.evaluation.bootstrap import Interval, intervals
from models.evaluation.classes import Confusion, confuse, count_classes
from models.evaluation.figures import Counts, class_figures, count, figures

ALL = "all"
"""Table, and its one group, of all articles together."""
LANGUAGE = "lang"
CLASSES = ("instrument", "status")


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one group of articles or events."""

    values: Mapping[str, float]
    """NaN where there was nothing to count."""
    bounds: Mapping[str, Interval]
    """95 % intervals of those figures that are shares."""

    def told(self, name: str) -> float | None:
        """A figure to three places; None where there was nothing to count."""
        value = self.values.get(name, math.nan)
        return None if math.isnan(value) else round(value, 3)

    def as_json(self) -> dict[str, Any]:
        """The figures, each with its interval beside it as `<figure>_95`."""
        row: dict[str, Any] = {}
        for name in self.values:
            row[name] = self.told(name)
            if name in self.bounds:
                row[f"{name}_95"] = [round(bound, 3) for bound in self.bounds[name]]
        return row


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How well one reader read."""

    reader: str
    tables: Mapping[str, Mapping[str, Score]]
    """By what is grouped ("all", "lang", "instrument", "status"), then by group."""
    confusion: Confusion = field(default_factory=Counter)

    @property
    def overall(self) -> Score:
        """The figures over all articles."""
        return self.tables[ALL][ALL]

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON knows it."""
        tables = {key: {name: score.as_json() for name, score in table.items()} for key, table in self.tables.items()}
        confusion: dict[str, dict[str, int]] = {}
        for (annotated, read), times in sorted(self.confusion.items()):
            confusion.setdefault(annotated, {})[read] = times
        return {"reader": self.reader, **tables, "confusion": confusion}


def score(reader: str, gold: Mapping[str, Row], predicted: Mapping[str, Row], by: Sequence[str] = (LANGUAGE,)) -> Scorecard:
    """Return the figures of what `reader` found; an article that it did not read counts as one in which nothing was found."""
    pairs = [(row, predicted.get(identity)) for identity, row in gold.items()]
    counts = [count(row, found) for row, found in pairs]
    tables = {ALL: {ALL: _score(counts, figures)}}
    for key in by:
        groups: dict[str, list[Counts]] = {}
        for (row, _), told in zip(pairs, counts, strict=True):
            groups.setdefault(str(row.get(key)), []).append(told)
        tables[key] = {name: _score(groups[name], figures) for name in sorted(groups)}
    classes = [count_classes(row, found) for row, found in pairs]
    for key in CLASSES:
        names = sorted({name for article in classes for kind, name in article if kind == key})
        tables[key] = {name: _score([article.get((key, name), Counter()) for article in classes], class_figures) for name in names}
    return Scorecard(reader, tables, sum((confuse(row, found) for row, found in pairs), Counter()))


def _score(articles: Sequence[Counts], come_to: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Score:
    return Score(come_to(sum(articles, Counter())), intervals(articles, come_to))
