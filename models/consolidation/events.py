"""The mentions of one action in, its row of the timeline out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from config.consolidation import load_consolidation
from config.mappings import hs_codes
from models.consolidation.days import apart, first_day, precision
from models.consolidation.titles import title_of
from models.consolidation.voices import voices
from models.records import Event, Mention, StoredMention, digest_of

Value = TypeVar("Value", str, float)
_MONTH = len("2023-07")


def order_of(mention: StoredMention) -> tuple[str, str, str]:
    """Sort key of mentions that does not depend on the order of their arrival: publication, then address, then id."""
    return (mention.published_at.isoformat() if mention.published_at else "9999", mention.url, mention.mention_id)


def make_event(mentions: Sequence[StoredMention]) -> Event:
    """Return the event that the mentions, all of one action, tell; its measure is its own until stages are joined.

    Single values are those that most voices tell, lists those that enough voices tell; ties go to the more precise, then the earlier.
    The id derives from the first report, so that later reports do not change it.
    """
    told = sorted(mentions, key=order_of)
    first = told[0].mention
    heard = voices(told)
    date = _most_told_date(heard, lambda mention: mention.date)
    effective = _most_told_date(heard, lambda mention: mention.effective)
    rate = _most_told_rate(heard)
    issuers = first.issuers
    targets, items, firms = (_enough(heard, field) for field in (_targets, _items, _firms))
    event_id = digest_of(
        "event", told[0].article_id, first.instrument, first.status, ",".join(sorted(first.issuers)), first.date or "", *first.items
    )
    return Event(
        event_id=event_id,
        measure_id=event_id,
        event_date=first_day(date),
        event_date_precision=precision(date),
        effective_date=first_day(effective),
        effective_date_precision=precision(effective),
        instrument=first.instrument,
        status=first.status,
        issuers=issuers,
        targets=targets,
        issuer_bodies=_enough(heard, lambda mention: mention.issuer_bodies),
        firms=firms,
        items=items,
        hs_codes=hs_codes(items),
        rate_pct=rate,
        legal_documents=tuple(sorted({document for mention in told for document in mention.mention.legal_documents})),
        title=title_of(
            instrument=first.instrument, status=first.status, issuers=issuers, targets=targets, items=items, firms=firms,
            rate_pct=rate, effective=effective,
        ),
        article_count=len({mention.article_id for mention in told}),
        owner_count=len(heard),
        languages=tuple(sorted({mention.language for mention in told})),
        official_source=any(mention.official for mention in told),
        confidence=_confidence(heard),
        mention_ids=tuple(sorted(mention.mention_id for mention in told)),
    )  # fmt: skip


def _targets(mention: Mention) -> tuple[str, ...]:
    return mention.targets


def _items(mention: Mention) -> tuple[str, ...]:
    return mention.items


def _firms(mention: Mention) -> tuple[str, ...]:
    return mention.firms


def _most_told_date(heard: Sequence[Sequence[StoredMention]], field: Callable[[Mention], str | None]) -> str | None:
    """The date that most voices tell: of the month that most agree with, the day most told; the month itself where none tells a day."""
    votes = _votes(heard, field)
    support = {told[:_MONTH]: sum(count for other, count in votes.items() if apart(told[:_MONTH], other) == 0) for told in votes}
    month = min(support, key=lambda told: (-support[told], -len(told), told), default="")
    return min((told for told in votes if told.startswith(month)), key=lambda told: (-len(told), -votes[told], told), default=None)


def _most_told_rate(heard: Sequence[Sequence[StoredMention]]) -> float | None:
    """The rate that most voices tell; among equals the highest."""
    votes = _votes(heard, lambda mention: mention.rate_pct)
    return min(votes, key=lambda told: (-votes[told], -told), default=None)


def _votes(heard: Sequence[Sequence[StoredMention]], field: Callable[[Mention], Value | None]) -> Counter[Value]:
    """How many voices tell each value of a field."""
    votes: Counter[Value] = Counter()
    for voice in heard:
        votes.update({value for value in (field(mention.mention) for mention in voice) if value is not None})
    return votes


def _enough(heard: Sequence[Sequence[StoredMention]], field: Callable[[Mention], tuple[str, ...]]) -> tuple[str, ...]:
    """The values that a sufficient share of those voices tell that tell any, most told first."""
    votes: Counter[str] = Counter()
    telling = 0
    for voice in heard:
        values = set(_flat(field(mention.mention) for mention in voice))
        votes.update(values)
        telling += bool(values)
    least = load_consolidation().fields.share * telling
    return tuple(value for value, count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])) if count >= least)


def _flat(lists: Iterable[tuple[str, ...]]) -> Iterable[str]:
    return (value for values in lists for value in values)


def _confidence(heard: Sequence[Sequence[StoredMention]]) -> float:
    """Independent voices add up: 1 - product of (1 - p) over the voices, p by kind of source."""
    weights = load_consolidation().confidence
    doubt = 1.0
    for voice in heard:
        sure = weights.official if any(mention.official for mention in voice) else weights.press
        dated = any(mention.mention.date for mention in voice)
        doubt *= 1 - sure * (1 if dated else weights.undated)
    return round(min(weights.cap, 1 - doubt), 3)
