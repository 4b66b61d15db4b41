"""A small press for the outlets' tests: articles in several languages, and a timeline published from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from models.consolidation.titles import title_of
from models.records import (
    Article,
    Batch,
    ConsolidatedTimeline,
    Event,
    EventLink,
    Evidence,
    LinkKind,
    Mention,
    Publisher,
    Reading,
    Salience,
    Span,
    StoredMention,
    digest_of,
)
from warehouse.database import open_warehouse
from warehouse.publication import publish
from warehouse.store import load

DAY = datetime(2025, 3, 1, tzinfo=UTC)
"""Midnight before the day that most tests tell of."""
MORNING = DAY + timedelta(hours=8)
WIRE = Publisher("Morning Wire", "Wire Group", "GB")
POST = Publisher("Evening Post", "Post Holdings", "US")
GAZETTE = Publisher("Official Gazette", "State of Freedonia", "FR", official=True)

Story = tuple[Article, Reading]


@dataclass(frozen=True)
class Press:
    """A data folder with a warehouse and the timeline published from it."""

    data: Path

    @property
    def timeline(self) -> Path:
        """The published file."""
        return self.data / "timeline.duckdb"

    def learn(self, *stories: Story, at: datetime = MORNING) -> None:
        """Load `stories` as learned at `at` and publish what comes of them."""
        with closing(open_warehouse(self.data / "warehouse.duckdb")) as con:
            load(con, "run", Batch(articles=stories), consolidate, at)
            publish(con, self.timeline)


def action(
    instrument: str = "export_control",
    status: str = "announced",
    issuers: tuple[str, ...] = ("CN",),
    targets: tuple[str, ...] = ("US",),
    items: tuple[str, ...] = ("gallium",),
    date: str | None = "2025-03-01",
    effective: str | None = None,
    rate_pct: float | None = None,
    firms: tuple[str, ...] = (),
    responds_to: int | None = None,
) -> Mention:
    """A policy action as an article tells it."""
    return Mention(
        instrument, status, Salience.MAIN, issuers, targets, firms=firms, items=items, date=date, effective=effective, rate_pct=rate_pct,
        responds_to=responds_to,
    )  # fmt: skip


def story(
    name: str, *told: tuple[Mention, str], language: str = "en", publisher: Publisher = WIRE, url: str = "", fetched_at: datetime = MORNING
) -> Story:
    """An article that tells each action in the words beside it."""
    title = f"News {name}"
    article = Article(
        url=url or f"https://news.example/{name}",
        title=title,
        body="\n\n".join(words for _, words in told) or "We were wrong.",
        language=language,
        published_at=fetched_at - timedelta(hours=1),
        publisher=publisher,
        fetched_at=fetched_at,
    )
    mentions, start = [], len(title) + 2
    for mention, words in told:
        fields = {field: getattr(mention, field) for field in mention.__slots__}
        mentions.append(Mention(**fields | {"evidence": (Evidence("event", Span(start, start + len(words), words)),)}))
        start += len(words) + 2
    return article, Reading(language, tuple(mentions), reader="test reader 1")


def consolidate(mentions: Sequence[StoredMention]) -> ConsolidatedTimeline:
    """Join mentions of one instrument, status, issuers and first item; what answers another links to it."""
    groups: dict[str, list[StoredMention]] = defaultdict(list)
    for each in mentions:
        groups[_event_id(each.mention)].append(each)
    event_of = {each.mention_id: _event_id(each.mention) for each in mentions}
    links = tuple(
        EventLink(event_of[each.mention_id], event_of[each.responds_to], LinkKind.RETALIATES_FOR, each.mention_id, _words(each))
        for each in mentions
        if each.responds_to in event_of
    )
    return ConsolidatedTimeline(tuple(_event(event_id, group) for event_id, group in groups.items()), links)


def _event_id(said: Mention) -> str:
    return digest_of("event", said.instrument, said.status, *said.issuers, *said.items[:1])


def _words(told: StoredMention) -> str:
    return told.mention.evidence[0].span.quote


def _event(event_id: str, group: list[StoredMention]) -> Event:
    said = max(group, key=lambda each: (each.learned_at, each.mention_id)).mention
    day, precision = _dated(said.date)
    effective, effective_precision = _dated(said.effective)
    owners = {each.owner for each in group}
    return Event(
        event_id=event_id,
        measure_id=digest_of("measure", said.instrument, *said.issuers, *said.items[:1]),
        event_date=day,
        event_date_precision=precision,
        effective_date=effective,
        effective_date_precision=effective_precision,
        instrument=said.instrument,
        status=said.status,
        issuers=said.issuers,
        targets=said.targets,
        issuer_bodies=(),
        firms=said.firms,
        items=said.items,
        hs_codes=(),
        rate_pct=said.rate_pct,
        legal_documents=(),
        title=title_of(
            instrument=said.instrument, status=said.status, issuers=said.issuers, targets=said.targets, items=said.items,
            firms=said.firms, rate_pct=said.rate_pct, effective=said.effective,
        ),
        article_count=len({each.article_id for each in group}),
        owner_count=len(owners),
        languages=tuple(sorted({each.language for each in group})),
        official_source=any(each.official for each in group),
        confidence=1 - 0.3 ** len(owners),
        mention_ids=tuple(sorted(each.mention_id for each in group)),
    )  # fmt: skip


def _dated(said: str | None) -> tuple[date | None, str | None]:
    if said is None:
        return None, None
    parts = [int(part) for part in said.split("-")]
    year, month, day = [*parts, 1, 1][:3]
    return date(year, month, day), ("year", "month", "day")[len(parts) - 1]
