"""The past: what the timeline said at any time can be asked again later."""

from __future__ import annotations

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.newsroom import START, batch, consolidate, hours, mention, random_batches, story
from warehouse.queries import query
from warehouse.store import load

NO_FILTER = dict.fromkeys(("since", "until", "issuer", "target", "item", "instrument", "status"))


@pytest.mark.parametrize("seed", [11, 12])
def test_the_timeline_as_of_a_time_is_the_export_taken_then(con: DuckDBPyConnection, seed: int) -> None:
    """Over any sequence of loads, timeline_as_of gives back row for row what was exported at each time."""
    exports = {}
    for number, each in enumerate(random_batches(seed, count=8, articles=8)):
        load(con, "run", each, consolidate, START + hours(number))
        exports[START + hours(number) + hours(0.5)] = query(con, "timeline", as_of=None, **NO_FILTER)
    assert len({len(export) for export in exports.values()}) > 1
    for moment, export in exports.items():
        assert query(con, "timeline", as_of=moment, **NO_FILTER) == export


def test_before_the_first_load_there_is_nothing(con: DuckDBPyConnection) -> None:
    """We did not know then what we know now."""
    load(con, "run", batch(story("a", mention())), consolidate, START)
    assert query(con, "timeline", as_of=START - hours(1), **NO_FILTER) == []


def test_an_assertion_holds_from_the_moment_it_is_learned(con: DuckDBPyConnection) -> None:
    """At the very time of a load its result stands."""
    load(con, "run", batch(story("a", mention(rate_pct=1.0))), consolidate, START)
    load(con, "run", batch(story("a", mention(rate_pct=2.0), words="!")), consolidate, START + hours(1))
    rates = [query(con, "timeline", as_of=START + hours(each), **NO_FILTER)[0]["rate_pct"] for each in (0, 0.99, 1)]
    assert rates == [1.0, 1.0, 2.0]
