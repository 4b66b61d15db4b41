"""How far chance may have moved a figure: the percentile bootstrap over articles (Efron 1979).

Articles are drawn anew with replacement, because the events of one article stand and fall together; what lies between the 2.5th and
the 97.5th percentile of a figure over all draws is its interval. The draws are seeded: the same counts give the same intervals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from models.evaluation.figures import Counts

DRAWS = 1000
_SEED = 20230705
_TAILS = (2.5, 97.5)
Interval = tuple[float, float]


def intervals(articles: Sequence[Counts], figures: Callable[[Mapping[str, Any]], dict[str, Any]]) -> dict[str, Interval]:
    """Return the interval of every figure that is a share; `articles` are the counts of each article, `figures` what they come to.

    An article without a count counts too: that it may be drawn, or not, belongs to the chance. Figures without a value have no interval.
    """
    names = sorted({name for counts in articles for name in counts})
    table = np.array([[counts[name] for name in names] for counts in articles], dtype=np.float64)
    if not table.size:
        return {}
    generator = np.random.default_rng(_SEED)
    drawn = generator.multinomial(len(articles), np.full(len(articles), 1 / len(articles)), size=DRAWS) @ table
    samples: defaultdict[str, Any] = defaultdict(lambda: np.zeros(DRAWS))
    samples.update({name: drawn[:, place] for place, name in enumerate(names)})
    shares = {name: values for name, values in figures(samples).items() if not _is_count(name)}
    return {name: _bounds(values) for name, values in shares.items() if not np.isnan(values).all()}


def _is_count(name: str) -> bool:
    return name == "articles" or name.endswith("_events")


def _bounds(values: Any) -> Interval:
    low, high = np.nanpercentile(values, _TAILS)
    return float(low), float(high)
