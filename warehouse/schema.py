"""What analysts can ask for, as the published file itself describes it: views and columns with their comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COLUMNS = """
    select columns.table_name, views.comment, columns.column_name, columns.data_type, columns.comment
    from duckdb_columns() as columns
    join duckdb_views() as views on views.view_oid = columns.table_oid and views.database_name = columns.database_name
    where columns.schema_name = 'main' and columns.database_name = current_database() and not columns.internal
    order by columns.table_name, columns.column_index
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a view."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class View:
    """One view of the contract."""

    name: str
    comment: str
    columns: tuple[Column, ...]


def describe_schema(con: DuckDBPyConnection) -> tuple[View, ...]:
    """Return every view with its columns and comments, by name."""
    views: dict[tuple[str, str], list[Column]] = {}
    for view, about, name, kind, comment in con.execute(_COLUMNS).fetchall():
        views.setdefault((view, about or ""), []).append(Column(name, kind, comment or ""))
    return tuple(View(name, about, tuple(columns)) for (name, about), columns in views.items())
