"""Mentions on their way back out of the warehouse, as the records that consolidation reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.records import Evidence, Mention, Salience, Span, StoredMention
from warehouse.queries import Row, fetch_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CONTEXT = Path(__file__).parent / "loading" / "10_context.sql"
_OF_THE_ARTICLE = (
    *("mention_id", "article_id", "url", "publisher", "owner", "official", "language"),
    *("published_at", "learned_at", "responds_to"),
)
_LISTS = ("issuers", "targets", "issuer_bodies", "firms", "items", "legal_documents")
_SINGLE = ("instrument", "status", "date", "effective", "rate_pct")


def read_context(con: DuckDBPyConnection) -> list[StoredMention]:
    """Return the mentions of the temporary table context_mention, ordered by article and place in it."""
    rows = fetch_rows(con.execute(_CONTEXT.read_text(encoding="utf-8")))
    return [StoredMention(**{name: row[name] for name in _OF_THE_ARTICLE}, mention=_mention(row)) for row in rows]


def _mention(row: Row) -> Mention:
    said: dict[str, Any] = {name: row[name] for name in _SINGLE} | {name: tuple(row[name]) for name in _LISTS}
    return Mention(
        **said,
        salience=Salience(row["salience"]),
        evidence=tuple(Evidence(each["field"], Span(each["quote_start"], each["quote_end"], each["quote"])) for each in row["evidence"]),
    )
