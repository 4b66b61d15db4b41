"""The warehouse's door for the flows: what is known already, batches in, and the published copy out."""

from __future__ import annotations

import hashlib
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from config.errors import MendableError
from models.records import Batch
from warehouse.database import open_warehouse
from warehouse.publication import publish
from warehouse.queries import query
from warehouse.runs import RunStatus, finish_run, start_run
from warehouse.store import LoadCounts, load, save_entities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from config.feeds import Feed
    from config.settings import Paths


class Busy(MendableError):
    """Another run is at work in the same folder."""


@contextmanager
def only_run(paths: Paths) -> Iterator[None]:
    """Hold the folder for this run; the lock goes with the process, however that ends.

    Raises:
        Busy: another run holds it.

    """
    from filelock import FileLock, Timeout

    paths.data.mkdir(parents=True, exist_ok=True)
    lock = FileLock(paths.data / ".run.lock", timeout=0)
    try:
        with lock:
            yield
    except Timeout as error:
        raise Busy(f"another tradewire is at work in {paths.data}; wait for it to end") from error


def known_urls(paths: Paths, urls: Sequence[str]) -> set[str]:
    """Return those of `urls` that the warehouse has as an article or has found useless."""
    if not paths.warehouse.exists() or not urls:
        return set()
    with closing(open_warehouse(paths.warehouse)) as con:
        unknown = {row["url"] for row in query(con, "unknown_urls", urls=list(urls))}
    return set(urls) - unknown


def source_set_version(feeds: Iterable[Feed]) -> str:
    """Return a digest of which feeds are watched, so that a trend can be told from a change of sources."""
    listed = "\n".join(sorted(f"{feed.id} {feed.url}" for feed in feeds))
    return hashlib.sha256(listed.encode()).hexdigest()[:12]


class Loader:
    """Loads the batches of one run, each in one short transaction, and publishes at the end.

    The run is entered in the warehouse with its first batch: a run that brings nothing leaves the file as it was.
    """

    def __init__(self, paths: Paths, command: str, feeds: Iterable[Feed] = ()) -> None:
        """Prepare to load into the warehouse of `paths`, for `command` over `feeds`."""
        self._paths = paths
        self._command = command
        self._sources = source_set_version(feeds)
        self._run_id: str | None = None

    def load(self, batch: Batch) -> LoadCounts:
        """Load one batch; it is safe when this returns."""
        from models.consolidation import consolidate
        from models.reading.catalogue import catalogue

        self._paths.unpublished.touch()
        with closing(open_warehouse(self._paths.warehouse)) as con:
            if self._run_id is None:
                save_entities(con, catalogue())
                self._run_id = start_run(con, self._command, datetime.now(UTC), self._sources)
            return load(con, self._run_id, batch, consolidate, datetime.now(UTC))

    def publish(self, status: RunStatus) -> int | None:
        """End the run, put the checked copy in place and return how many events it holds; None when there is nothing to publish.

        What an earlier run loaded and did not come to publish is published now.

        Raises:
            CheckFailedError: the warehouse holds what must not be; readers keep the last good copy.

        """
        if not self._paths.unpublished.exists():
            return None
        with closing(open_warehouse(self._paths.warehouse)) as con:
            if self._run_id is not None:
                finish_run(con, self._run_id, status, datetime.now(UTC))
            publish(con, self._paths.timeline)
            self._paths.unpublished.unlink()
            return int(con.execute("select count(*) from timeline").fetchall()[0][0])
