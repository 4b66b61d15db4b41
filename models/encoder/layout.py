"""Where sentences, candidates and events stand among an article's pieces, as the arrays that the heads of the network take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.encoder.candidates import Candidate, Sort
from models.encoder.passages import NO_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from models.encoder.passages import Passage

SORTS = tuple(Sort)
FARTHEST = 4
"""Sentences between an event and a candidate are told apart up to this many, either way."""
DISTANCES = 2 * FARTHEST + 3
"""Kinds of distance in sentences: -4 to 4, the candidate in the title, the event in the title."""
_IN_TITLE, _FROM_TITLE = DISTANCES - 2, DISTANCES - 1
_SCALES = (4.0, 16.0)
MEASURES = 2 * len(_SCALES) + 1
"""Numbers that tell how a candidate lies to an event within its sentence."""


@dataclass(frozen=True, slots=True)
class Layout:
    """An article's pieces without the marks, in order; T pieces, S sentences, C candidates."""

    of_passage: NDArray[np.int64]
    """(T,) passage that each piece stands in."""
    of_place: NDArray[np.int64]
    """(T,) its place there."""
    sentence: NDArray[np.int64]
    """(T,) its sentence."""
    start: NDArray[np.int64]
    """(T,) its first character."""
    end: NDArray[np.int64]
    """(T,) one past its last."""

    @property
    def sentences(self) -> int:
        """Number of sentences, the title among them."""
        return int(self.sentence.max()) + 1 if len(self.sentence) else 0

    def membership(self) -> NDArray[np.float32]:
        """Return (S, T): 1 where the piece belongs to the sentence."""
        return np.asarray(np.arange(self.sentences)[:, None] == self.sentence[None, :], np.float32)

    def spans(self, places: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        """Return (C, T): equal shares over the pieces that each stretch of characters covers; all zero where it covers none."""
        if not places:
            return np.zeros((0, len(self.start)), np.float32)
        starts, ends = np.array(places).T
        covered = ((self.start[None, :] < ends[:, None]) & (self.end[None, :] > starts[:, None])).astype(np.float32)
        return np.asarray(covered / np.maximum(covered.sum(1, keepdims=True), 1), np.float32)

    def sentence_of(self, spans: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return (C,): the sentence in which each stretch begins; -1 where it covers no piece."""
        first = spans.argmax(1) if spans.shape[1] else np.zeros(len(spans), np.int64)
        return np.where(spans.sum(1) > 0, self.sentence[first] if len(self.sentence) else NO_SENTENCE, NO_SENTENCE)

    def centre_of(self, spans: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return (C,): the mean place of each stretch among the pieces."""
        return np.asarray(spans @ np.arange(len(self.start), dtype=np.float32), np.float32)


def layout_of(passages: Sequence[Passage]) -> Layout:
    """Return where the pieces of an article stand; context and marks are left out."""
    rows = [
        (number, place, sentence, passage.starts[place], passage.ends[place])
        for number, passage in enumerate(passages)
        for place, sentence in enumerate(passage.sentences)
        if sentence != NO_SENTENCE
    ]
    columns = np.array(rows, np.int64).reshape(-1, 5).T
    return Layout(*columns)


def sorts_of(candidates: Sequence[Candidate]) -> NDArray[np.int64]:
    """Return (C,): the number of each candidate's sort."""
    return np.array([SORTS.index(candidate.sort) for candidate in candidates], np.int64)


def distances(events: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return (E, C): the kind of distance between the sentences of events and of candidates, or of two events."""
    gap = np.clip(others[None, :] - events[:, None], -FARTHEST, FARTHEST) + FARTHEST
    gap = np.where((events[:, None] == 0) & (others[None, :] != 0), _FROM_TITLE, gap)
    return np.where((others[None, :] == 0) & (events[:, None] != 0), _IN_TITLE, gap).astype(np.int64)


def measures(
    centres: NDArray[np.float32], places: NDArray[np.float32], events: NDArray[np.int64], others: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return (E, C, 5): how far and on which side of `centres` each of `places` lies, where they share a sentence."""
    gap = places[None, :] - centres[:, None]
    same = (events[:, None] == others[None, :]).astype(np.float32)
    told = [np.tanh(gap / scale) * same for scale in _SCALES] + [np.tanh(np.abs(gap) / scale) * same for scale in _SCALES] + [same]
    return np.stack(told, axis=-1).astype(np.float32)
