"""The contract with analysts: every view, macro and column is there, says what it is, and has the right kind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from warehouse.database import open_published, open_warehouse
from warehouse.publication import CHECKS, publish
from warehouse.queries import QUERIES
from warehouse.schema import describe_schema
from warehouse.store import LOADING

WAREHOUSE = CHECKS.parent
TIMELINE = (
    "event_id measure_id event_date event_date_precision effective_date effective_date_precision instrument status issuers targets "
    "issuer_bodies firms items hs_codes rate_pct legal_documents title article_count owner_count languages official_source confidence "
    "first_seen_at last_seen_at"
)
VIEWS = {
    "timeline": TIMELINE,
    "upcoming": TIMELINE,
    "evidence": "event_id article_id url publisher owner language published_at field quote quote_start quote_end",
    "article": "article_id url title text language publisher owner published_at",
    "mention": "mention_id article_id event_id instrument status issuers targets date effective rate_pct",
    "entity": "id type name aliases identifiers",
    "entity_mention": "entity_id article_id quote quote_start quote_end",
    "measure": "measure_id instrument status event_count",
    "event_link": "from_event to_event kind evidence",
    "rejection": "stage reason url detail",
    "run": "run_id command started_at finished_at status source_set_version",
    "legal_document": "document event_id",
}
MACROS = {"timeline_as_of": ["ts"], "events_on": ["item"], "between": ["issuer", "target"]}
CALLS = {"timeline_as_of": "timeline_as_of(now()::timestamp)", "events_on": "events_on('steel')", "between": "\"between\"('US', 'CN')"}


@pytest.fixture(scope="module")
def con(blank_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    """An empty warehouse that these tests only look at."""
    with closing(open_warehouse(Path(shutil.copy(blank_warehouse, tmp_path_factory.mktemp("contract"))))) as opened:
        yield opened


def columns(con: DuckDBPyConnection, relation: str) -> dict[str, str]:
    """Names and types of what `relation` gives."""
    return {name: kind for name, kind, *_ in con.execute(f"describe from {relation}").fetchall()}


@pytest.mark.parametrize("view", VIEWS)
def test_every_promised_column_is_there(con: DuckDBPyConnection, view: str) -> None:
    """Each view has at least the columns of the contract."""
    assert set(VIEWS[view].split()) <= columns(con, view).keys()


def test_the_timeline_is_exactly_as_promised(con: DuckDBPyConnection) -> None:
    """Its columns come in the order of the contract, and lists are lists."""
    kinds = columns(con, "timeline")
    assert " ".join(kinds) == TIMELINE
    assert {name for name, kind in kinds.items() if kind == "VARCHAR[]"} == {
        *("issuers", "targets", "issuer_bodies", "firms", "items", "hs_codes", "legal_documents", "languages"),
    }
    assert (kinds["event_date"], kinds["rate_pct"], kinds["first_seen_at"]) == ("DATE", "DOUBLE", "TIMESTAMP")


@pytest.mark.parametrize("macro", MACROS)
def test_every_promised_macro_answers_like_the_timeline(con: DuckDBPyConnection, macro: str) -> None:
    """Table macros take the promised parameters, give the timeline's columns, and are commented."""
    found = con.execute("select parameters, comment from duckdb_functions() where function_name = $name", {"name": macro}).fetchall()
    assert [parameters for parameters, _ in found] == [MACROS[macro]]
    assert found[0][1]
    assert columns(con, CALLS[macro]) == columns(con, "timeline")


def test_every_view_and_column_is_commented(con: DuckDBPyConnection) -> None:
    """Nothing in an analyst's sight is without an explanation."""
    assert con.execute("select view_name from duckdb_views() where not internal and coalesce(comment, '') = ''").fetchall() == []
    uncommented = """
        select table_name, column_name from duckdb_columns()
        where schema_name = 'main' and not internal and coalesce(comment, '') = ''
    """
    assert con.execute(uncommented).fetchall() == []


def test_analysts_see_the_contract_alone(con: DuckDBPyConnection) -> None:
    """Base tables live in a schema of their own."""
    main = con.execute("select table_name from information_schema.tables where table_schema = 'main'").fetchall()
    assert {name for (name,) in main} == set(VIEWS)


def test_the_schema_describes_itself(con: DuckDBPyConnection) -> None:
    """The description for the documentation holds every view and column with its comment."""
    described = {view.name: view for view in describe_schema(con)}
    assert set(described) == set(VIEWS)
    assert [column.name for column in described["timeline"].columns] == TIMELINE.split()
    assert all(view.comment and all(column.comment for column in view.columns) for view in described.values())


def test_the_published_copy_keeps_the_comments(con: DuckDBPyConnection, tmp_path: Path) -> None:
    """What describes the warehouse describes the published file."""
    publish(con, tmp_path / "timeline.duckdb")
    with open_published(tmp_path / "timeline.duckdb") as published:
        assert describe_schema(published) == describe_schema(con)


@pytest.mark.parametrize("file", sorted(WAREHOUSE.rglob("*.sql")), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_sql_file_begins_with_its_purpose(file: Path) -> None:
    """A person who opens a file reads first what it is for; queries and loading steps state their grain as well."""
    first, *_ = text = file.read_text(encoding="utf-8").splitlines()
    assert first.startswith("-- ")
    if file.parent in {QUERIES, LOADING}:
        head = " ".join(line for line in text if line.startswith("--"))
        assert "Purpose:" in head
        assert "Grain:" in head
