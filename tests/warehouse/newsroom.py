"""A small newsroom for the warehouse's tests: articles made to order, and a consolidation simple enough to check by eye."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from models.records import (
    Article,
    Batch,
    ConsolidatedTimeline,
    EntityMention,
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

START = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)
AGENCY = Publisher("Morning Wire", "Wire Group", "GB")
GAZETTE = Publisher("Official Gazette", "State of Freedonia", "FR", official=True)


def hours(count: float) -> timedelta:
    """A stretch of `count` hours."""
    return timedelta(hours=count)


def span_of(text: str, quote: str) -> Span:
    """Where `quote` first stands in `text`."""
    start = text.index(quote)
    return Span(start, start + len(quote), quote)


def article(name: str, *sentences: str, fetched_at: datetime = START, publisher: Publisher = AGENCY) -> Article:
    """An article whose body is `sentences`."""
    return Article(
        url=f"https://news.example/{name}",
        title=f"Trade news {name}",
        body=" ".join(sentences),
        language="en",
        published_at=fetched_at - hours(1),
        publisher=publisher,
        fetched_at=fetched_at,
        page_sha256=digest_of("page", name, *sentences),
    )


def reading(item: Article, *said: tuple[str, Mention]) -> Reading:
    """What is read in `item`: each mention with the sentence that carries it, and each issuer as an entity where its code stands."""
    mentions = tuple(_with_evidence(item, sentence, mention) for sentence, mention in said)
    codes = sorted({code for _, mention in said for code in mention.issuers if code in item.text})
    return Reading("en", mentions, tuple(EntityMention(span_of(item.text, code), code, "government") for code in codes), "test reader 1")


def _with_evidence(item: Article, sentence: str, mention: Mention) -> Mention:
    fields = {name: getattr(mention, name) for name in mention.__slots__}
    return Mention(**fields | {"evidence": (Evidence("event", span_of(item.text, sentence)),)})


def mention(
    instrument: str = "import_tariff",
    status: str = "announced",
    issuers: tuple[str, ...] = ("US",),
    targets: tuple[str, ...] = ("CN",),
    day: str | None = "2025-03-01",
    rate_pct: float | None = None,
    items: tuple[str, ...] = ("steel",),
    responds_to: int | None = None,
    effective: str | None = None,
) -> Mention:
    """A policy action as an article tells it."""
    return Mention(
        instrument,
        status,
        Salience.MAIN,
        issuers,
        targets,
        items=items,
        date=day,
        effective=effective,
        rate_pct=rate_pct,
        responds_to=responds_to,
    )


def story(
    name: str, *mentions: Mention, words: str = "", fetched_at: datetime = START, publisher: Publisher = AGENCY
) -> tuple[Article, Reading]:
    """An article that spends a sentence on each of `mentions`, and the reading of it."""
    sentences = [
        f"{' and '.join(each.issuers) or 'Somebody'} {each.status} {each.instrument} number {n}." for n, each in enumerate(mentions)
    ]
    item = article(name, *sentences, words, fetched_at=fetched_at, publisher=publisher)
    return item, reading(item, *zip(sentences, mentions, strict=True))


def batch(*stories: tuple[Article, Reading]) -> Batch:
    """One batch of `stories`."""
    return Batch(articles=stories)


def consolidate(mentions: Sequence[StoredMention]) -> ConsolidatedTimeline:
    """Join mentions of one instrument and status that share an issuer, directly or through others; what answers another links to it."""
    groups = _groups(mentions)
    event_of = {each.mention_id: _event_id(group) for group in groups for each in group}
    events = tuple(_event(group) for group in groups)
    links = tuple(
        EventLink(
            event_of[each.mention_id],
            event_of[each.responds_to],
            LinkKind.RETALIATES_FOR,
            each.mention_id,
            each.mention.evidence[0].span.quote,
        )
        for each in mentions
        if each.responds_to in event_of and each.responds_to is not None and event_of[each.responds_to] != event_of[each.mention_id]
    )
    return ConsolidatedTimeline(events, links)


def _groups(mentions: Sequence[StoredMention]) -> list[list[StoredMention]]:
    groups: dict[tuple[str, str], list[tuple[set[str], list[StoredMention]]]] = defaultdict(list)
    for each in mentions:
        parties = groups[each.mention.instrument, each.mention.status]
        issuers = set(each.mention.issuers) or {""}
        touching = [group for group in parties if group[0] & issuers]
        merged = (set[str]().union(issuers, *(group[0] for group in touching)), [*(m for group in touching for m in group[1]), each])
        parties[:] = [group for group in parties if group not in touching] + [merged]
    return [sorted(group, key=lambda each: each.mention_id) for parties in groups.values() for _, group in parties]


def _event_id(group: Sequence[StoredMention]) -> str:
    first = group[0].mention
    return digest_of("event", first.instrument, first.status, min((code for each in group for code in each.mention.issuers), default=""))


def _event(group: Sequence[StoredMention]) -> Event:
    newest = max(group, key=lambda each: (each.learned_at, each.mention_id))
    said = newest.mention
    event_date, event_precision = _dated(said.date)
    effective_date, effective_precision = _dated(said.effective)
    owners = {each.owner for each in group}
    return Event(
        event_id=_event_id(group),
        measure_id=digest_of("measure", said.instrument, *_all(group, "issuers")[:1]),
        event_date=event_date,
        event_date_precision=event_precision,
        effective_date=effective_date,
        effective_date_precision=effective_precision,
        instrument=said.instrument,
        status=said.status,
        issuers=_all(group, "issuers"),
        targets=_all(group, "targets"),
        issuer_bodies=(),
        firms=(),
        items=_all(group, "items"),
        hs_codes=("72",),
        rate_pct=said.rate_pct,
        legal_documents=("US EO 14000",),
        title=f"{said.instrument} {said.status}",
        article_count=len({each.article_id for each in group}),
        owner_count=len(owners),
        languages=tuple(sorted({each.language for each in group})),
        official_source=any(each.official for each in group),
        confidence=1 - 0.5 ** len(owners),
        mention_ids=tuple(sorted(each.mention_id for each in group)),
    )


def _all(group: Sequence[StoredMention], name: str) -> tuple[str, ...]:
    return tuple(sorted({code for each in group for code in getattr(each.mention, name)}))


def _dated(said: str | None) -> tuple[date | None, str | None]:
    if said is None:
        return None, None
    parts = [int(part) for part in said.split("-")]
    year, month, day = [*parts, 1, 1][:3]
    return date(year, month, day), ("year", "month", "day")[len(parts) - 1]


def random_batches(seed: int, count: int, articles: int = 12) -> list[Batch]:
    """A made-up news year: `count` batches in which articles appear, are corrected, and name one or two issuers or none."""
    dice = random.Random(seed)
    batches = []
    for number in range(count):
        fetched_at = START + hours(number)
        names = dice.sample(range(articles), k=dice.randint(1, 4))
        batches.append(batch(*(_random_story(dice, f"a{name}", fetched_at) for name in names)))
    return batches


def _random_story(dice: random.Random, name: str, fetched_at: datetime) -> tuple[Article, Reading]:
    mentions = [
        mention(
            instrument=dice.choice(["import_tariff", "import_tariff", "export_ban"]),
            status=dice.choice(["announced", "announced", "in_force"]),
            issuers=tuple(dice.sample(["US", "CN", "EU", "JP", "IN", "BR", "CA", "MX"], k=dice.choice([0, 1, 1, 2, 2]))),
            day=dice.choice(["2025-03-01", "2025-03", "2025", None]),
            rate_pct=dice.choice([None, 10.0, 25.5]),
            responds_to=0 if number and dice.random() < 0.5 else None,
        )
        for number in range(dice.randint(0, 3))
    ]
    owner = dice.choice([AGENCY, GAZETTE, Publisher("Evening Post", "Post Holdings", "US")])
    return story(name, *mentions, words=dice.choice(["", "It rained.", "नीति 🇺🇸 việt."]), fetched_at=fetched_at, publisher=owner)
