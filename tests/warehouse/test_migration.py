"""Migrations: a blank file, the same file again, a changed step, a failing step."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.newsroom import START, batch, consolidate, mention, story
from warehouse.database import open_warehouse
from warehouse.migration import MIGRATIONS, VIEWS, MigrationError, migrate
from warehouse.store import load


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """A copy of the shipped migrations, to be changed."""
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))


def tables(con: DuckDBPyConnection) -> set[str]:
    """Names of the base tables."""
    return {name for (name,) in con.execute("select table_name from duckdb_tables() where schema_name = 'base'").fetchall()}


def test_a_blank_file_gets_every_step() -> None:
    """All shipped steps are applied to an empty database, in order."""
    with closing(duckdb.connect()) as con:
        assert migrate(con) == tuple(sorted(file.name for file in MIGRATIONS.glob("*.sql")))
        assert {"mention", "event_assertion", "migration"} <= tables(con)


def test_migrating_again_writes_nothing(con: DuckDBPyConnection) -> None:
    """A file that is up to date is left as it is."""
    before = con.execute("from base.migration order by all").fetchall()
    assert migrate(con) == ()
    assert con.execute("from base.migration order by all").fetchall() == before


def test_a_new_step_keeps_the_rows(con: DuckDBPyConnection, steps: Path) -> None:
    """A table with rows can be altered by a later step, and all views still answer."""
    load(con, "run", batch(story("a", mention())), consolidate, START)
    (steps / "999_more.sql").write_text("-- Note of a person.\nalter table base.event_assertion add column note varchar;")
    assert migrate(con, steps) == ("999_more.sql",)
    assert con.execute("select count(*), count(note) from base.event_assertion").fetchall() == [(1, 0)]
    for (name,) in con.execute("select view_name from duckdb_views() where not internal").fetchall():
        con.execute(f"from {name}")


def test_a_changed_step_is_refused_by_name(con: DuckDBPyConnection, steps: Path) -> None:
    """A step that was applied must never change; the message says what to do instead."""
    changed = min(steps.glob("*.sql"))
    changed.write_text(changed.read_text() + "\n-- second thoughts")
    with pytest.raises(MigrationError, match=rf"{re.escape(changed.name)} was changed .* new migration"):
        migrate(con, steps)


def test_a_file_of_a_newer_release_is_refused(con: DuckDBPyConnection, steps: Path) -> None:
    """A step that this release does not have means that a newer one wrote the file."""
    (steps / "999_more.sql").write_text("create table base.more (a integer);")
    migrate(con, steps)
    with pytest.raises(MigrationError, match=r"999_more\.sql .* newer tradewire"):
        migrate(con)


def test_a_failing_step_leaves_nothing_and_the_ones_before_stay(con: DuckDBPyConnection, steps: Path) -> None:
    """Each step is one transaction with its record."""
    (steps / "998_good.sql").write_text("create table base.good (a integer);")
    (steps / "999_bad.sql").write_text("create table base.half (a integer); select no_such_function();")
    with pytest.raises(duckdb.Error):
        migrate(con, steps)
    assert "good" in tables(con)
    assert "half" not in tables(con)
    assert con.execute("select name from base.migration where name like '99%'").fetchall() == [("998_good.sql",)]


def test_views_follow_their_files(con: DuckDBPyConnection, tmp_path: Path) -> None:
    """A changed view is made anew though no step is missing."""
    views = Path(shutil.copytree(VIEWS, tmp_path / "views"))
    (views / "99_answer.sql").write_text("create or replace view answer as select 42 as number;")
    migrate(con, MIGRATIONS, views)
    assert con.execute("from answer").fetchall() == [(42,)]


def test_an_opened_file_has_no_log_left(tmp_path: Path) -> None:
    """Schema changes are checkpointed at once."""
    path = tmp_path / "new" / "warehouse.duckdb"
    with closing(open_warehouse(path)):
        log = path.with_name(path.name + ".wal")
        assert not log.exists() or log.stat().st_size == 0
