"""The whole pipeline on the bundled sample newsroom: the code that serves live feeds, over loopback."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from flows.demo.newsroom import NEWSROOM, editions_of, feeds_of, load_sites
from flows.demo.server import serve
from flows.ingest import ingest
from flows.summary import RunSummary

if TYPE_CHECKING:
    from pathlib import Path

    from config.settings import Settings
    from flows.gathering import Report
    from models.reading.reader import Reader


def demonstrate(settings: Settings, reader: Reader, report: Report, newsroom: Path = NEWSROOM) -> RunSummary:
    """Serve the newsroom, edition after edition, and ingest each; return what all runs did."""
    sites = load_sites(newsroom)
    total = RunSummary()
    with serve(sites) as server:
        feeds = feeds_of(sites, server.address)
        for edition in range(1, editions_of(sites) + 1):
            server.edition = edition
            total.add(asyncio.run(ingest(feeds, settings, reader, report, command="demo")))
    return total
