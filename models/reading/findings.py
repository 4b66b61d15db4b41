"""Everything that is found in one sentence before any event is read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.reading.tokens import weight

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from spacy.tokens import Doc

    from models.reading.dates import Told
    from models.reading.governments import Reference
    from models.reading.lexicon import Hit
    from models.reading.names import Known

    class Place(Protocol):
        """Anything that begins and ends at tokens."""

        @property
        def start(self) -> int:
            """First token."""
            ...

        @property
        def end(self) -> int:
            """One past the last token."""
            ...


@dataclass(frozen=True, slots=True)
class Findings:
    """One sentence (tokens `start` to `end`) of a document and what stands in it; `index` counts sentences, the title is 0."""

    doc: Doc
    index: int
    start: int
    end: int
    ideas: tuple[Hit[str], ...]
    items: tuple[Hit[str], ...]
    names: tuple[Hit[Known], ...]
    references: tuple[Reference, ...]
    dates: tuple[Told, ...]
    legal: tuple[Hit[str], ...]
    """Numbers of legal documents, labelled with their keys."""

    def of(self, idea: str) -> list[Hit[str]]:
        """Occurrences of one idea."""
        return [hit for hit in self.ideas if hit.label == idea]

    def gap(self, one: Place, other: Place) -> float:
        """Length in words of what stands between two places; 0 when they touch or overlap, and a comma counts as one more."""
        first, second = (one, other) if one.start <= other.start else (other, one)
        between = self.doc[first.end : second.start] if second.start > first.end else ()
        return sum(1 if token.is_punct else weight(token.text) for token in between if not token.is_space)

    def within(self, places: Iterable[Place], centre: Place, words: float) -> list[Place]:
        """The places at most `words` away from `centre`, nearest first."""
        near = [(self.gap(place, centre), place.start, place) for place in places]
        return [place for distance, _, place in sorted(near, key=lambda entry: entry[:2]) if distance <= words]

    def belongs(self, place: Place, centre: Place, others: Iterable[Place], slack: float = 0.0) -> bool:
        """Whether `place` is no farther from `centre` than from any of `others`, give or take `slack` words."""
        mine = self.gap(place, centre)
        return all(mine <= self.gap(place, other) + slack for other in others if other is not centre)

    @property
    def characters(self) -> tuple[int, int]:
        """Where the sentence stands in the text."""
        last = self.doc[self.end - 1]
        return self.doc[self.start].idx, last.idx + len(last.text)
