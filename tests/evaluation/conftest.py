"""Annotated articles and readings of them, made up so that every figure can be reckoned by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models.evaluation.annotation import Row


def event(instrument: str = "import_tariff", status: str = "in_force", **said: Any) -> dict[str, Any]:
    """A duty of the United States on Chinese steel, of which only what differs is said."""
    plain = {"issuers": ["US"], "targets": ["CN"], "items": ["steel"], "date": "2023-07-04", "evidence": ["The US taxed steel."]}
    return {"instrument": instrument, "status": status, **plain, **said}


def row(identity: str, *events: dict[str, Any], lang: str = "en") -> Row:
    """An article with these events."""
    return {"id": identity, "lang": lang, "published": "2023-07-05", "title": "T", "text": "The US taxed steel.", "events": list(events)}


@pytest.fixture
def gold() -> dict[str, Row]:
    """Four articles: two duties, a ban and its end, talks, and nothing."""
    rows = [
        row("a", event(), event(status="announced", items=["cars"], date="2023-07-05")),
        row("b", event("export_ban", "lifted"), event("export_ban", date="2022"), lang="fr"),
        row("c", event("negotiation", issuers=["US", "CN"], targets=[]), lang="fr"),
        row("d"),
    ]
    return {one["id"]: one for one in rows}


@pytest.fixture
def read() -> dict[str, Row]:
    """One duty right, one at another stage; one ban of two; talks missed; a duty invented."""
    rows = [
        row("a", event(), event(status="considered", items=["cars"], date="2023-07-05")),
        row("b", event("export_ban", "lifted"), lang="fr"),
        row("d", event(evidence=["We fear a tax on <steel> | *now*."])),
    ]
    return {one["id"]: one for one in rows}


def write(path: Path, rows: dict[str, Row]) -> Path:
    """Put the rows into a file, one a line."""
    path.write_text("".join(f"{json.dumps(one)}\n" for one in rows.values()), encoding="utf-8")
    return path
