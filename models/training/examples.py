"""Corpus articles as the network is trained on them: pieces, candidates, and what each sentence, event and candidate ought to score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from models.encoder.candidates import STANDS_FOR_A_GOVERNMENT, Candidate, Sort, candidates_of
from models.encoder.layout import Layout, layout_of
from models.encoder.passages import Passage, passages
from models.evaluation.matching import fold
from models.reading.pipeline import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from models.training.articles import AnnotatedEvent, CorpusArticle

IGNORED = -100
"""Tag of pieces that are not judged: names we know that the annotator listed in another form only."""


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of a network, in its order."""

    instruments: Sequence[str]
    statuses: Sequence[str]
    items: Sequence[str]
    tags: Sequence[str]


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one sentence tells it; several that share sentence, instrument and status are one, with the values of all."""

    sentence: int
    instrument: int
    status: int
    events: tuple[AnnotatedEvent, ...]
    numbers: tuple[int, ...]
    """Places of the events in the article's list."""

    def values(self, role: str) -> set[str]:
        """All values of one role, as candidates give them."""
        return {value for event in self.events for value in _VALUES[role](event)}


_VALUES: dict[str, Callable[[AnnotatedEvent], Iterable[str]]] = {
    "issuer": lambda event: event.issuers,
    "target": lambda event: event.targets,
    "body": lambda event: map(fold, event.issuer_bodies),
    "firm": lambda event: map(fold, event.firms),
    "item": lambda event: event.items,
    "rate": lambda event: () if event.rate_pct is None else (f"{event.rate_pct:g}",),
    "date": lambda event: (event.date,) if event.date else (),
    "effective": lambda event: (event.effective,) if event.effective else (),
}


@dataclass(frozen=True, slots=True)
class Groups:
    """The candidates of one role by value: (G, C) membership and, for each telling, which values are right (E, G)."""

    members: NDArray[np.float32]
    right: NDArray[np.float32]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One article, ready for the network."""

    article: CorpusArticle
    passages: list[Passage]
    layout: Layout
    candidates: list[Candidate]
    instruments: NDArray[np.float32]
    """(S, I)"""
    tellings: tuple[Telling, ...]
    groups: dict[str, Groups]
    tags: NDArray[np.int64]
    """(T,)"""


def sentence_places(article: CorpusArticle) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence in the article's text, the title first."""
    text = text_of(article)
    places = [(0, len(article.title))]
    for sentence in article.sentences[1:]:
        start = text.index(sentence, places[-1][1])
        places.append((start, start + len(sentence)))
    return places


def text_of(article: CorpusArticle) -> str:
    """Title, blank line, body: as `models.records.Article.text` has it."""
    return f"{article.title}\n\n{article.body}"


def example_of(article: CorpusArticle, tokenizer: Tokenizer, classes: Classes) -> Example:
    """Return `article` as the network is trained on it."""
    text = text_of(article)
    published = date.fromisoformat(article.published)
    doc = read_document(text, article.lang, published)
    cut = passages(tokenizer, text, sentence_places(article))
    layout = layout_of(cut)
    candidates = [found for found in candidates_of(doc, published) if layout.spans([(found.start, found.end)]).any()]
    tellings = tuple(_tellings(article, classes))
    told = np.zeros((len(article.sentences), len(classes.instruments)), np.float32)
    for telling in tellings:
        told[telling.sentence, telling.instrument] = 1
    groups = {role: _groups(role, candidates, tellings) for role in _VALUES}
    known = [(entity.start_char, entity.end_char) for entity in doc.ents]
    return Example(
        article, cut, layout, candidates, told[: layout.sentences], tellings, groups, _tags(article, text, layout, known, classes.tags)
    )


def _tellings(article: CorpusArticle, classes: Classes) -> Iterator[Telling]:
    found: dict[tuple[int, int, int], list[int]] = {}
    for number, event in enumerate(article.events):
        for sentence in event.sentences:
            place = (sentence, classes.instruments.index(event.instrument), classes.statuses.index(event.status))
            found.setdefault(place, []).append(number)
    for (sentence, instrument, status), numbers in sorted(found.items()):
        yield Telling(sentence, instrument, status, tuple(article.events[number] for number in numbers), tuple(numbers))


def values_of(role: str, candidate: Candidate) -> tuple[str, ...]:
    """Return the values that a candidate offers for a role, none where it cannot fill it."""
    sort = candidate.sort
    if role in {"issuer", "target"}:
        stands = sort in STANDS_FOR_A_GOVERNMENT and not (role == "issuer" and sort is Sort.COMPANY)
        return (candidate.government,) if stands and candidate.government else ()
    if role in {"date", "effective"}:
        if sort is not Sort.DATE:
            return ()
        return (
            tuple(dict.fromkeys(value for value in (candidate.value, candidate.ahead) if value))
            if role == "effective"
            else (candidate.value,)
        )
    fits = {"body": Sort.AGENCY, "firm": Sort.COMPANY, "item": Sort.ITEM, "rate": Sort.RATE}[role]
    return (candidate.value,) if sort is fits else ()


def _groups(role: str, candidates: Sequence[Candidate], tellings: Sequence[Telling]) -> Groups:
    offered = [values_of(role, candidate) for candidate in candidates]
    values = tuple(dict.fromkeys(value for values in offered for value in values))
    members = np.array([[float(value in mine) for mine in offered] for value in values], np.float32).reshape(len(values), len(candidates))
    right = np.array([[float(_is_right(role, value, telling)) for value in values] for telling in tellings], np.float32)
    return Groups(members, right.reshape(len(tellings), len(values)), values)


def _is_right(role: str, value: str, telling: Telling) -> bool:
    told = telling.values(role)
    if role in {"date", "effective"}:
        return any(value[: len(day)] == day for day in told)
    if role in {"body", "firm"}:
        return fold(value) in told
    return value in told


def _tags(article: CorpusArticle, text: str, layout: Layout, known: Sequence[tuple[int, int]], tags: Sequence[str]) -> NDArray[np.int64]:
    """Return the tag of each piece: names as annotated, wherever they stand; other known names are not judged."""
    found = np.zeros(len(layout.start), np.int64)
    for start, end in known:
        found[(layout.start < end) & (layout.end > start)] = IGNORED
    taken = np.zeros(len(layout.start), bool)
    for surface, _, kind in sorted(article.entities, key=lambda entity: -len(entity[0])):
        for start in _occurrences(text, surface):
            covered = np.flatnonzero((layout.start < start + len(surface)) & (layout.end > start))
            if len(covered) and not taken[covered].any():
                taken[covered] = True
                found[covered] = tags.index(f"I-{kind}")
                found[covered[0]] = tags.index(f"B-{kind}")
    return found


def _occurrences(text: str, surface: str) -> Iterator[int]:
    start = text.find(surface)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(surface) : start + len(surface) + 1]
        if not (_joins(before, surface[0]) or _joins(surface[-1], after)):
            yield start
        start = text.find(surface, start + 1)


def _joins(one: str, other: str) -> bool:
    """Whether two neighbouring letters belong to one word, in scripts that write words apart; an ending of other letters may follow."""
    return one.isalpha() and other.isalpha() and one.isascii() and other.isascii()
