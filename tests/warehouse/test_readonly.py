"""The published file under an analyst's hands: nothing leaves, nothing changes, nothing runs for ever."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.newsroom import START, batch, consolidate, mention, story
from warehouse.database import WarehouseError, open_published, open_warehouse
from warehouse.publication import publish
from warehouse.queries import QUERIES, QueryError, QueryTimeoutError, query, run_readonly
from warehouse.store import load

ESCAPES = [
    "from read_csv('{secret}')",
    "from read_text('{secret}')",
    "from read_blob('{secret}')",
    "from '{secret}'",
    "from glob('{folder}/*')",
    "copy timeline to '{folder}/out.csv'",
    "copy (select 1) to '{folder}/out.parquet'",
    "export database '{folder}/out'",
    "attach '{folder}/other.duckdb'",
    "install httpfs",
    "load httpfs",
    "set memory_limit = '64GB'",
    "set enable_external_access = true",
    "reset lock_configuration",
    "create table mine (a integer)",
    "create or replace view timeline as select 1 as event_id",
    "delete from base.event_assertion",
    "drop view timeline",
    "insert into base.run select 'x', 'x', '', now()::timestamp, null, 'done'",
]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published timeline of one event, beside a file that is nobody's business."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "secret.csv").write_text("password\nopensesame\n")
    with closing(open_warehouse(folder / "warehouse.duckdb")) as con:
        load(con, "run", batch(story("a", mention())), consolidate, START)
        publish(con, folder / "timeline.duckdb")
    return folder / "timeline.duckdb"


@pytest.fixture
def reader(published: Path) -> Iterator[DuckDBPyConnection]:
    """An open connection to it."""
    with closing(open_published(published)) as opened:
        yield opened


@pytest.mark.parametrize("attempt", ESCAPES)
def test_every_way_out_is_refused(reader: DuckDBPyConnection, published: Path, attempt: str) -> None:
    """The engine itself refuses, not a list of forbidden words."""
    before = sorted(published.parent.iterdir())
    with pytest.raises(duckdb.Error):
        reader.execute(attempt.format(secret=published.parent / "secret.csv", folder=published.parent)).fetchall()
    assert sorted(published.parent.iterdir()) == before


@pytest.mark.parametrize(
    "attempt", [*ESCAPES, "create temp table mine as select 1", "call pragma_version()", "begin transaction", "checkpoint"]
)
def test_the_command_refuses_the_same_with_a_reason(published: Path, attempt: str) -> None:
    """What is no query is refused before it runs, with a word on what is."""
    with pytest.raises(QueryError, match=r"only queries|[Pp]ermission|disabled|does not exist|not be found"):
        run_readonly(published, attempt.format(secret=published.parent / "secret.csv", folder=published.parent))


@pytest.mark.parametrize("name", sorted(file.stem for file in QUERIES.glob("*.sql")))
def test_every_named_query_runs_on_the_locked_copy(reader: DuckDBPyConnection, name: str) -> None:
    """The digest, the command line and notebooks read the published file only; every parameter may be left out."""
    parameters = set(re.findall(r"\$(\w+)", (QUERIES / f"{name}.sql").read_text(encoding="utf-8")))
    needed = {"since": START, "urls": [], "event_id": ""} if name in {"digest", "unknown_urls", "show_event"} else {}
    rows = query(reader, name, **{each: needed.get(each) for each in parameters})
    assert isinstance(rows, list)


def test_a_query_is_answered(published: Path) -> None:
    """Columns by name, rows as tuples, times in UTC with their zone."""
    answer = run_readonly(published, "select title, first_seen_at from timeline;")
    assert answer.columns == ("title", "first_seen_at")
    assert answer.rows == [("import_tariff announced", START.astimezone(UTC))]
    assert not answer.is_truncated


@pytest.mark.parametrize(
    "sql", ["describe timeline", "show tables", "explain select 1", "with x as (select 1) from x", "summarize timeline"]
)
def test_the_usual_forms_of_a_query_are_answered(published: Path, sql: str) -> None:
    """An analyst may look around."""
    assert run_readonly(published, sql).rows


@pytest.mark.parametrize("sql", ["select 1; drop view timeline", "select 1; select 2", "", "-- only a comment"])
def test_one_statement_at_a_time(published: Path, sql: str) -> None:
    """A second statement cannot hide behind the first, and nothing is no question."""
    with pytest.raises(QueryError, match=r"one statement at a time, please: found [02]"):
        run_readonly(published, sql)


def test_a_mistake_is_told_as_duckdb_tells_it(published: Path) -> None:
    """With its hint at what was meant."""
    with pytest.raises(QueryError, match="titel"):
        run_readonly(published, "select titel from timeline")


@pytest.mark.parametrize("count", [7, 8])
def test_truncation_is_told(published: Path, count: int) -> None:
    """Exactly as many rows as allowed are no truncation; one more is."""
    answer = run_readonly(published, f"from range({count})", max_rows=7)
    assert (len(answer.rows), answer.is_truncated) == (7, count == 8)


def test_a_query_without_end_is_stopped(published: Path) -> None:
    """A cross join of a billion billion rows ends with the time that it was given."""
    began = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"stopped after 0\.3 s"):
        run_readonly(published, "select count(*) from range(1000000000) a, range(1000000000) b where a.range + b.range = 7", timeout_s=0.3)
    assert time.monotonic() - began < 5


def test_a_query_without_bounds_runs_out_of_its_own_memory(published: Path) -> None:
    """It fails, by memory or by time; the machine does not."""
    with pytest.raises(QueryError):
        run_readonly(published, "select list(a.range + b.range) from range(100000) a, range(100000) b", timeout_s=1)


def test_before_the_first_publication_the_message_says_what_to_do(tmp_path: Path) -> None:
    """Nothing is created by looking."""
    with pytest.raises(WarehouseError, match="tradewire run"):
        open_published(tmp_path / "timeline.duckdb")
    assert list(tmp_path.iterdir()) == []
