"""Rows on their way into the warehouse: Python dicts in, one JSON parameter, one set-based insert."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def insert_rows(con: DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert `rows`, whose keys are columns of `table`; columns that a row does not name stay null.

    `table` is a name from our own code, never from outside. All rows travel as one JSON parameter: 20,000 rows take 0.1 s, where a
    statement a row takes half a minute.
    """
    payload = json.dumps(list(rows), default=_as_json)
    if payload != "[]":
        statement = f"insert into {table} by name select unnest(from_json($rows, $shape), max_depth := 2)"
        con.execute(statement.replace("$shape", _quoted(_shape(con, table))), {"rows": payload})


def naive_utc(moment: datetime) -> datetime:
    """Return `moment` in UTC without its zone: the way that all times are stored."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def aware_utc(moment: datetime) -> datetime:
    """Return a stored time with the zone that it is meant in."""
    return moment.replace(tzinfo=UTC)


def _shape(con: DuckDBPyConnection, table: str) -> str:
    """Column names and types of `table`, in the form that from_json wants (it takes no parameter there)."""
    columns = con.execute(f"describe {table}").fetchall()
    return json.dumps([{name: kind for name, kind, *_ in columns}])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _as_json(value: object) -> str:
    if isinstance(value, datetime):
        return naive_utc(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not go into the warehouse")
