"""Opening the warehouse: the writer's file read-write and migrated, the published copy read-only and locked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import MendableError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Setting = str | bool | int | float | list[str]
PUBLISHED_MEMORY = "1GB"
"""What one reader of the published file may use; a million events need less than a fifth."""
PUBLISHED_THREADS = "2"
_NO_EXTENSIONS: dict[str, Setting] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
# A load is many small statements: on two cores a second thread costs a third more time than one, also for 20,000 mentions.
_WRITER: dict[str, Setting] = {**_NO_EXTENSIONS, "threads": 1}
_LOCKED: dict[str, Setting] = {
    **_NO_EXTENSIONS,
    "enable_external_access": "false",
    "lock_configuration": "true",
    "memory_limit": PUBLISHED_MEMORY,
    "threads": PUBLISHED_THREADS,
    "max_temp_directory_size": "2GB",
}
_FULL = re.compile(r"no space left|file too large|quota exceeded|not enough space", re.IGNORECASE)


class WarehouseError(MendableError):
    """The warehouse cannot be used as it is; the message names the file and what to do."""


class WarehouseBusyError(WarehouseError):
    """Another process has the file open: try again later."""


class DiskFullError(WarehouseError):
    """The last step may not have been kept, everything before it was: make room and run again."""


def open_warehouse(path: Path) -> DuckDBPyConnection:
    """Open the writer's file, making it if need be, and bring its tables and views up to date.

    Hold it for short: while it is open, no other process can open it. A damaged write-ahead log is put aside.

    Raises:
        WarehouseBusyError: another process has it open.
        DiskFullError: there is no room to open or migrate it.
        WarehouseError: it is no DuckDB file, or was migrated otherwise than this release would.

    """
    from warehouse.migration import migrate
    from warehouse.recovery import connect_or_recover

    path.parent.mkdir(parents=True, exist_ok=True)
    con = connect_or_recover(path, _WRITER)
    try:
        migrate(con)
    except BaseException:
        con.close()
        raise
    return con


def open_published(path: Path) -> DuckDBPyConnection:
    """Open the published file for reading only: no files, no network, no extensions, no settings, bounded memory.

    A process that already has it open is given the same state again, even when a newer one was published: close before opening anew.

    Raises:
        WarehouseError: it is not there yet, or is no DuckDB file.

    """
    import duckdb

    if not path.exists():
        raise WarehouseError(f"{path}: no timeline is published here yet; run 'tradewire run' or 'tradewire demo' first")
    try:
        return duckdb.connect(path, read_only=True, config=_LOCKED)
    except duckdb.IOException as error:
        raise explained(error, path) from error


@contextmanager
def transaction(con: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
    """All or nothing: commit at the end of the block, roll back if it raises.

    Raises:
        DiskFullError: the disk is full; the transaction left nothing behind.

    """
    import duckdb

    try:
        con.execute("begin transaction")
        yield con
        con.execute("commit")
    except duckdb.Error as error:
        _roll_back(con)
        if _FULL.search(str(error)):
            raise DiskFullError(_full_message(str(error))) from error
        raise
    except BaseException:
        _roll_back(con)
        raise


def checkpoint(con: DuckDBPyConnection) -> None:
    """Write what the log holds into the file itself and empty the log.

    Raises:
        DiskFullError: there is no room for it; what was committed is still in the log.

    """
    import duckdb

    try:
        con.execute("checkpoint")
    except duckdb.Error as error:
        if _FULL.search(str(error)):
            raise DiskFullError(_full_message(str(error))) from error
        raise


def explained(error: Exception, path: Path) -> WarehouseError:
    """Say what DuckDB's `error` on opening `path` means and what to do."""
    message = str(error)
    if "Could not set lock" in message:
        return WarehouseBusyError(f"{path}: another process has it open; wait for it or end it. {message}")
    if _FULL.search(message):
        return DiskFullError(_full_message(message))
    if "not a valid DuckDB database" in message:
        return WarehouseError(f"{path}: not a DuckDB file; move it away, or name another data folder")
    return WarehouseError(f"{path}: cannot be opened: {message}")


def _full_message(message: str) -> str:
    return f"the disk is full: the last step may not have been kept, all earlier ones were. Make room and run again. ({message})"


def _roll_back(con: DuckDBPyConnection) -> None:
    """Roll back; a failed commit or a fatal error has already done so, which DuckDB tells by an error."""
    import duckdb

    try:
        con.execute("rollback")
    except duckdb.Error:
        return
