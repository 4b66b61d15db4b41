"""Annotated and predicted articles as they stand in a .jsonl file: one article a line, in the annotation format."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from config.errors import ConfigError
from models.records import Article, Mention, Reading

Row = dict[str, Any]
"""One article: id, lang, published, title, text, relevant, events, entities."""


class AnnotationError(ConfigError):
    """A file that cannot be scored; the message names file and line."""


def read_rows(paths: Iterable[Path]) -> dict[str, Row]:
    """Return the articles of all files by id.

    Raises:
        AnnotationError: a line is no JSON object or has no id or events, or an id comes twice.

    """
    rows: dict[str, Row] = {}
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            row = _parsed(line, f"{path}:{number}")
            if row["id"] in rows:
                raise AnnotationError(f"{path}:{number}: id {row['id']!r} comes twice; ids must be distinct over all files")
            rows[row["id"]] = row
    return rows


def _parsed(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise AnnotationError(f"{where}: not JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("events"), list):
        raise AnnotationError(f"{where}: needs an object with a string id and a list of events")
    for event in row["events"]:
        if not isinstance(event, dict) or not isinstance(event.get("instrument"), str) or not isinstance(event.get("status"), str):
            raise AnnotationError(f"{where}: every event needs an instrument and a status")
    return row


def row_of(identity: str, article: Article, reading: Reading) -> Row:
    """Return what was read in `article` in the annotation format."""
    return {
        "id": identity,
        "lang": reading.language,
        "published": article.published_at.date().isoformat() if article.published_at else None,
        "title": article.title,
        "relevant": reading.relevant,
        "events": [_event(mention) for mention in reading.mentions],
        "entities": _entities(reading),
    }


def _event(mention: Mention) -> Row:
    return {
        "instrument": mention.instrument,
        "status": mention.status,
        "salience": str(mention.salience),
        "issuers": list(mention.issuers),
        "targets": list(mention.targets),
        "issuer_bodies": list(mention.issuer_bodies),
        "firms": list(mention.firms),
        "items": list(mention.items),
        "date": mention.date,
        "effective": mention.effective,
        "rate_pct": mention.rate_pct,
        "responds_to": mention.responds_to,
        "evidence": [evidence.span.quote for evidence in mention.evidence],
        "legal_documents": list(mention.legal_documents),
    }


def _entities(reading: Reading) -> list[Row]:
    """Every distinct entity once, in the form first used."""
    first: dict[tuple[str, str], Row] = {}
    for entity in reading.entities:
        first.setdefault((entity.entity_id, entity.type), {"text": entity.span.quote, "id": entity.entity_id, "type": entity.type})
    return list(first.values())
