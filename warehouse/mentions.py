"""Mentions on their way back out of the warehouse, as the records that consolidation reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.records import Evidence, Mention, Salience, Span, StoredMention
from warehouse.staging import aware_utc

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CONTEXT = Path(__file__).parent / "loading" / "10_context.sql"


def read_context(con: DuckDBPyConnection) -> list[StoredMention]:
    """Return the mentions of the temporary table context_mention, ordered by article and place in it."""
    return [_stored(*row) for row in con.execute(_CONTEXT.read_text(encoding="utf-8")).fetchall()]


def _stored(  # noqa: PLR0913 -- one parameter a column of the query
    mention_id: str,
    article_id: str,
    url: str,
    publisher: str,
    owner: str,
    official: bool,
    language: str,
    published_at: Any,
    learned_at: Any,
    responds_to: str | None,
    *said: Any,
) -> StoredMention:
    return StoredMention(
        mention_id=mention_id,
        article_id=article_id,
        url=url,
        publisher=publisher,
        owner=owner,
        official=official,
        language=language,
        published_at=aware_utc(published_at) if published_at else None,
        learned_at=aware_utc(learned_at),
        mention=_mention(*said),
        responds_to=responds_to,
    )


def _mention(instrument: str, status: str, salience: str, *rest: Any) -> Mention:
    issuers, targets, bodies, firms, items, date, effective, rate_pct, documents, evidence = rest
    return Mention(
        instrument=instrument,
        status=status,
        salience=Salience(salience),
        issuers=tuple(issuers),
        targets=tuple(targets),
        issuer_bodies=tuple(bodies),
        firms=tuple(firms),
        items=tuple(items),
        date=date,
        effective=effective,
        rate_pct=rate_pct,
        legal_documents=tuple(documents),
        evidence=tuple(Evidence(each["field"], Span(each["quote_start"], each["quote_end"], each["quote"])) for each in evidence),
    )
