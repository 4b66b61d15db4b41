"""What a warehouse tells, without what depends on the hour of the run."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from warehouse.database import open_published


def timeline_of(path: Path) -> list[tuple[Any, ...]]:
    """Return the rows of the published timeline, without when they were learned."""
    with closing(open_published(path)) as con:
        return con.execute("select * exclude (first_seen_at, last_seen_at) from timeline order by event_id").fetchall()


def evidence_of(path: Path) -> list[tuple[Any, ...]]:
    """Return the rows of the published evidence."""
    with closing(open_published(path)) as con:
        return con.execute("select event_id, article_id, field, quote, quote_start, quote_end from evidence order by all").fetchall()


def counts_of(path: Path) -> dict[str, int]:
    """Return how many rows each base table of the writer's file has."""
    import duckdb

    with closing(duckdb.connect(path, read_only=True)) as con:
        tables = con.execute("select schema_name, table_name from duckdb_tables() where not temporary").fetchall()
        return {name: con.execute(f'select count(*) from "{schema}"."{name}"').fetchall()[0][0] for schema, name in tables}
