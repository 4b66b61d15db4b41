"""A model's answer in, the mentions that hold up out: whatever the article does not bear out is dropped and counted.

The answer is data from a stranger, like the article it was made of: the schema was asked for, not trusted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from config.taxonomy import load_taxonomy
from models.llm.names import agency_of, company_of
from models.llm.quotes import Quotable
from models.llm.schema import EVERYONE, governments
from models.reading.legal import find_legal_documents
from models.records import Evidence, Mention, Salience, Span

if TYPE_CHECKING:
    from models.records import Article

MOST_EVENTS = 50
"""Events of one article: three times what the fullest annotated one tells."""
_MOST_QUOTES = 2
_LONGEST_QUOTE = 1200
"""Characters: two long sentences. A quote of half the article is no evidence."""
_SHORTEST_QUOTE = 6
"""Characters: a sentence of Chinese may be as short; a shorter quote stands everywhere."""
_HIGHEST_RATE = 10_000.0
_TOLD = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class BadAnswerError(ValueError):
    """An answer that is no JSON object with a list of events."""


class _Unborne(Exception):
    """An event that the article does not bear out; the message is how it is counted."""


@dataclass(slots=True)
class Examined:
    """What is left of an answer."""

    mentions: tuple[Mention, ...] = ()
    dropped: Counter[str] = field(default_factory=Counter)
    """What was left out, by kind, such as "unknown item" or "event without evidence"."""


def examine(content: str, article: Article) -> Examined:
    """Return the mentions of the answer `content` that the article bears out.

    Raises:
        BadAnswerError: the answer is not of the shape asked for.

    """
    examination = _Examination(article)
    kept: dict[int, Mention] = {}
    for place, event in enumerate(_events(content)):
        if place >= MOST_EVENTS:
            examination.dropped["event beyond the limit"] += 1
            continue
        try:
            kept[place] = examination.mention(event)
        except _Unborne as reason:
            examination.dropped[str(reason)] += 1
    return Examined(_renumbered(kept), +examination.dropped)


def _events(content: str) -> list[Any]:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadAnswerError(f"not JSON: {str(error)[:200]}") from error
    events = answer.get("events") if isinstance(answer, dict) else None
    if not isinstance(events, list):
        raise BadAnswerError('no object with a list "events"')
    return events


def _renumbered(kept: dict[int, Mention]) -> tuple[Mention, ...]:
    """Point `responds_to` at where the answered event stands now; at nothing, where it was dropped."""
    places = {place: now for now, place in enumerate(kept)}
    return tuple(
        replace(mention, responds_to=None if mention.responds_to == place else places.get(_index(mention.responds_to)))
        for place, mention in kept.items()
    )


def _index(place: int | None) -> int:
    return -1 if place is None else place


class _Examination:
    """One article and what was dropped of the answer about it."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._text = Quotable(article.text)
        self._published = article.published_at.date().isoformat() if article.published_at else None
        self._legal = find_legal_documents(article.text, article.language)
        self.dropped: Counter[str] = Counter()

    def mention(self, event: Any) -> Mention:
        """Return what of `event` holds up.

        Raises:
            _Unborne: instrument, stage, issuer or evidence does not.

        """
        taxonomy = load_taxonomy()
        if not isinstance(event, dict):
            raise _Unborne("event of no shape")
        instrument = taxonomy.instruments.get(str(event.get("instrument")))
        status = taxonomy.statuses.get(str(event.get("status")))
        if instrument is None or status is None:
            raise _Unborne("event of unknown instrument or status")
        spans = self._evidence(event)
        if not spans:
            raise _Unborne("event without evidence")
        issuers = self._codes(event, "issuers", governments() - {EVERYONE})
        if not issuers:
            raise _Unborne("event without issuer")
        return Mention(
            instrument=instrument.id,
            status=status.id,
            salience=Salience.BACKGROUND if event.get("salience") == Salience.BACKGROUND else Salience.MAIN,
            issuers=issuers,
            targets=() if instrument.parties else self._codes(event, "targets", governments() | {EVERYONE}),
            issuer_bodies=self._named(event, "issuer_bodies", agency_of),
            firms=self._named(event, "firms", company_of),
            items=self._codes(event, "items", taxonomy.items),
            date=self._date(event, "date", self._published),
            effective=self._date(event, "effective", None),
            rate_pct=self._rate(event) if instrument.has_rate else None,
            legal_documents=self._documents(spans),
            responds_to=event["responds_to"] if type(event.get("responds_to")) is int else None,
            evidence=tuple(Evidence("event", span) for span in spans),
        )

    def _evidence(self, event: dict[str, Any]) -> list[Span]:
        quotes = [quote for quote in _list(event, "evidence") if isinstance(quote, str)]
        fit = [quote for quote in quotes[:_MOST_QUOTES] if _SHORTEST_QUOTE <= len(quote.strip()) <= _LONGEST_QUOTE]
        found = [self._text.find(quote) for quote in fit]
        self.dropped["quote that is not in the article"] += found.count(None)
        return list(dict.fromkeys(span for span in found if span))

    def _codes(self, event: dict[str, Any], key: str, known: Iterable[str]) -> tuple[str, ...]:
        told = [str(code) for code in _list(event, key)]
        allowed = frozenset(known)
        self.dropped[f"unknown code in {key}"] += sum(code not in allowed for code in told)
        return tuple(dict.fromkeys(code for code in told if code in allowed))

    def _named(self, event: dict[str, Any], key: str, usual: Callable[[str, str], str | None]) -> tuple[str, ...]:
        """Names whose words stand in the article."""
        found: list[str] = []
        for named in _list(event, key):
            name, words = (str(named.get(part) or "") for part in ("name", "words")) if isinstance(named, dict) else ("", "")
            known = usual(name, words) if self._text.find(words) else None
            if known:
                found.append(known)
            else:
                self.dropped[f"name in {key} that is not in the article"] += 1
        return tuple(dict.fromkeys(found))

    def _date(self, event: dict[str, Any], key: str, latest: str | None) -> str | None:
        """A date as told, at its precision; none that the calendar lacks, nor one after `latest`."""
        told = event.get(key)
        if told is None:
            return None
        if isinstance(told, str) and _is_date(told) and (latest is None or told <= latest[: len(told)]):
            return told
        self.dropped[f"{key} that cannot be"] += 1
        return None

    def _rate(self, event: dict[str, Any]) -> float | None:
        rate = event.get("rate_pct")
        if rate is None:
            return None
        if isinstance(rate, int | float) and not isinstance(rate, bool) and 0 <= rate <= _HIGHEST_RATE:
            return float(rate)
        self.dropped["rate that cannot be"] += 1
        return None

    def _documents(self, spans: list[Span]) -> tuple[str, ...]:
        inside = (key for start, end, key in self._legal for span in spans if span.start <= start and end <= span.end)
        return tuple(dict.fromkeys(inside))


def _list(event: dict[str, Any], key: str) -> list[Any]:
    value = event.get(key)
    return value if isinstance(value, list) else []


def _is_date(told: str) -> bool:
    if not _TOLD.fullmatch(told):
        return False
    try:
        date.fromisoformat(told + "-01-01"[len(told) - 4 :])
    except ValueError:
        return False
    return True
