"""The nouns of tradewire: what an article is, and what is read in it.

Everything here is a frozen dataclass of the standard library, so that sources, models, the warehouse and the outlets share one
vocabulary without importing one another.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Salience(StrEnum):
    """Whether a policy action is the article's news or an earlier action it recalls."""

    MAIN = "main"
    BACKGROUND = "background"


def digest_of(*parts: str) -> str:
    """Return a stable 16-digit hexadecimal id of `parts`; the order of the parts matters."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes that a server answered with, kept so that they can be read again by a better model."""

    url: str
    """The address that was asked for."""
    final_url: str
    """The address that answered, after redirects."""
    content: bytes
    content_type: str | None
    """The `Content-Type` header as sent; it may lie."""
    fetched_at: datetime
    """UTC."""

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the bytes: the page's name in the page store."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published an article, and who owns them: corroboration counts owners."""

    name: str
    owner: str
    country: str | None = None
    official: bool = False
    """A government's own notice page, not the press."""


@dataclass(frozen=True, slots=True)
class Article:
    """One page's own text, cleaned."""

    url: str
    """Canonical address; the article's identity derives from it."""
    title: str
    body: str
    """Paragraphs, separated by blank lines."""
    language: str
    """ISO 639-1 code, detected from the text."""
    published_at: datetime | None
    """UTC; None when neither feed nor page says."""
    publisher: Publisher
    fetched_at: datetime
    """UTC."""
    updated_at: datetime | None = None
    """UTC time of the last change that the feed or the page states."""
    page_sha256: str | None = None
    """Name of the kept page bytes; None for texts that came without a page."""

    @property
    def id(self) -> str:
        """Stable identity: the same address is the same article, whatever its text says later."""
        return digest_of("article", self.url)

    @property
    def text(self) -> str:
        """Title, blank line, body: what is read, and what every offset points into."""
        return f"{self.title}\n\n{self.body}" if self.title else self.body

    @property
    def content_hash(self) -> str:
        """Identity of this version of the article's text."""
        return digest_of("content", self.text)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words of an article that carry one field of a mention ("event" for the whole)."""

    field: str
    span: Span


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A named thing in an article, linked to its id where it is known."""

    span: Span
    entity_id: str
    """ISO code for a government, the usual English name for all others."""
    type: str
    """government, agency, person, company, product, material, law, organisation or place."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What one article says of one policy action at one stage."""

    instrument: str
    status: str
    salience: Salience
    issuers: tuple[str, ...]
    targets: tuple[str, ...]
    issuer_bodies: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    date: str | None = None
    """YYYY-MM-DD, YYYY-MM or YYYY: a month stays a month; None when not said."""
    effective: str | None = None
    rate_pct: float | None = None
    legal_documents: tuple[str, ...] = ()
    """Normalised keys such as "US EO 13873"."""
    responds_to: int | None = None
    """Index, among the mentions of the same reading, of the action that this one answers."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reader found in one article."""

    language: str
    mentions: tuple[Mention, ...] = ()
    entities: tuple[EntityMention, ...] = ()
    reader: str = ""
    """Name and version of the reader, so that a re-reading can be told from the first."""

    @property
    def relevant(self) -> bool:
        """Whether the article tells at least one policy action."""
        return bool(self.mentions)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was not loaded, with the reason: counted, never silent."""

    stage: str
    """feed, fetch, extract, read or load."""
    reason: str
    """Short and countable, such as "no-text"."""
    url: str
    detail: str = ""


class Rejected(Exception):
    """An item that can never succeed as it is: record it and go on with the rest."""

    def __init__(self, stage: str, reason: str, url: str, detail: str = "") -> None:
        super().__init__(f"{stage}: {reason}: {url} {detail}".rstrip())
        self.rejection = Rejection(stage, reason, url, detail)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one run hands to the warehouse in one transaction."""

    articles: tuple[tuple[Article, Reading], ...] = ()
    rejections: tuple[Rejection, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing that we know of: one entry of the catalogue that entity mentions point to."""

    id: str
    """ISO code for a government, the usual English name for all others; together with `type` it is unique."""
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    """Pairs of scheme and code, such as ("lei", "5493...")."""


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention as the warehouse holds it now, with what consolidation needs to know of its article."""

    mention_id: str
    """Stable: the same words of the same version of an article, read the same way, keep it."""
    article_id: str
    url: str
    publisher: str
    owner: str
    official: bool
    language: str
    published_at: datetime | None
    """UTC."""
    learned_at: datetime
    """UTC time when this mention was first loaded."""
    mention: Mention
    """`mention.responds_to` is None here, an index into a reading means nothing in the warehouse; see `responds_to` of this record."""
    responds_to: str | None = None
    """The mention_id of the action that this one answers, in the same article."""


@dataclass(frozen=True, slots=True)
class Event:
    """One policy action at one stage, told by one or many mentions: a row of the timeline."""

    event_id: str
    measure_id: str
    event_date: date | None
    """First day of the day, month or year meant; None when unknown."""
    event_date_precision: str | None
    """day, month or year; None exactly when the date is."""
    effective_date: date | None
    effective_date_precision: str | None
    instrument: str
    status: str
    issuers: tuple[str, ...]
    targets: tuple[str, ...]
    issuer_bodies: tuple[str, ...]
    firms: tuple[str, ...]
    items: tuple[str, ...]
    hs_codes: tuple[str, ...]
    rate_pct: float | None
    legal_documents: tuple[str, ...]
    title: str
    """One English line made from the fields."""
    article_count: int
    """Distinct articles among the mentions."""
    owner_count: int
    """Independent voices: distinct owners, a reprint counting as its source."""
    languages: tuple[str, ...]
    official_source: bool
    """Whether a government's own page tells it."""
    confidence: float
    """0 to 1; grows with independent voices."""
    mention_ids: tuple[str, ...]
    """The mentions that tell it; never empty."""


class LinkKind(StrEnum):
    """How one event bears on another."""

    RETALIATES_FOR = "retaliates_for"
    AMENDS = "amends"
    SUSPENDS = "suspends"
    LIFTS = "lifts"
    EXEMPTS_FROM = "exempts_from"
    IMPLEMENTS = "implements"
    CHALLENGES = "challenges"


@dataclass(frozen=True, slots=True)
class EventLink:
    """One event bears on another, and the words that say so."""

    from_event: str
    to_event: str
    kind: LinkKind
    mention_id: str
    """The mention, of either event, that carries the link."""
    quote: str
    """The words that assert it, copied from that mention's article."""


@dataclass(frozen=True, slots=True)
class ConsolidatedTimeline:
    """What a set of mentions comes to: its events, and how they bear on one another."""

    events: tuple[Event, ...] = ()
    links: tuple[EventLink, ...] = ()
