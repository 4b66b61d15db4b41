"""Publishing: planted faults are found and refused, readers go on reading, the copy is whole."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.newsroom import START, batch, consolidate, hours, mention, story
from warehouse.database import open_published
from warehouse.publication import CHECKS, CheckFailedError, find_faults, publish
from warehouse.store import load

PLANTED = {
    "article_one_current_version": "insert into base.article values ('lonely', 'https://news.example/lonely', now()::timestamp)",
    "article_unique": "insert into base.article select 'twin', url, first_seen_at from base.article",
    "entity_known": "delete from base.entity",
    "event_counts": "update base.event_assertion set owner_count = article_count + 1",
    "event_dates": "update base.event_assertion set event_date_precision = 'month', event_date = date '2025-03-17'",
    "event_has_evidence": "delete from base.mention_evidence",
    "event_mentions_held": "update base.event_assertion set mention_ids = list_append(mention_ids, 'nobody')",
    "event_seen_order": "update base.event_assertion set first_seen_at = last_seen_at + interval 1 hour",
    "event_unique": "insert into base.event_assertion from base.event_assertion",
    "evidence_matches_text": "update base.mention_evidence set quote_start = quote_start + 1, quote_end = quote_end + 1",
    "known_order": "update base.mention set known_to = known_from",
    "link_ends": "insert into base.event_link_assertion values ('a', 'b', 'amends', 'm', 'words', now()::timestamp, null)",
    "mention_in_one_event": "insert into base.event_assertion select * replace ('other' as event_id) from base.event_assertion",
    "mention_of_current_version": "update base.article_version set content_hash = 'changed'",
    "mention_unique": "insert into base.mention from base.mention",
    "rejection_unique": "insert into base.rejection select 's', 'r', 'u', '', 'run', now()::timestamp, now()::timestamp, 1 from range(2)",
    "run_unique": "insert into base.run select 'same', 'run', '', now()::timestamp, null, 'done' from range(2)",
}


@pytest.fixture
def filled(con: DuckDBPyConnection) -> DuckDBPyConnection:
    """A sound warehouse with one event, told in letters of several bytes."""
    load(con, "run", batch(story("a", mention(), words="नीति 🇺🇸 việt")), consolidate, START)
    return con


def test_a_sound_warehouse_has_no_faults(filled: DuckDBPyConnection) -> None:
    """Every check passes, and each has a test that it can fail."""
    assert find_faults(filled) == ()
    assert {file.stem for file in CHECKS.glob("*.sql")} == set(PLANTED)


@pytest.mark.parametrize("check", PLANTED)
def test_a_planted_fault_is_found_and_refused(filled: DuckDBPyConnection, tmp_path: Path, check: str) -> None:
    """The refusal names the check and its rows, and readers keep the last good copy."""
    target = tmp_path / "timeline.duckdb"
    target.write_bytes(b"the last good copy")
    filled.execute(PLANTED[check])
    with pytest.raises(CheckFailedError, match=rf"Check {check} \(.*found \d+ rows: \{{'") as caught:
        publish(filled, target)
    assert check in {finding.check for finding in caught.value.findings}
    assert target.read_bytes() == b"the last good copy"


def test_the_copy_holds_everything(filled: DuckDBPyConnection, tmp_path: Path) -> None:
    """Views, macros and the past are in the published file; no draft or log stays behind."""
    publish(filled, tmp_path / "out" / "timeline.duckdb")
    with closing(open_published(tmp_path / "out" / "timeline.duckdb")) as published:
        for relation in ("timeline", "evidence", "measure", "events_on('steel')", "timeline_as_of('2100-01-01')", "base.mention"):
            sql = f"from {relation} order by all"
            assert published.execute(sql).fetchall() == filled.execute(sql).fetchall() != []
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["timeline.duckdb"]


def test_a_draft_that_a_crash_left_is_no_obstacle(filled: DuckDBPyConnection, tmp_path: Path) -> None:
    """It is written anew."""
    (tmp_path / ".timeline.duckdb.draft").write_bytes(b"half a file")
    publish(filled, tmp_path / "timeline.duckdb")
    with closing(open_published(tmp_path / "timeline.duckdb")) as published:
        assert published.execute("select count(*) from timeline").fetchall() == [(1,)]


def test_a_path_with_a_quote_is_a_path(filled: DuckDBPyConnection, tmp_path: Path) -> None:
    """A folder's name cannot end the statement."""
    publish(filled, tmp_path / "o'clock" / "timeline.duckdb")
    assert (tmp_path / "o'clock" / "timeline.duckdb").exists()


READER = """
import sys, duckdb
from pathlib import Path
from warehouse.database import open_published
while True:
    with open_published(Path(sys.argv[1])) as con:
        for _ in range(3):
            print(con.execute("select count(*) from timeline").fetchone()[0], flush=True)
"""


def test_readers_go_on_reading_while_a_new_copy_is_published(con: DuckDBPyConnection, tmp_path: Path) -> None:
    """Another process opens and reads all the time: it never fails, never sees less than before, and sees the last state in the end."""
    target = tmp_path / "timeline.duckdb"
    publish(con, target)
    seen: list[int] = []
    with subprocess.Popen([sys.executable, "-c", READER, str(target)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as reader:
        done = threading.Event()

        def listen() -> None:
            for line in reader.stdout or ():
                seen.append(int(line))
                if seen[-1] == 6:
                    done.set()

        threading.Thread(target=listen, daemon=True).start()
        for number in range(6):
            load(con, "run", batch(story(f"a{number}", mention(f"kind{number}"))), consolidate, START + hours(number))
            publish(con, target)
        assert done.wait(20), reader.poll()
        assert reader.poll() is None
        reader.kill()
    assert seen == sorted(seen)


def test_an_open_reader_keeps_what_it_opened(filled: DuckDBPyConnection, tmp_path: Path) -> None:
    """A reader in the midst of its work is not disturbed by a new copy."""
    target = tmp_path / "timeline.duckdb"
    publish(filled, target)
    with closing(open_published(target)) as reader:
        load(filled, "run", batch(story("b", mention("export_ban"))), consolidate, START + hours(1))
        publish(filled, target)
        assert reader.execute("select count(*) from timeline").fetchall() == [(1,)]
    with closing(open_published(target)) as reader:
        assert reader.execute("select count(*) from timeline").fetchall() == [(2,)]


def test_a_failed_copy_leaves_the_writer_working(filled: DuckDBPyConnection, tmp_path: Path) -> None:
    """A target that cannot be written is an error, and the warehouse can be published elsewhere."""
    blocked = tmp_path / "folder.duckdb"
    blocked.mkdir()
    (blocked / "file").touch()
    with pytest.raises((OSError, duckdb.Error)):
        publish(filled, blocked)
    publish(filled, tmp_path / "timeline.duckdb")
