"""The training corpus: articles of our own, written sentence by sentence, with what they tell.

One file a language, one article a line. `python -m models.training.articles FILE ...` checks files and prints what they hold.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from config.files import Settled
from config.taxonomy import load_taxonomy

CORPUS = Path(__file__).parent / "corpus"
UNSPACED = frozenset({"ja", "zh"})
Told = Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
Code = Annotated[str, Field(pattern=r"^([A-Z]{2}|G7|WTO|NATO)$")]
Target = Annotated[str, Field(pattern=r"^([A-Z]{2}|G7|WTO|NATO|\*)$")]
ENTITY_TYPES = ("government", "agency", "person", "company", "product", "material", "law", "organisation", "place")


class Words(Settled):
    """The words of the article that carry each role, copied exactly; codes stand beside the words they are told by."""

    issuer: tuple[tuple[Code, str], ...] = ()
    target: tuple[tuple[Target, str], ...] = ()
    body: tuple[str, ...] = ()
    firm: tuple[tuple[str, str], ...] = ()
    item: tuple[tuple[str, str], ...] = ()
    rate: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    effective: tuple[str, ...] = ()

    @property
    def surfaces(self) -> Iterator[str]:
        """All words, whatever their role."""
        for name in type(self).model_fields:
            for word in getattr(self, name):
                yield word if isinstance(word, str) else word[1]


class AnnotatedEvent(Settled):
    """One policy action as the annotation guide counts them."""

    instrument: str
    status: str
    salience: Literal["main", "background"] = "main"
    issuers: tuple[Code, ...] = ()
    targets: tuple[Target, ...] = ()
    issuer_bodies: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    date: Told | None = None
    effective: Told | None = None
    rate_pct: float | None = None
    responds_to: int | None = None
    sentences: Annotated[tuple[int, ...], Field(min_length=1, max_length=2)]
    """Which sentences tell it; the title is 0, then they are counted through all paragraphs."""
    words: Words = Words()
    action: str | None = None
    """Id of the real action in actions.csv, where the article is part of a story."""

    @model_validator(mode="after")
    def _in_the_taxonomy(self) -> AnnotatedEvent:
        taxonomy = load_taxonomy()
        unknown = (
            {self.instrument} - set(taxonomy.instruments) | {self.status} - set(taxonomy.statuses) | set(self.items) - set(taxonomy.items)
        )
        if unknown:
            raise ValueError(f"not in the taxonomy: {', '.join(sorted(unknown))}")
        if self.action and self.action not in _actions():
            raise ValueError(f"no action {self.action!r} in actions.csv")
        return self


class CorpusArticle(Settled):
    """One article of the corpus."""

    id: Annotated[str, Field(pattern=r"^[a-z]{2}-\d{4}$")]
    lang: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    published: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    genre: Literal[
        "wire",
        "newspaper",
        "business press",
        "trade press",
        "law-firm note",
        "ministry notice",
        "live blog",
        "machine-translated",
        "broadcaster",
    ]
    story: str | None = None
    title: str
    paragraphs: Annotated[tuple[tuple[str, ...], ...], Field(min_length=1)]
    """Paragraphs of sentences."""
    events: tuple[AnnotatedEvent, ...] = ()
    entities: tuple[tuple[str, str, str], ...] = ()
    """Words first used, id, type; in order of appearance."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The title and all sentences, in order."""
        return (self.title, *(sentence for paragraph in self.paragraphs for sentence in paragraph))

    @property
    def body(self) -> str:
        """The text below the title."""
        gap = "" if self.lang in UNSPACED else " "
        return "\n\n".join(gap.join(paragraph) for paragraph in self.paragraphs)

    @model_validator(mode="after")
    def _hangs_together(self) -> CorpusArticle:
        whole = "\n".join(self.sentences)
        faults = []
        for number, event in enumerate(self.events):
            if max(event.sentences) >= len(self.sentences):
                faults.append(f"event {number}: there is no sentence {max(event.sentences)}")
            faults += [f"event {number}: {word!r} is not in the text" for word in event.words.surfaces if word not in whole]
            if event.responds_to is not None and not (0 <= event.responds_to < len(self.events) and event.responds_to != number):
                faults.append(f"event {number}: responds_to {event.responds_to} is no other event")
            if event.date and event.date > self.published:
                faults.append(f"event {number}: date {event.date} lies after publication")
        for surface, identity, kind in self.entities:
            if surface not in whole:
                faults.append(f"entity {surface!r} is not in the text")
            if kind not in ENTITY_TYPES or not identity:
                faults.append(f"entity {surface!r}: unknown type {kind!r}")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def gold(self) -> dict[str, Any]:
        """The article in the format that readings are scored in."""
        return {
            "id": self.id,
            "lang": self.lang,
            "published": self.published,
            "title": self.title,
            "text": self.body,
            "relevant": bool(self.events),
            "events": [
                {
                    **event.model_dump(mode="json", exclude={"sentences", "words", "action"}),
                    "evidence": [self.sentences[place] for place in event.sentences],
                }
                for event in self.events
            ],
            "entities": [{"text": surface, "id": identity, "type": kind} for surface, identity, kind in self.entities],
        }


@cache
def _actions() -> frozenset[str]:
    with (CORPUS / "actions.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["action"] for row in csv.DictReader(file))


def read_corpus(paths: Iterable[Path]) -> Iterator[CorpusArticle]:
    """Yield the articles of `paths`.

    Raises:
        ValueError: a line does not fit; file and line are named.

    """
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                yield CorpusArticle.model_validate_json(line)
            except ValidationError as error:
                told = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
                raise ValueError(f"{path}:{number}: {told}") from error


def main() -> None:
    """Check the files named on the command line and tell what they hold."""
    articles = list(read_corpus(Path(name) for name in sys.argv[1:]))
    ids = Counter(article.id for article in articles)
    repeated = [identity for identity, count in ids.items() if count > 1]
    if repeated:
        raise SystemExit(f"ids come twice: {', '.join(repeated)}")
    events = [event for article in articles for event in article.events]
    sys.stdout.write(
        f"{len(articles)} articles, {len(events)} events, {sum(not article.events for article in articles)} without events, "
        f"{sum(article.story is not None for article in articles)} in stories\n"
    )
    for name in ("instrument", "status"):
        sys.stdout.write(f"{name}: {dict(Counter(getattr(event, name) for event in events).most_common())}\n")
    sys.stdout.write(f"genre: {dict(Counter(article.genre for article in articles).most_common())}\n")


if __name__ == "__main__":
    main()
