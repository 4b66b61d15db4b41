"""Crashes: a loader killed at any moment, a damaged log, a full disk, two writers."""

from __future__ import annotations

import logging
import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.loader import ARTICLES
from tests.warehouse.newsroom import START, batch, consolidate, hours, mention, story
from warehouse.database import DiskFullError, WarehouseBusyError, WarehouseError, open_warehouse
from warehouse.publication import find_faults
from warehouse.store import load

ROOT = Path(__file__).parents[2]
KILLS = 30
pytestmark = pytest.mark.fault


def loader(path: Path, first: int) -> subprocess.Popen[str]:
    """A loader process that begins with batch `first`, ready to load."""
    command = [sys.executable, "-m", "tests.warehouse.loader", str(path), str(first)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def killed_after(path: Path, first: int, seconds: float) -> int:
    """Start a loader, kill it after `seconds`, and return how many batches it has acknowledged in all."""
    with loader(path, first) as process:
        time.sleep(seconds)
        process.kill()
        acknowledged = [int(line) for line in process.stdout or ()]
    return acknowledged[-1] + 1 if acknowledged else first


def whole_batches(con: DuckDBPyConnection) -> int:
    """How many batches are in, each of them whole; fails on half a batch or a gap."""
    of_batch = "select regexp_extract(url, 'b(-?\\d+)-', 1)::integer as number, count(*) from base.article group by number order by number"
    corrected, *batches = con.execute(of_batch).fetchall() or [(-1, 1)]
    assert corrected == (-1, 1)
    assert batches == [(number, ARTICLES) for number in range(len(batches))]
    for table in ("rejection", "load"):
        assert con.execute(f"select count(*) from base.{table}").fetchall() == [(len(batches),)]
    held = "select count(*) from base.mention where known_to is null"
    # Two mentions an article, but the first article of every batch except the last was corrected to tell one.
    expected = len(batches) * ARTICLES * 2 - max(len(batches) - 1, 0) + bool(batches)
    assert con.execute(held).fetchall() == [(expected,)]
    return len(batches)


@pytest.mark.slow
def test_killing_the_loader_loses_nothing_acknowledged_and_leaves_nothing_half(warehouse_path: Path) -> None:
    """After SIGKILL at many random moments the file always opens, with whole batches only, and all that were acknowledged."""
    dice, stored, acknowledged_in_all = random.Random(2025), 0, 0
    for _ in range(KILLS):
        acknowledged = killed_after(warehouse_path, stored, dice.uniform(0, 0.4))
        with closing(open_warehouse(warehouse_path)) as con:
            stored = whole_batches(con)
        assert stored in (acknowledged, acknowledged + 1), "a load that was not acknowledged yet may be in, but only whole"
        acknowledged_in_all = max(acknowledged_in_all, acknowledged)
    assert acknowledged_in_all >= 3, "the loader must get something done between the kills"
    with closing(open_warehouse(warehouse_path)) as con:
        assert find_faults(con) == ()
        assert con.execute("select distinct issuers from timeline order by all").fetchall() == [(["CN"],), (["US"],)]


LEAVE_LOG = """
import os, sys
from pathlib import Path
from tests.warehouse.newsroom import START
from warehouse.database import open_warehouse
from warehouse.runs import start_run
con = open_warehouse(Path(sys.argv[1]))
for number in range(20):
    start_run(con, "a step that is cut short", START)
os._exit(0)
"""


@pytest.fixture(scope="module")
def killed_warehouse(blank_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse whose last loads are in its write-ahead log only; copy it, do not open it."""
    path = Path(shutil.copy(blank_warehouse, tmp_path_factory.mktemp("killed") / "warehouse.duckdb"))
    with closing(open_warehouse(path)) as con:
        load(con, "run", batch(story("kept", mention())), consolidate, START)
    subprocess.run([sys.executable, "-c", LEAVE_LOG, str(path)], cwd=ROOT, check=True)
    assert path.with_name("warehouse.duckdb.wal").stat().st_size > 1000
    return path.parent


@pytest.fixture
def with_log(killed_warehouse: Path, tmp_path: Path) -> Path:
    """Such a warehouse of the test's own."""
    return Path(shutil.copytree(killed_warehouse, tmp_path / "killed")) / "warehouse.duckdb"


@pytest.mark.parametrize("place", [0.01, 0.3, 0.5, 0.999])
def test_a_damaged_log_is_put_aside_loudly(with_log: Path, caplog: pytest.LogCaptureFixture, place: float) -> None:
    """The last checkpoint opens, the log is kept under the name that the message gives, and loading goes on."""
    log = with_log.with_name("warehouse.duckdb.wal")
    damaged = bytearray(log.read_bytes())
    for offset in range(8):
        damaged[min(int(len(damaged) * place) + offset, len(damaged) - 1)] ^= 0xFF
    log.write_bytes(damaged)
    with caplog.at_level(logging.ERROR), closing(open_warehouse(with_log)) as con:
        (aside,) = with_log.parent.glob("warehouse.duckdb.wal.damaged-*")
        assert str(aside) in caplog.text
        assert aside.read_bytes() == bytes(damaged)
        assert con.execute("select url from article").fetchall() == [("https://news.example/kept",)]
        assert load(con, "run", batch(story("new", mention())), consolidate, START + hours(1)).articles_new == 1


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_log_cut_short_opens_with_whole_loads(with_log: Path, share: float) -> None:
    """What a power cut leaves of the log is used as far as it is whole; acknowledged loads were never in it alone."""
    log = with_log.with_name("warehouse.duckdb.wal")
    log.write_bytes(log.read_bytes()[: int(log.stat().st_size * share)])
    with closing(open_warehouse(with_log)) as con:
        assert find_faults(con) == ()
        assert con.execute("select url from article").fetchall() == [("https://news.example/kept",)]


@pytest.mark.parametrize("number", [0, 7])
def test_a_load_is_in_the_file_itself_once_it_is_acknowledged(warehouse_path: Path, number: int) -> None:
    """DuckDB silently drops a log whose first bytes are wrong; no acknowledged load goes with it."""
    acknowledged = killed_after(warehouse_path, 0, 0.1 * number)
    log = warehouse_path.with_name("warehouse.duckdb.wal")
    if log.exists():
        log.write_bytes(b"garbage" + log.read_bytes()[7:])
    with closing(open_warehouse(warehouse_path)) as con:
        assert whole_batches(con) >= acknowledged


FILL = """
import resource, sys
sys.modules["pandas"] = None  # as in loader.py
from pathlib import Path
from tests.warehouse.newsroom import START, batch, consolidate, hours, mention, story
from warehouse.database import DiskFullError, open_warehouse
from warehouse.store import load
path = Path(sys.argv[1])
with open_warehouse(path) as con:
    resource.setrlimit(resource.RLIMIT_FSIZE, (7_000_000, 7_000_000))
    try:
        for number in range(1000):
            words = " ".join(map(str, range(number, number + 40_000)))
            load(con, "run", batch(story(f"a{number}", mention(), words=words)), consolidate, START + hours(number))
            print(number, flush=True)
    except DiskFullError as error:
        print("full:", error, flush=True)
"""


def test_a_full_disk_is_told_clearly_and_loses_nothing(warehouse_path: Path) -> None:
    """The message says what was kept and what to do; on reopening, every acknowledged load is there."""
    filled = subprocess.run([sys.executable, "-c", FILL, str(warehouse_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    *acknowledged, last = filled.stdout.splitlines()
    assert last.startswith("full: the disk is full: the last step may not have been kept"), filled.stderr
    assert "Make room and run again" in last
    assert acknowledged
    with closing(open_warehouse(warehouse_path)) as con:
        ((kept,),) = con.execute("select count(*) from article").fetchall()
        assert kept in (len(acknowledged), len(acknowledged) + 1)
        assert find_faults(con) == ()
        assert load(con, "run", batch(story("after", mention())), consolidate, START + hours(2000)).articles_new == 1


PUBLISH = """
import resource, sys
sys.modules["pandas"] = None  # as in loader.py
from pathlib import Path
from tests.warehouse.newsroom import START, batch, consolidate, mention, story
from warehouse.database import DiskFullError, open_warehouse
from warehouse.publication import publish
from warehouse.store import load
path = Path(sys.argv[1])
with open_warehouse(path) as con:
    load(con, "run", batch(story("a", mention(), words=" ".join(map(str, range(100_000))))), consolidate, START)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        publish(con, path.with_name("timeline.duckdb"))
    except DiskFullError:
        print("full", con.execute("select count(*) from timeline").fetchone()[0])
"""


def test_no_room_for_the_copy_leaves_readers_the_last_one(warehouse_path: Path) -> None:
    """Publishing fails clearly, leaves no draft behind, and the warehouse works on."""
    target = warehouse_path.with_name("timeline.duckdb")
    target.write_bytes(b"the last good copy")
    told = subprocess.run([sys.executable, "-c", PUBLISH, str(warehouse_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout == "full 1\n", told.stderr
    assert target.read_bytes() == b"the last good copy"
    assert list(target.parent.glob(".timeline*")) == []


def test_a_full_disk_is_told_from_other_troubles(con: DuckDBPyConnection) -> None:
    """Only a lack of room is called so; a wrong statement stays what it is."""
    from warehouse.database import explained, transaction

    assert isinstance(explained(OSError("No space left on device"), Path("x")), DiskFullError)
    assert not isinstance(explained(OSError("Permission denied"), Path("x")), DiskFullError)
    with pytest.raises(Exception, match="no_such_table"), transaction(con):
        con.execute("from no_such_table")


def test_a_second_writer_is_told_who_is_at_it(warehouse_path: Path) -> None:
    """It waits for nothing and breaks nothing."""
    with loader(warehouse_path, 0) as process:
        with pytest.raises(WarehouseBusyError, match=str(process.pid)):
            open_warehouse(warehouse_path)
        process.kill()
    open_warehouse(warehouse_path).close()


def test_a_file_that_is_no_warehouse_is_left_alone(tmp_path: Path) -> None:
    """It may be somebody's thesis."""
    path = tmp_path / "warehouse.duckdb"
    path.write_text("not a database " * 1000)
    with pytest.raises(WarehouseError, match="not a DuckDB file; move it away"):
        open_warehouse(path)
    assert path.read_text().startswith("not a database")


def test_a_log_beside_a_busy_file_is_not_touched(with_log: Path) -> None:
    """A lock is no damage."""
    with loader(with_log, 0) as process:
        with pytest.raises(WarehouseBusyError):
            open_warehouse(with_log)
        process.kill()
    assert list(with_log.parent.glob("*.damaged-*")) == []
