"""One batch as rows: what has no sound evidence is turned into a rejection here, everything else gets its stable id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from models.records import Article, Batch, EntityMention, Mention, Reading, Rejection, Span, digest_of

Row = dict[str, Any]


@dataclass(slots=True)
class BatchRows:
    """The rows of one batch, by the table that they go to."""

    articles: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    entity_mentions: list[Row] = field(default_factory=list)
    rejections: list[Row] = field(default_factory=list)


def rows_of(batch: Batch) -> BatchRows:
    """Turn `batch` into rows; of an article that comes twice, the one fetched last counts."""
    rows, rejections = BatchRows(), list(batch.rejections)
    for article, reading in _latest(batch.articles):
        if not _is_unicode(article):
            rejections.append(Rejection("load", "not-unicode", article.url.encode(errors="replace").decode()))
            continue
        rows.articles.append(_article_row(article))
        rejections += _add_mentions(rows, article, reading)
        rejections += _add_entities(rows, article, reading)
    rows.rejections = [asdict(rejection) for rejection in _distinct(rejections)]
    return rows


def _latest(articles: Iterable[tuple[Article, Reading]]) -> list[tuple[Article, Reading]]:
    latest: dict[str, tuple[Article, Reading]] = {}
    for article, reading in articles:
        held = latest.get(article.url)
        if held is None or article.fetched_at >= held[0].fetched_at:
            latest[article.url] = (article, reading)
    return list(latest.values())


def _is_unicode(article: Article) -> bool:
    """Whether the text can be stored: broken pages yield lone surrogates."""
    try:
        (article.url + article.text).encode()
    except UnicodeEncodeError:
        return False
    return True


def _distinct(rejections: Iterable[Rejection]) -> list[Rejection]:
    return list({(rejection.stage, rejection.reason, rejection.url): rejection for rejection in rejections}.values())


def _article_row(article: Article) -> Row:
    publisher = article.publisher
    return {
        "article_id": article.id,
        "url": article.url,
        "content_hash": article.content_hash,
        "title": article.title,
        "text": article.text,
        "language": article.language,
        "published_at": article.published_at,
        "updated_at": article.updated_at,
        "fetched_at": article.fetched_at,
        "page_sha256": article.page_sha256,
        "publisher": publisher.name,
        "owner": publisher.owner,
        "country": publisher.country,
        "official": publisher.official,
    }


def _add_mentions(rows: BatchRows, article: Article, reading: Reading) -> Iterator[Rejection]:
    ids = _mention_ids(article, reading.mentions)
    sound = {number for number, mention in enumerate(reading.mentions) if not _fault(article, mention)}
    for number, mention in enumerate(reading.mentions):
        if number not in sound:
            yield Rejection("load", _fault(article, mention), article.url, f"mention {number}: {mention.instrument} {mention.status}")
            continue
        answered = mention.responds_to
        rows.mentions.append(
            {
                "mention_id": ids[number],
                "article_id": article.id,
                "content_hash": article.content_hash,
                "position": number,
                "responds_to": ids[answered] if answered in sound and answered is not None else None,
                "reader": reading.reader,
                **{name: getattr(mention, name) for name in _PLAIN},
            }
        )
        stretches = dict.fromkeys((evidence.field, evidence.span) for evidence in mention.evidence)
        rows.evidence += [{"mention_id": ids[number], "field": name, **_span_row(span)} for name, span in stretches]


_PLAIN = (
    *("instrument", "status", "salience", "issuers", "targets", "issuer_bodies", "firms", "items"),
    *("date", "effective", "rate_pct", "legal_documents"),
)


def _fault(article: Article, mention: Mention) -> str:
    """Why a mention cannot be trusted, or nothing: every line of the timeline must lead back to words of an article."""
    if not mention.evidence:
        return "no-evidence"
    if not all(_fits(article, evidence.span) for evidence in mention.evidence):
        return "bad-evidence"
    return ""


def _mention_ids(article: Article, mentions: tuple[Mention, ...]) -> list[str]:
    """Ids from what makes a mention: words, instrument, status and issuers. The same words may tell several: they are numbered."""
    ids, met = [], Counter[str]()
    for mention in mentions:
        where = ",".join(sorted(f"{each.field}:{each.span.start}:{each.span.end}" for each in mention.evidence))
        key = digest_of("mention", article.id, article.content_hash, mention.instrument, mention.status, ",".join(mention.issuers), where)
        ids.append(digest_of(key, str(met[key])) if met[key] else key)
        met[key] += 1
    return ids


def _add_entities(rows: BatchRows, article: Article, reading: Reading) -> Iterator[Rejection]:
    for entity in dict.fromkeys(reading.entities):
        if _fits(article, entity.span):
            rows.entity_mentions.append(_entity_row(article, reading, entity))
        else:
            yield Rejection("load", "bad-entity-span", article.url, f"{entity.type} {entity.entity_id}")


def _entity_row(article: Article, reading: Reading, entity: EntityMention) -> Row:
    return {
        "article_id": article.id,
        "content_hash": article.content_hash,
        "entity_id": entity.entity_id,
        "type": entity.type,
        "reader": reading.reader,
        **_span_row(entity.span),
    }


def _span_row(span: Span) -> Row:
    return {"quote": span.quote, "quote_start": span.start, "quote_end": span.end}


def _fits(article: Article, span: Span) -> bool:
    return 0 <= span.start < span.end and article.text[span.start : span.end] == span.quote
