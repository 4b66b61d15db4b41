"""Questions to the warehouse: the named ones of queries/, with bound parameters, and an analyst's own, held in bounds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

from warehouse.database import WarehouseError, open_published
from warehouse.staging import aware_utc, naive_utc

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

QUERIES = Path(__file__).parent / "queries"

Row = dict[str, Any]


class QueryError(WarehouseError):
    """A question that cannot be answered as it was put; the message says why and what to do."""


class QueryTimeoutError(QueryError):
    """The answer took longer than allowed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an analyst's query gave."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    is_truncated: bool
    """Whether there were more rows than allowed; `rows` has the first ones."""


def query(con: DuckDBPyConnection, name: str, **params: Any) -> list[Row]:
    """Run `queries/<name>.sql` with `params` bound to its $parameters; give every one that it names, None to leave a filter out.

    Times go in and come out as UTC with their zone.
    """
    bound = {key: naive_utc(value) if isinstance(value, datetime) else value for key, value in params.items()}
    return fetch_rows(con.execute(_sql(name), bound))


def fetch_rows(result: DuckDBPyConnection) -> list[Row]:
    """Return what was executed last, a dict a row."""
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, map(_with_zone, row), strict=True)) for row in result.fetchall()]


def run_readonly(path: Path, sql: str, timeout_s: float = 30.0, max_rows: int = 10_000) -> Answer:
    """Run an analyst's single statement on the published file at `path`, which it can neither change nor leave.

    `timeout_s` bounds the time in seconds, `max_rows` the rows that are returned.

    Raises:
        QueryTimeoutError: it was interrupted after `timeout_s`.
        QueryError: it is more than one statement, no query, or DuckDB refuses it.
        WarehouseError: there is no published file.

    """
    import duckdb

    with closing(open_published(path)) as con:
        try:
            statement = _only_statement(con, sql)
            with _time_limit(con, timeout_s):
                result = con.execute(statement)
                columns = tuple(column[0] for column in result.description or ())
                rows = result.fetchmany(max_rows + 1)
        except duckdb.InterruptException as error:
            raise QueryTimeoutError(f"stopped after {timeout_s:g} s: narrow the query down, or allow more time") from error
        except duckdb.Error as error:
            raise QueryError(str(error)) from error
    kept = [tuple(map(_with_zone, row)) for row in rows[:max_rows]]
    return Answer(columns, kept, is_truncated=len(rows) > max_rows)


def _only_statement(con: DuckDBPyConnection, sql: str) -> Any:
    import duckdb

    statements = con.extract_statements(sql)
    if len(statements) != 1:
        raise QueryError(f"one statement at a time, please: found {len(statements)}")
    if statements[0].type not in {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}:
        raise QueryError(f"only queries are run here, not {statements[0].type.name}: begin with select, from, with, describe or explain")
    return statements[0]


@contextmanager
def _time_limit(con: DuckDBPyConnection, seconds: float) -> Iterator[None]:
    timer = Timer(seconds, con.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _with_zone(value: Any) -> Any:
    return aware_utc(value) if isinstance(value, datetime) and value.tzinfo is None else value


@cache
def _sql(name: str) -> str:
    try:
        return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        known = ", ".join(sorted(file.stem for file in QUERIES.glob("*.sql")))
        raise QueryError(f"no query is called {name!r}; there are {known}") from error
