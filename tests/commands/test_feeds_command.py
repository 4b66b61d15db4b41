"""`tradewire feeds` tells what is watched and how it has been doing."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from config.feeds import load_feeds
from config.settings import load_settings
from flows.cli import cli
from flows.exits import Exit
from flows.sources.state import FetchState

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder in which BIS was heard at noon and USTR failed twice."""
    settings = load_settings().with_data(tmp_path)
    with closing(FetchState(settings.paths.fetch_state, settings.fetching, lambda: NOON)) as state:
        state.acknowledge("us-bis", None)
        state.record_failure("us-ustr")
        state.record_failure("us-ustr")
    return tmp_path


def run(*arguments: str) -> Result:
    """Run `tradewire feeds` with `arguments`."""
    return CliRunner().invoke(cli, ["feeds", *arguments])


def records(*arguments: str) -> dict[str, dict[str, Any]]:
    """Return the rows of `tradewire feeds --json`, by feed."""
    return {row["feed"]: row for row in json.loads(run(*arguments, "--json").stdout)}


def test_every_configured_feed_is_listed(tmp_path: Path) -> None:
    """Before the first run all are there, none has failed, none was heard."""
    rows = records("--data", str(tmp_path))

    assert list(rows) == [feed.id for feed in load_feeds()]
    assert {(row["failures"], row["last_success"]) for row in rows.values()} == {(0, None)}


def test_looking_leaves_no_trace(tmp_path: Path) -> None:
    """Listing makes no state file; only a run does."""
    assert run("--data", str(tmp_path)).exit_code == Exit.DONE
    assert not list(tmp_path.iterdir())


def test_health_comes_from_the_memory_of_sources(data: Path) -> None:
    """Last success, failures in a row and the next try are those that the last run noted."""
    rows = records("--data", str(data))

    assert rows["us-bis"]["last_success"] == "2026-11-22T12:00:00+00:00"
    assert rows["us-bis"]["next_poll"] is None
    assert rows["us-ustr"]["failures"] == 2
    assert rows["us-ustr"]["next_poll"] > "2026-11-22T12:00"


def test_failing_feeds_can_be_asked_for_alone(data: Path) -> None:
    """`--failing` leaves out all that are well."""
    assert list(records("--failing", "--data", str(data))) == ["us-ustr"]


def test_one_language_can_be_asked_for_alone(data: Path) -> None:
    """`--language` keeps the feeds of that language."""
    assert {row["language"] for row in records("--language", "ko", "--data", str(data)).values()} == {"ko"}


def test_the_table_tells_health_in_words(data: Path) -> None:
    """A person reads "well", "failed 2x" and "not asked yet", and the count of failing feeds."""
    told = run("--language", "en", "--data", str(data))

    assert "failed 2x" in told.stdout
    assert "not asked yet" in told.stdout
    assert "1 failing" in told.stderr


def test_csv_has_a_header_and_a_line_a_feed(data: Path) -> None:
    """The CSV can be read by a program."""
    rows = list(csv.DictReader(run("--csv", "--data", str(data)).stdout.splitlines()))

    assert len(rows) == len(load_feeds())
    assert rows[0]["owner"] == "Government of the United States"


def test_a_damaged_memory_is_told_with_the_mend(tmp_path: Path) -> None:
    """Garbage where the state file should be ends with status 3 and what to do, not with a trace."""
    load_settings().with_data(tmp_path).paths.fetch_state.write_bytes(b"no database" * 100)

    told = run("--data", str(tmp_path))

    assert told.exit_code == Exit.NOTHING
    assert "Move it away" in told.stderr
