"""A press for each test, from an empty warehouse that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings, load_settings
from flows.digest.edition import make_digest, read_addresses, window_for
from flows.digest.records import Digest
from tests.digest.press import DAY, Press
from warehouse.database import open_warehouse

Reader = Callable[..., Digest]


@pytest.fixture(scope="session")
def blank_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty warehouse; copy it, do not open it."""
    path = tmp_path_factory.mktemp("blank") / "warehouse.duckdb"
    open_warehouse(path).close()
    return path


@pytest.fixture
def press(blank_warehouse: Path, tmp_path: Path) -> Press:
    """A press that has published nothing yet."""
    shutil.copy(blank_warehouse, tmp_path / "warehouse.duckdb")
    return Press(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The shipped settings, with two recipients and the test's data folder."""
    shipped = load_settings().with_data(tmp_path)
    recipients = ("ada@example.org", "Bo <bo@example.org>")
    return shipped.model_copy(update={"digest": shipped.digest.model_copy(update={"recipients": recipients})})


@pytest.fixture
def digest_on(press: Press, settings: Settings) -> Reader:
    """Make the digest of a day, by default of the first of March 2025."""

    def make(day: datetime = DAY, **limits: Any) -> Digest:
        changed = settings.model_copy(update={"digest": settings.digest.model_copy(update=limits)})
        addresses = read_addresses(changed.digest)
        window = window_for(changed, day.date(), datetime.now(DAY.tzinfo), to_send=False)
        return make_digest(changed, window, addresses)

    return make
