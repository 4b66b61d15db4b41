"""The record of runs: begun, ended, or found interrupted."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import uuid4

from warehouse.database import transaction
from warehouse.staging import naive_utc

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class RunStatus(StrEnum):
    """How a run stands or ended."""

    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


def start_run(con: DuckDBPyConnection, command: str, now: datetime, source_set_version: str = "") -> str:
    """Record that `command` begins and return the run's id; a run that never said how it ended is marked interrupted."""
    run_id = uuid4().hex[:16]
    with transaction(con):
        con.execute("update base.run set status = 'interrupted' where status = 'running'")
        con.execute(
            "insert into base.run by name select $run_id as run_id, $command as command, $version as source_set_version, "
            "$now::timestamp as started_at, 'running' as status",
            {"run_id": run_id, "command": command, "version": source_set_version, "now": naive_utc(now)},
        )
    return run_id


def finish_run(con: DuckDBPyConnection, run_id: str, status: RunStatus, now: datetime) -> None:
    """Record how the run ended.

    Raises:
        ValueError: no such run was started.

    """
    with transaction(con):
        changed = con.execute(
            "update base.run set status = $status, finished_at = $now where run_id = $run_id returning run_id",
            {"status": str(status), "now": naive_utc(now), "run_id": run_id},
        ).fetchall()
        if not changed:
            raise ValueError(f"run {run_id} was never started in this warehouse")
