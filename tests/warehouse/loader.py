"""A loader to be killed: loads numbered batches without end and says each number once its load has been acknowledged.

Run as `python -m tests.warehouse.loader WAREHOUSE FIRST_NUMBER`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from models.records import Batch, Rejection
from tests.warehouse.newsroom import START, batch, consolidate, hours, mention, story
from warehouse.database import open_warehouse
from warehouse.runs import start_run
from warehouse.store import load

ARTICLES = 3


def numbered(number: int) -> Batch:
    """Batch `number`: three new articles of two mentions each, a correction of an article of the batch before, and a rejection."""
    fetched_at = START + hours(number)
    answered, answer = mention(rate_pct=float(number)), mention("export_ban", issuers=("CN",), responds_to=0)
    new = [story(f"b{number}-{each}", answered, answer, fetched_at=fetched_at) for each in range(ARTICLES)]
    corrected = story(f"b{number - 1}-0", mention(), words="Corrected.", fetched_at=fetched_at)
    return Batch(batch(*new, corrected).articles, (Rejection("extract", "no-text", f"https://news.example/empty{number}"),))


def say(word: object) -> None:
    """Tell the test, at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    """Load until killed."""
    # DuckDB looks at parameters for data frames and imports pandas for it, two seconds long; a loader that is killed thirty times has none.
    sys.modules["pandas"] = None  # type: ignore[assignment]
    path, number = Path(sys.argv[1]), int(sys.argv[2])
    with open_warehouse(path) as con:
        run_id = start_run(con, "loader", START)
        say("ready")
        while True:
            load(con, run_id, numbered(number), consolidate, START + hours(number))
            say(number)
            number += 1


if __name__ == "__main__":
    main()
