"""What is remembered of sources between runs, in a small SQLite file.

A kill at any moment loses nothing: a feed's validators change only by `FetchState.acknowledge`, which the caller calls once the
feed's entries are safe. Until then the feed answers with the same entries again. Times come from a clock that is passed in.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

from config.errors import MendableError
from flows.sources.answers import Validators
from flows.sources.backoff import Backoff, is_fresh, utc_now
from flows.sources.remembered import Health, Pending, pending_of, text_of, time_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from config.settings import Fetching
    from flows.sources.feeds import Entry

ROBOTS_FRESH_H = 24
"""How long a robots.txt may be used without asking again (RFC 9309, section 2.4)."""


class StateError(MendableError):
    """The state file cannot be used; the message names it and the mend."""


class FetchState:
    """The memory of feeds, robots.txt files and waiting entries."""

    def __init__(self, path: Path, limits: Fetching, clock: Callable[[], datetime] = utc_now) -> None:
        """Open the file at `path`, or make it.

        Raises:
            StateError: the file is damaged or cannot be opened.

        """
        self._limits, self._clock, self._backoff = limits, clock, Backoff(limits)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._database.row_factory = sqlite3.Row
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.executescript((files(__package__) / "state.sql").read_text(encoding="utf-8"))
        except (sqlite3.Error, OSError) as error:
            message = (
                f"{path}: cannot be used ({error}). Move it away: feeds are then asked afresh, and entries waiting for another try are lost"
            )
            raise StateError(message) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def is_due(self, feed_id: str) -> bool:
        """Whether the feed may be asked now, or is still backing off."""
        return self._backoff.is_due(self._clock(), self.health(feed_id).next_poll_at)

    def health(self, feed_id: str) -> Health:
        """How the feed has been doing; a feed never asked is well."""
        row = self._row("SELECT * FROM feed WHERE id = ?", feed_id)
        return Health(row["failures"], time_of(row["last_success_at"]), time_of(row["next_poll_at"])) if row else Health()

    def validators(self, feed_id: str) -> Validators | None:
        """What to ask "has it changed?" with; None when there is nothing, or a whole GET is due."""
        row = self._row("SELECT * FROM feed WHERE id = ?", feed_id)
        if not row or not is_fresh(self._clock(), time_of(row["full_get_at"]), self._limits.full_get_every_h):
            return None
        return Validators(row["etag"], row["last_modified"])

    def acknowledge(self, feed_id: str, validators: Validators | None) -> None:
        """Note that all the feed said is safe: call it once its entries are committed, never before.

        `validators` come with a whole answer; None, after a "not modified", keeps those there are.
        """
        now = text_of(self._clock())
        self._write(
            """INSERT INTO feed (id, last_success_at) VALUES (:id, :now)
               ON CONFLICT (id) DO UPDATE SET failures = 0, last_success_at = :now, next_poll_at = NULL""",
            id=feed_id,
            now=now,
        )
        if validators:
            self._write(
                "UPDATE feed SET etag = :etag, last_modified = :last_modified, full_get_at = :now WHERE id = :id",
                id=feed_id,
                etag=validators.etag,
                last_modified=validators.last_modified,
                now=now,
            )

    def record_failure(self, feed_id: str, retry_after: float | None = None) -> datetime:
        """Note that the feed failed once more; return when it is to be asked again, at least `retry_after` seconds from now."""
        failures = self.health(feed_id).failures + 1
        next_poll = self._backoff.next_try(self._clock(), failures, retry_after)
        self._write(
            """INSERT INTO feed (id, failures, next_poll_at) VALUES (:id, :failures, :next)
               ON CONFLICT (id) DO UPDATE SET failures = :failures, next_poll_at = :next""",
            id=feed_id,
            failures=failures,
            next=text_of(next_poll),
        )
        return next_poll

    def robots(self, origin: str, *, stale: bool = False) -> str | None:
        """The robots.txt kept of `origin`; None when there is none, or none fresh and `stale` will not do."""
        row = self._row("SELECT * FROM robots WHERE origin = ?", origin)
        if row and (stale or is_fresh(self._clock(), time_of(row["fetched_at"]), ROBOTS_FRESH_H)):
            return str(row["content"])
        return None

    def keep_robots(self, origin: str, content: str) -> None:
        """Keep the robots.txt of `origin`; an empty one allows everything."""
        self._write(
            "INSERT OR REPLACE INTO robots VALUES (:origin, :content, :now)", origin=origin, content=content, now=text_of(self._clock())
        )

    def postpone(self, entry: Entry, reason: str, retry_after: float | None = None) -> bool:
        """Let `entry` wait for another try; False when it has had its tries, and is forgotten."""
        row = self._row("SELECT attempts FROM pending WHERE url = ?", entry.url)
        attempts = (row["attempts"] if row else 0) + 1
        if attempts >= self._limits.page_attempts:
            self.settle(entry.url)
            return False
        self._keep(entry, attempts, self._backoff.next_try(self._clock(), attempts, retry_after), reason)
        return True

    def defer(self, entry: Entry, reason: str) -> None:
        """Let `entry` wait for the next run without counting a try: there was no room for it in this one."""
        row = self._row("SELECT attempts FROM pending WHERE url = ?", entry.url)
        self._keep(entry, row["attempts"] if row else 0, self._clock(), reason)

    def pending(self) -> tuple[Pending, ...]:
        """The entries whose next try is due, longest waiting first."""
        now = self._clock()
        with closing(self._database.execute("SELECT * FROM pending ORDER BY next_try_at, url")) as cursor:
            rows = cursor.fetchall()
        return tuple(pending_of(row) for row in rows if self._backoff.is_due(now, time_of(row["next_try_at"])))

    def remember(self, entry: Entry, article_url: str) -> None:
        """Note that `entry` is safe under `article_url`, as the feed tells it now, and waits no longer."""
        self._write(
            "INSERT OR REPLACE INTO seen VALUES (:url, :article_url, :version, :told_at)",
            url=entry.url,
            article_url=article_url,
            version=entry.version,
            told_at=text_of(entry.told_at),
        )
        self.settle(entry.url)

    def article_url(self, entry: Entry) -> str | None:
        """The article that `entry` was loaded as; None when it is new, or its feed has since told it otherwise."""
        row = self._row("SELECT * FROM seen WHERE url = ?", entry.url)
        if row is None:
            return None
        stale = bool(row["told_at"]) and (text_of(entry.told_at) or "") < row["told_at"]
        return str(row["article_url"]) if stale or row["version"] == entry.version else None

    def settle(self, url: str) -> None:
        """Forget the waiting entry of this address: it is loaded, or rejected for good."""
        self._write("DELETE FROM pending WHERE url = :url", url=url)

    def _keep(self, entry: Entry, attempts: int, next_try: datetime, reason: str) -> None:
        self._write(
            """INSERT OR REPLACE INTO pending
               VALUES (:url, :feed_id, :title, :summary, :published_at, :updated_at, :attempts, :next_try_at, :reason)""",
            url=entry.url,
            feed_id=entry.feed_id,
            title=entry.title,
            summary=entry.summary,
            published_at=text_of(entry.published_at),
            updated_at=text_of(entry.updated_at),
            attempts=attempts,
            next_try_at=text_of(next_try),
            reason=reason,
        )

    def _row(self, statement: str, key: str) -> sqlite3.Row | None:
        with closing(self._database.execute(statement, (key,))) as cursor:
            row: sqlite3.Row | None = cursor.fetchone()
        return row

    def _write(self, statement: str, **values: Any) -> None:
        self._database.execute(statement, values).close()
