"""Speed: a large batch is loaded in bounded time, and a small one after it does not pay for the large one."""

from __future__ import annotations

import time

from duckdb import DuckDBPyConnection

from tests.warehouse.newsroom import START, batch, consolidate, hours, mention, story
from warehouse.publication import find_faults
from warehouse.store import load

MENTIONS = 20_000
ISSUERS = 60
KINDS = 10


def test_twenty_thousand_mentions_load_in_bounded_time(con: DuckDBPyConnection) -> None:
    """One transaction of 1,000 articles takes seconds (3.4 on two slow cores, where a statement a row took 34); one more takes a blink."""
    stories = [
        story(f"a{n}", *(mention(f"kind{(n + each) % KINDS}", issuers=(f"C{(n * 7 + each) % ISSUERS}",)) for each in range(20)))
        for n in range(MENTIONS // 20)
    ]
    began = time.monotonic()
    counts = load(con, "run", batch(*stories), consolidate, START)
    loaded = time.monotonic()
    load(con, "run", batch(story("one", mention("kind1", issuers=("C1",)))), consolidate, START + hours(1))
    ended = time.monotonic()
    assert counts.mentions_new == MENTIONS
    assert loaded - began < 15
    assert ended - loaded < 2
    assert find_faults(con) == ()
