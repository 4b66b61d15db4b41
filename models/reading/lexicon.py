"""Phrases with labels in, their occurrences in a `Doc` out; the longest phrase at each place wins.

Phrases are matched by the keys of their tokens, so an inflected form meets the dictionary form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from models.reading.tokens import is_character, key, pieces, resembles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from models.reading.findings import Place

Label = TypeVar("Label")
AnyPlace = TypeVar("AnyPlace", bound="Place")

GAP = "…"
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
_COMPOUND_SYLLABLES = 3


@dataclass(frozen=True, slots=True)
class Hit(Generic[Label]):
    """Tokens `start` to `end` (exclusive) of a document carry `label`."""

    start: int
    end: int
    label: Label


@dataclass(slots=True)
class Node(Generic[Label]):
    """What may follow the words read so far: further words, and the phrases that end here."""

    branches: dict[str, Node[Label]] = field(default_factory=dict)
    phrases: list[Phrase[Label]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Label]):
    """One labelled phrase, its words as they were entered."""

    label: Label
    words: tuple[str, ...]
    rest: tuple[tuple[str, ...], ...] = ()
    """Keys of the parts that follow after a gap."""


class Lexicon(Generic[Label]):
    """A set of labelled phrases of one language."""

    def __init__(self, language: str, gap: int) -> None:
        """Begin an empty lexicon; `gap` is how many words a "…" in a phrase may stand for."""
        self._language = language
        self._gap = gap
        self._root: Node[Label] = Node()

    def add(self, phrase: str, label: Label) -> None:
        """Add `phrase` in any of its forms."""
        first, *rest = [self._words(part) for part in phrase.split(GAP)]
        if not first:
            return
        node = self._root
        for word in first:
            node = node.branches.setdefault(key(word, self._language), Node())
        following = tuple(tuple(key(word, self._language) for word in part) for part in rest if part)
        node.phrases.append(Phrase(label, tuple(first), following))

    def find(self, doc: Doc) -> list[Hit[Label]]:
        """Return the occurrences in `doc`, in order; hits of one label do not overlap, hits of different labels may."""
        keys = [(index, token.norm_) for index, token in enumerate(doc) if not token.is_space]
        taken: dict[Label, int] = {}
        hits: list[Hit[Label]] = []
        for position in range(len(keys)):
            for hit in self._at(doc, keys, position):
                if taken.get(hit.label, -1) <= hit.start:
                    taken[hit.label] = hit.end
                    hits.append(hit)
        return hits

    def _at(self, doc: Doc, keys: Sequence[tuple[int, str]], position: int) -> Iterable[Hit[Label]]:
        """The longest hit of each label that begins at `position`."""
        longest: dict[Label, Hit[Label]] = {}
        for phrase, stop in self._phrases_at(keys, position):
            start, end = keys[position][0], keys[stop - 1][0] + 1
            found = [token.text for token in doc[start:end] if not token.is_space]
            if not _stands_free(doc, start, end, phrase):
                continue
            if not all(resembles(text, word, self._language) for text, word in zip(found, phrase.words, strict=True)):
                continue
            for part in phrase.rest:
                stop = self._after_gap(keys, stop, part)  # noqa: PLW2901 - each part begins where the one before ended
                if stop < 0:
                    break
            else:
                longest[phrase.label] = Hit(start, keys[stop - 1][0] + 1, phrase.label)
        return longest.values()

    def _phrases_at(self, keys: Sequence[tuple[int, str]], position: int) -> Iterator[tuple[Phrase[Label], int]]:
        """Phrases that begin at `position`, shorter before longer, each with the position after its first part."""
        node: Node[Label] | None = self._root
        for stop in range(position, len(keys)):
            node = node.branches.get(keys[stop][1]) if node else None
            if node is None:
                return
            for phrase in node.phrases:
                yield phrase, stop + 1

    def _after_gap(self, keys: Sequence[tuple[int, str]], start: int, part: tuple[str, ...]) -> int:
        for begin in range(start, min(start + self._gap + 1, len(keys) - len(part) + 1)):
            if all(keys[begin + offset][1] == word for offset, word in enumerate(part)):
                return begin + len(part)
        return -1

    @staticmethod
    def _words(phrase: str) -> list[str]:
        return [piece for piece in pieces(phrase.strip()) if not piece.isspace()]


def longest_first(found: Iterable[AnyPlace]) -> list[AnyPlace]:
    """Keep, of overlapping places whatever they carry, the longest, and among equals the first; in order of place."""
    kept: list[AnyPlace] = []
    used: set[int] = set()
    for place in sorted(found, key=lambda place: (place.start - place.end, place.start)):
        covered = range(place.start, place.end)
        if used.isdisjoint(covered):
            used.update(covered)
            kept.append(place)
    return sorted(kept, key=lambda place: place.start)


def _stands_free(doc: Doc, start: int, end: int, phrase: Phrase[Label]) -> bool:
    """Whether the tokens are no fragment of a longer word in a script without spaces.

    Korean endings follow the word, so only its start counts, and a long phrase may also end a compound; a katakana word must not go on
    in either direction.
    """
    first = doc[start]
    if HANGUL.match(first.text):
        begins_word = start == 0 or bool(doc[start - 1].whitespace_) or not HANGUL.match(doc[start - 1].text)
        return begins_word or len(phrase.words) >= _COMPOUND_SYLLABLES
    return not (is_character(first.text) and katakana_goes_on(doc, start, end))


def katakana_goes_on(doc: Doc, start: int, end: int) -> bool:
    """Whether the tokens `start` to `end` are a part of a longer katakana word."""
    before = start > 0 and _KATAKANA.match(doc[start].text) and _KATAKANA.match(doc[start - 1].text)
    after = end < len(doc) and _KATAKANA.match(doc[end - 1].text) and _KATAKANA.match(doc[end].text)
    return bool(before or after)
