"""Which digest went to whom, so that none goes twice: a small SQLite file in the data folder.

A delivery is claimed before its last step and settled after it. A process that dies in between leaves a claim: whether that mail arrived
is unknown, so it is not sent again unless the operator says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from flows.digest.records import Window

_TABLES = """
create table if not exists digest (day text primary key, since text not null, until text not null);
create table if not exists delivery (
    day text not null,
    recipient text not null,
    state text not null check (state in ('claimed', 'sent')),
    primary key (day, recipient)
);
"""
_WINDOW = "select since, until, day from digest where day = ? and exists (select 1 from delivery where delivery.day = digest.day)"
_LAST_END = "select max(until) from digest where day in (select day from delivery where state = 'sent')"
_BEGIN = """
insert into digest values (?, ?, ?)
on conflict (day) do update set since = excluded.since, until = excluded.until
where not exists (select 1 from delivery where delivery.day = digest.day)
"""
_BUSY_S = 30.0
"""How long another process's step is waited for."""


class Delivery(StrEnum):
    """How far the digest of a day got with one recipient."""

    CLAIMED = "claimed"
    """Handed over, or about to be; unless a sender is at work now, it died and the outcome is unknown."""
    SENT = "sent"
    """The mail server took it."""


class Outbox:
    """An open outbox."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con

    def window(self, day: str) -> Window | None:
        """Return the window of the digest of `day`, so that a second run sends the same; None while it went to nobody."""
        row = self._con.execute(_WINDOW, (day,)).fetchone()
        return Window(datetime.fromisoformat(row[0]), datetime.fromisoformat(row[1]), row[2]) if row else None

    def last_end(self) -> datetime | None:
        """Return when the latest digest that reached anybody ended, in UTC."""
        row = self._con.execute(_LAST_END).fetchone()
        return datetime.fromisoformat(row[0]) if row and row[0] else None

    def begin(self, window: Window) -> None:
        """Record that the digest of `window.day` covers `window`, unless another one of that day went to somebody already."""
        self._con.execute(_BEGIN, (window.day, window.since.isoformat(), window.until.isoformat()))

    def state(self, day: str, recipient: str) -> Delivery | None:
        """Return how far the digest of `day` got with `recipient`; None when it may be sent."""
        row = self._con.execute("select state from delivery where day = ? and recipient = ?", (day, _key(recipient))).fetchone()
        return Delivery(row[0]) if row else None

    def claim(self, day: str, recipient: str) -> bool:
        """Take the delivery for this process; False when it was taken or done before, by whomever."""
        done = self._con.execute("insert into delivery values (?, ?, 'claimed') on conflict do nothing", (day, _key(recipient)))
        return done.rowcount == 1

    def settle(self, day: str, recipient: str) -> None:
        """Record that the mail server took the mail."""
        self._con.execute("update delivery set state = 'sent' where day = ? and recipient = ?", (day, _key(recipient)))

    def release(self, day: str, recipient: str) -> None:
        """Give the claim back: the mail was surely not sent, or is to be sent again."""
        self._con.execute("delete from delivery where day = ? and recipient = ?", (day, _key(recipient)))


def outbox_path(data: Path) -> Path:
    """Where the outbox of a data folder is kept."""
    return data / "outbox.sqlite"


@contextmanager
def open_outbox(path: Path) -> Iterator[Outbox]:
    """Open the outbox at `path`, making it if need be; every change is on the disk when its call returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)) as con:
        con.execute("pragma synchronous = full")
        con.executescript(_TABLES)
        yield Outbox(con)


def _key(recipient: str) -> str:
    """Domains know no case; local parts could, but no server in use tells two readers apart by it."""
    return recipient.casefold()
