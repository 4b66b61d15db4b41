"""Publishing: check the warehouse, copy it whole, and put the copy in the readers' place in one step."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.database import DiskFullError, WarehouseError, explained
from warehouse.queries import fetch_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

CHECKS = Path(__file__).parent / "checks"
_SHOWN_ROWS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that found rows that must not exist."""

    check: str
    purpose: str
    """First line of the check's file: what must not be."""
    rows: tuple[dict[str, Any], ...]


class CheckFailedError(WarehouseError):
    """The warehouse holds what must not be; nothing was published, readers keep the last good copy."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("not published, the last good timeline stays. " + " ".join(map(_told, findings)))
        self.findings = findings


def find_faults(con: DuckDBPyConnection, checks: Path = CHECKS) -> tuple[Finding, ...]:
    """Run every check and return those that found rows."""
    findings = []
    for file in sorted(checks.glob("*.sql")):
        sql = file.read_text(encoding="utf-8")
        if rows := fetch_rows(con.execute(sql)):
            findings.append(Finding(file.stem, sql.splitlines()[0].removeprefix("-- "), tuple(rows)))
    return tuple(findings)


def publish(con: DuckDBPyConnection, target: Path) -> None:
    """Put a checked copy of the open warehouse at `target`; readers that are at it keep the old one until they open anew.

    Raises:
        CheckFailedError: a check found rows; `target` is left as it was.
        DiskFullError: there is no room for the copy; `target` is left as it was.

    """
    if findings := find_faults(con):
        raise CheckFailedError(findings)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.draft")
    _remove(draft)
    try:
        _copy(con, draft)
        _sync(draft)
        draft.replace(target)
        _sync(target.parent)
    finally:
        _remove(draft)


def _copy(con: DuckDBPyConnection, draft: Path) -> None:
    import duckdb

    source = con.execute("select current_database()").fetchall()[0][0]
    try:
        with _attached(con, draft):
            con.execute(f'copy from database "{source}" to draft')
    except duckdb.Error as error:
        said = explained(error, draft)
        raise (said if isinstance(said, DiskFullError) else error) from error


@contextmanager
def _attached(con: DuckDBPyConnection, draft: Path) -> Iterator[None]:
    """Hold `draft` as a second database; detaching writes it out whole."""
    con.execute(f"attach '{str(draft).replace(chr(39), chr(39) * 2)}' as draft")
    try:
        yield
    finally:
        con.execute("detach draft")


def _sync(path: Path) -> None:
    """Make the file, or the entry in the folder, outlive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(draft: Path) -> None:
    for path in (draft, draft.with_name(draft.name + ".wal")):
        path.unlink(missing_ok=True)


def _told(finding: Finding) -> str:
    shown = "; ".join(str(row) for row in finding.rows[:_SHOWN_ROWS])
    return f"Check {finding.check} ({finding.purpose}) found {len(finding.rows)} rows: {shown}"
