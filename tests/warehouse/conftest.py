"""A migrated warehouse for each test, copied from one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from warehouse.database import open_warehouse


@pytest.fixture(scope="session")
def blank_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty warehouse; copy it, do not open it."""
    path = tmp_path_factory.mktemp("blank") / "warehouse.duckdb"
    open_warehouse(path).close()
    return path


@pytest.fixture
def warehouse_path(blank_warehouse: Path, tmp_path: Path) -> Path:
    """Path of an empty warehouse of the test's own."""
    return Path(shutil.copy(blank_warehouse, tmp_path / "warehouse.duckdb"))


@pytest.fixture
def con(warehouse_path: Path) -> Iterator[DuckDBPyConnection]:
    """An open, empty warehouse."""
    with closing(open_warehouse(warehouse_path)) as opened:
        yield opened
