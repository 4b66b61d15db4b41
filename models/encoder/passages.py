"""An article cut into passages that the encoder can take: whole sentences, the title before each passage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

LONGEST_PASSAGE = 384
"""Pieces of one passage, title included; e5 takes 512, but its work grows with the square."""
LONGEST_SENTENCE = 192
"""Pieces of one sentence; what is longer is cut."""
LONGEST_TITLE = 64
_CONTEXT = 64
"""Pieces of the sentence before that a passage is given to understand its first."""
NO_SENTENCE = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the vocabulary in the text: its number and the characters it covers."""

    number: int
    start: int
    end: int


@dataclass(slots=True)
class Passage:
    """What the encoder reads at once."""

    numbers: list[int] = field(default_factory=list)
    """Pieces, with the marks around them."""
    sentences: list[int] = field(default_factory=list)
    """The sentence that each piece belongs to; -1 for marks, and for what stands here only as context."""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    """Characters of the text that each piece covers; empty stretches for marks."""

    def mark(self, number: int) -> None:
        """Add a mark that stands for no words."""
        self._append(Piece(number, 0, 0), NO_SENTENCE)

    def add(self, pieces: Sequence[Piece], sentence: int) -> None:
        """Add pieces of one sentence."""
        for piece in pieces:
            self._append(piece, sentence)

    def _append(self, piece: Piece, sentence: int) -> None:
        self.numbers.append(piece.number)
        self.sentences.append(sentence)
        self.starts.append(piece.start)
        self.ends.append(piece.end)


def passages(tokenizer: Tokenizer, text: str, sentences: Sequence[tuple[int, int]]) -> list[Passage]:
    """Cut `text` into passages of at most 384 pieces; `sentences` are its (start, end) stretches, the title first.

    Every sentence belongs to just one passage. The title opens each, and the end of the sentence before is there as context.
    """
    begin, between = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
    encodings = tokenizer.encode_batch([text[start:end] for start, end in sentences], add_special_tokens=False)
    pieces = [
        [Piece(number, first + start, last + start) for number, (first, last) in zip(encoding.ids, encoding.offsets, strict=True)]
        for encoding, (start, _) in zip(encodings, sentences, strict=True)
    ]
    title = pieces[0][:LONGEST_TITLE] if pieces else []
    found: list[Passage] = []
    current: Passage | None = None
    for index in range(1, len(pieces)) if len(pieces) > 1 else range(len(pieces)):
        sentence = pieces[index][:LONGEST_SENTENCE]
        if current is None or len(current.numbers) + len(sentence) + 1 > LONGEST_PASSAGE:
            current = Passage()
            current.mark(begin)
            if index:
                current.add(title, 0 if not found else NO_SENTENCE)
                current.mark(between)
            if index > 1:
                current.add(pieces[index - 1][-_CONTEXT:], NO_SENTENCE)
            found.append(current)
        current.add(sentence, index)
    for passage in found:
        passage.mark(between)
    return found
