"""`tradewire doctor` finds what is broken, names the mend, and ends with the status that a scheduler understands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner

from config.errors import ConfigError
from config.feeds import load_feeds
from config.settings import load_settings
from flows.checkup.findings import Finding, State
from flows.checkup.stores import check_published, check_sources, check_warehouse, newest_fetch
from flows.checkup.surroundings import SPARE_BYTES, check_clock, check_configuration, check_disk, check_mail
from flows.cli import cli
from flows.exits import Exit
from flows.sources.state import FetchState
from warehouse.database import open_warehouse
from warehouse.publication import publish

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty warehouse and its published copy."""
    folder = tmp_path_factory.mktemp("data")
    paths = load_settings().with_data(folder).paths
    with closing(open_warehouse(paths.warehouse)) as con:
        publish(con, paths.timeline)
    return folder


def test_all_checks_are_told_as_json(empty_warehouse: Path) -> None:
    """Every check has its line with state, finding and mend, for a program to read."""
    told = json.loads(CliRunner().invoke(cli, ["doctor", "--json", "--data", str(empty_warehouse)]).stdout)
    states = {row["check"]: row["state"] for row in told}

    assert {"mail headers", "disk", "feeds", "warehouse", "published timeline", "clock"} <= set(states)
    assert states["warehouse"] == "ok"
    assert all(row["mend"] for row in told if row["state"] != "ok")


def test_the_process_ends_with_1_when_a_check_fails(tmp_path: Path) -> None:
    """A scheduler sees the failure in the exit status, through the real entry point."""
    (tmp_path / "warehouse.duckdb").write_bytes(b"not a database at all" * 100)
    command = [sys.executable, "-c", "from flows.cli import main; main()", "doctor", "--data", str(tmp_path)]

    ended = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"})

    assert ended.returncode == Exit.PARTLY
    assert "not a DuckDB file" in " ".join(ended.stdout.split())
    assert "Traceback" not in ended.stderr


def test_a_broken_part_of_the_configuration_is_named() -> None:
    """Only the part that does not load is reported, with what its loader says."""

    def broken() -> object:
        raise ConfigError("feeds.toml:7: ownr: unknown key")

    (finding,) = check_configuration({"feeds": broken, "settings": load_settings})

    assert (finding.check, finding.state) == ("configuration: feeds", State.FAIL)
    assert "feeds.toml:7" in finding.found


def test_a_sound_configuration_is_one_line() -> None:
    """Nothing amiss needs no list."""
    assert [finding.state for finding in check_configuration({"feeds": load_feeds, "settings": load_settings})] == [State.OK]


def test_a_mail_package_that_leaks_headers_is_found_out() -> None:
    """The check looks at the bytes that come out, whatever the version says."""

    def leaky(message: EmailMessage) -> bytes:
        return b"Subject: tariffs\r\nBcc: stranger@example.com\r\n\r\n" + message.get_content().encode()

    assert check_mail(leaky).state is State.WARN


def test_a_mail_package_that_keeps_the_subject_whole_is_well() -> None:
    """An encoded subject stays one header."""

    def tight(message: EmailMessage) -> bytes:
        return b"Subject: =?utf-8?q?tariffs=0D=0ABcc:_stranger@example.com?=\r\n\r\nx"

    assert check_mail(tight).state is State.OK


@pytest.mark.parametrize(("free", "state"), [(SPARE_BYTES - 1, State.FAIL), (2 * SPARE_BYTES, State.WARN), (9 * SPARE_BYTES, State.OK)])
def test_room_is_judged_by_what_publishing_needs(tmp_path: Path, free: int, state: State) -> None:
    """Without room for a second copy nothing can be published; little more than that is a warning."""
    assert check_disk(load_settings().with_data(tmp_path / "new" / "folder").paths, lambda _: free).state is state


def test_a_big_warehouse_needs_more_room(tmp_path: Path) -> None:
    """The size of the warehouse itself counts, since publishing copies it whole."""
    paths = load_settings().with_data(tmp_path).paths
    with paths.warehouse.open("wb") as file:
        file.truncate(5 * SPARE_BYTES)

    assert check_disk(paths, lambda _: 5 * SPARE_BYTES).state is State.FAIL


def test_most_feeds_failing_is_a_warning(tmp_path: Path) -> None:
    """One dead feed is life; more than half is the network."""
    settings = load_settings().with_data(tmp_path)
    feeds = load_feeds()
    with closing(FetchState(settings.paths.fetch_state, settings.fetching)) as state:
        state.record_failure(feeds[0].id)
    few = check_sources(settings)
    with closing(FetchState(settings.paths.fetch_state, settings.fetching)) as state:
        for feed in feeds[: len(feeds) // 2 + 1]:
            state.record_failure(feed.id)
    many = check_sources(settings)

    assert (few.state, many.state) == (State.OK, State.WARN)


def test_a_damaged_memory_of_sources_fails(tmp_path: Path) -> None:
    """The file is named, so that it can be moved away."""
    settings = load_settings().with_data(tmp_path)
    settings.paths.fetch_state.write_bytes(b"no database" * 100)

    finding = check_sources(settings)

    assert finding.state is State.FAIL
    assert str(settings.paths.fetch_state) in finding.mend


def test_rows_that_must_not_be_are_found(tmp_path: Path) -> None:
    """A warehouse whose checks find rows fails, with the check's name."""
    path = tmp_path / "warehouse.duckdb"
    with closing(open_warehouse(path)) as con:
        for _ in range(2):
            con.execute("insert into base.run values ('same', 'run', 'v1', timestamp '2026-11-22 12:00', null, 'running')")

    finding = check_warehouse(path)

    assert finding.state is State.FAIL
    assert "run_unique" in finding.found


def test_a_warehouse_that_is_not_there_yet_is_no_failure(tmp_path: Path) -> None:
    """A fresh checkout is told what to run first, and looking makes no file."""
    assert check_warehouse(tmp_path / "warehouse.duckdb").state is State.WARN
    assert check_published(tmp_path / "timeline.duckdb", NOW).state is State.WARN
    assert not list(tmp_path.iterdir())


def test_a_damaged_log_that_was_put_aside_is_brought_up(empty_warehouse: Path, tmp_path: Path) -> None:
    """Recovery is loud once in the log of a run; the doctor says it again."""
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes((empty_warehouse / "warehouse.duckdb").read_bytes())
    aside = tmp_path / "warehouse.duckdb.wal.damaged-20261122T120000000000"
    aside.write_bytes(b"torn")

    finding = check_warehouse(path)

    assert finding.state is State.WARN
    assert aside.name in finding.found


def test_a_published_file_that_cannot_be_read_fails(tmp_path: Path) -> None:
    """Readers would see nothing but an error."""
    (tmp_path / "timeline.duckdb").write_bytes(b"torn" * 1000)

    assert check_published(tmp_path / "timeline.duckdb", NOW).state is State.FAIL


def test_an_empty_timeline_is_a_warning(empty_warehouse: Path) -> None:
    """It is there and readable, but nothing was ever fetched."""
    timeline = empty_warehouse / "timeline.duckdb"

    assert check_published(timeline, NOW) == Finding(
        "published timeline", State.WARN, "0 events, no article yet", check_published(timeline, NOW).mend
    )
    assert newest_fetch(timeline) is None


@pytest.mark.parametrize(
    ("now", "newest", "state"),
    [
        (NOW, None, State.OK),
        (NOW, NOW - timedelta(days=1), State.OK),
        (NOW, NOW + timedelta(minutes=5), State.OK),
        (NOW, NOW + timedelta(days=30), State.FAIL),
        (datetime(1970, 1, 1, tzinfo=UTC), None, State.FAIL),
    ],
)
def test_the_clock_must_not_stand_before_what_was_fetched(now: datetime, newest: datetime | None, state: State) -> None:
    """Minutes are skew; a month back, or the epoch, is a clock that was lost."""
    assert check_clock(now, newest).state is state
