"""Opening a file that a crash has left behind: a damaged write-ahead log is put aside, loudly, and the file opened without it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.database import Setting, explained

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

log = logging.getLogger(__name__)


def connect_or_recover(path: Path, settings: Mapping[str, Setting]) -> DuckDBPyConnection:
    """Open `path` read-write; if only its write-ahead log is unreadable, put that aside and open the last checkpoint.

    Every load that was acknowledged is in the file itself; the log holds at most the step that a crash cut short. It is kept under a
    new name, and running again does that step anew.

    Raises:
        WarehouseError: it cannot be opened either way.

    """
    import duckdb

    try:
        return duckdb.connect(path, config=dict(settings))
    except duckdb.Error as error:
        if not _blames_log(error, path):
            raise explained(error, path) from error
        aside = put_log_aside(path)
        log.error(  # noqa: TRY400 -- the message says it all; a traceback would bury it
            "%s: its write-ahead log is damaged (%s). The log was put aside as %s and the last checkpoint is opened: "
            "the step that was cut short is missing. Run again to do it anew.",
            path,
            error,
            aside,
        )
    try:
        return duckdb.connect(path, config=dict(settings))
    except duckdb.Error as error:
        raise explained(error, path) from error


def put_log_aside(path: Path) -> Path:
    """Rename the write-ahead log of `path`, keeping its bytes, and return its new name."""
    wal = _log_of(path)
    aside = wal.with_name(f"{wal.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    return wal.rename(aside)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _blames_log(error: Exception, path: Path) -> bool:
    """Whether the log is what DuckDB could not read; a lock or a full disk is no damage."""
    return _log_of(path).exists() and "replaying WAL" in str(error)
