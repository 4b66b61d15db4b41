"""The pages of the sample newsroom with the facts expected of them, and how they are read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.demo.newsroom import Site, SitePage, load_sites
from flows.sources.reading import Extracted, read_page
from models.evaluation.annotation import row_of
from models.evaluation.matching import match
from models.reading.reader import RuleReader
from models.records import Article, Page, Publisher

PINNED = Path(__file__).parent / "pinned.json"


@dataclass(frozen=True)
class Case:
    """One page and what is expected of it."""

    folder: Path
    site: Site
    page: SitePage
    facts: dict[str, Any]

    @property
    def id(self) -> str:
        """Site and page."""
        return f"{self.folder.name}/{Path(self.page.file or self.page.path).stem}"

    def extracted(self) -> Extracted | None:
        """What extraction makes of the page."""
        url = f"http://{self.site.host}{self.page.path}"
        content = (self.folder / (self.page.file or "")).read_bytes()
        return read_page(Page(url, url, content, self.page.content_type, datetime.now(UTC)), self.site.language)

    def events(self) -> list[dict[str, Any]]:
        """What the reader finds on the page, dated as expected."""
        extracted = self.extracted()
        assert extracted is not None
        published = datetime.fromisoformat(self.facts["published"]).replace(tzinfo=UTC)
        publisher = Publisher(self.site.publisher, self.site.owner)
        article = Article(extracted.url, extracted.title, extracted.body, extracted.language or "", published, publisher, datetime.now(UTC))
        found: list[dict[str, Any]] = row_of(self.id, article, RuleReader().read(article))["events"]
        return found


def cases() -> list[Case]:
    """Return all pages that have expected facts."""
    found = []
    for folder, site in load_sites().items():
        for page in site.page:
            facts = folder / "expected" / f"{Path(page.file or page.path).stem}.json"
            if facts.exists():
                found.append(Case(folder, site, page, json.loads(facts.read_text(encoding="utf-8"))))
    return found


def score(case: Case) -> dict[str, Any]:
    """Return which expected events are found, by their places, and how many others."""
    found = case.events()
    pairs = match(case.facts["events"], found)
    return {"found": sorted(left for left, _ in pairs), "spurious": len(found) - len(pairs)}
