"""Loading: one batch in, one transaction, and the timeline follows. The same batch twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from models.records import Batch, ConsolidatedTimeline, Entity, StoredMention
from warehouse.batches import rows_of
from warehouse.database import checkpoint, transaction
from warehouse.mentions import read_context
from warehouse.staging import insert_rows, naive_utc

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Consolidate = Callable[[Sequence[StoredMention]], ConsolidatedTimeline]
"""Decides which mentions are one event. Its answer for a set of mentions must not depend on mentions of blocks outside the set."""

LOADING = Path(__file__).parent / "loading"


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """What one load changed; all zero when it brought nothing new."""

    articles_new: int = 0
    articles_revised: int = 0
    mentions_new: int = 0
    mentions_closed: int = 0
    events_new: int = 0
    events_changed: int = 0
    events_closed: int = 0
    entity_mentions: int = 0
    event_links: int = 0
    rejections: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


def load(con: DuckDBPyConnection, run_id: str, batch: Batch, consolidate: Consolidate, now: datetime) -> LoadCounts:
    """Take `batch` in and bring the timeline up to date, all in one transaction; on return it is in the file itself.

    `now` is when this was learned, in UTC; a clock that stands or steps back is moved past the latest load, so that history stays in
    order. Mentions whose evidence is not in the article's text are left out and counted as rejections of the stage "load". Of two
    versions of an article the one fetched later holds, in whatever order they are loaded.

    Raises:
        DiskFullError: the batch may not have been kept; all earlier ones were. Load it again when there is room.

    """
    with transaction(con):
        _begin(con, run_id, now)
        _fill(con, batch)
        for step in ("02_articles", "03_mentions", "04_entities", "05_rejections"):
            con.execute(_sql(step))
        counts = _follow(con, run_id, consolidate)
    # DuckDB takes some damage to its log for a torn end and drops what follows without a word: nothing acknowledged may live there.
    checkpoint(con)
    return counts


def rebuild_timeline(con: DuckDBPyConnection, run_id: str, consolidate: Consolidate, now: datetime) -> LoadCounts:
    """Consolidate all mentions anew, for when the rules of consolidation have changed; what comes out the same is left alone."""
    with transaction(con):
        _begin(con, run_id, now)
        con.execute("insert into touched_mention select mention_id from base.mention where known_to is null")
        counts = _follow(con, run_id, consolidate)
    checkpoint(con)
    return counts


def save_entities(con: DuckDBPyConnection, entities: Iterable[Entity]) -> None:
    """Enter `entities` in the catalogue, or bring their names, aliases and identifiers up to date."""
    rows = {(entity.id, entity.type): asdict(entity) | {"identifiers": dict(entity.identifiers)} for entity in entities}
    with transaction(con):
        con.execute("create or replace temp table incoming_entity as select * from base.entity limit 0")
        insert_rows(con, "incoming_entity", rows.values())
        con.execute(_sql("09_catalogue"))


def _begin(con: DuckDBPyConnection, run_id: str, now: datetime) -> None:
    latest = con.execute("select max(learned_at) from base.load").fetchone()
    moment = naive_utc(now)
    if latest and latest[0] and moment <= latest[0]:
        moment = latest[0] + timedelta(microseconds=1)
    con.execute("set variable learned_at = $moment", {"moment": moment})
    con.execute("set variable run_id = $run_id", {"run_id": run_id})
    con.execute(_sql("01_incoming"))


def _fill(con: DuckDBPyConnection, batch: Batch) -> None:
    rows = rows_of(batch)
    insert_rows(con, "incoming_article", rows.articles)
    insert_rows(con, "incoming_mention", rows.mentions)
    insert_rows(con, "incoming_evidence", rows.evidence)
    insert_rows(con, "incoming_entity_mention", rows.entity_mentions)
    insert_rows(con, "incoming_rejection", rows.rejections)


def _follow(con: DuckDBPyConnection, run_id: str, consolidate: Consolidate) -> LoadCounts:
    """Let the timeline follow the touched mentions, and record what the load changed."""
    if con.execute("select 1 from touched_mention limit 1").fetchone():
        con.execute(_sql("06_blocks"))
        result = consolidate(read_context(con))
        insert_rows(con, "incoming_event", (asdict(event) for event in result.events))
        insert_rows(con, "incoming_link", (asdict(link) for link in result.links))
        con.execute(_sql("07_timeline"))
    counts = LoadCounts(*con.execute(_sql("08_counts")).fetchall()[0])
    if counts:
        row = {"run_id": run_id, **asdict(counts)}
        con.execute("create or replace temp table incoming_load as select * exclude (learned_at) from base.load limit 0")
        insert_rows(con, "incoming_load", [row])
        con.execute("insert into base.load by name select *, getvariable('learned_at') as learned_at from incoming_load")
    return counts


@cache
def _sql(name: str) -> str:
    return (LOADING / f"{name}.sql").read_text(encoding="utf-8")
