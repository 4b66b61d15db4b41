"""Bringing a file's tables and views up to date: numbered steps, each applied once and recorded with its checksum."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.database import WarehouseError, checkpoint, transaction

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HERE = Path(__file__).parent
MIGRATIONS = HERE / "migrations"
VIEWS = HERE / "views"
_RECORD = """
    create schema if not exists base;
    create table if not exists base.migration (name varchar not null, sha256 varchar not null, applied_at timestamp not null);
    comment on table base.migration is 'Steps that were applied to this file, with the checksum of their text; "views" is all of views/.';
"""
_VIEWS = "views"


class MigrationError(WarehouseError):
    """The file's history does not fit the steps that this release has."""


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered file of SQL."""

    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Checksum of the text: an applied step must never change."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrate(con: DuckDBPyConnection, migrations: Path = MIGRATIONS, views: Path = VIEWS) -> tuple[str, ...]:
    """Apply the steps that are still missing, one transaction each, then make all views and macros anew; return the steps' names.

    Nothing is written when nothing is missing.

    Raises:
        MigrationError: an applied step has changed since, or is unknown to this release.

    """
    if not _has_record(con):
        with transaction(con):
            con.execute(_RECORD)
    applied = dict(con.execute("select name, sha256 from base.migration").fetchall())
    steps = _read(migrations)
    _refuse_other_history(applied, steps)
    missing = [step for step in steps if step.name not in applied]
    for step in missing:
        _apply(con, step)
    shown = Step(_VIEWS, "\n".join(step.sql for step in _read(views)))
    if missing or applied.get(_VIEWS) != shown.sha256:
        _apply(con, shown)
        # A file killed between schema changes and a checkpoint once failed to open; the log is emptied while it is small.
        checkpoint(con)
    return tuple(step.name for step in missing)


def _read(folder: Path) -> list[Step]:
    return [Step(file.name, file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.sql"))]


def _has_record(con: DuckDBPyConnection) -> bool:
    found = "select 1 from duckdb_tables() where database_name = current_database() and schema_name = 'base' and table_name = 'migration'"
    return con.execute(found).fetchone() is not None


def _refuse_other_history(applied: dict[str, str], steps: list[Step]) -> None:
    known = {step.name: step.sha256 for step in steps}
    for name, sha256 in applied.items():
        if name == _VIEWS:
            continue
        if name not in known:
            raise MigrationError(f"migration {name} was applied to this file but is unknown here: use the newer tradewire that wrote it")
        if known[name] != sha256:
            raise MigrationError(
                f"migration {name} was changed after it was applied to this file: restore its text and put the change into a new migration"
            )


def _apply(con: DuckDBPyConnection, step: Step) -> None:
    with transaction(con):
        con.execute(step.sql)
        con.execute("delete from base.migration where name = ?", [step.name])
        con.execute("insert into base.migration values (?, ?, now()::timestamp)", [step.name, step.sha256])
