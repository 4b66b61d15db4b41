"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARAGRAPH = re.compile(r"[^\n]+")
_ENDS_WITH_ORDINAL = re.compile(r"\d+\.\s*$")


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence, without the white space around it; paragraphs always end one."""
    return [span for paragraph in _PARAGRAPH.finditer(text) for span in _in_paragraph(paragraph.group(), paragraph.start(), language)]


def _in_paragraph(paragraph: str, offset: int, language: str) -> Iterator[tuple[int, int]]:
    import sentencex

    start = 0
    end = 0
    for piece in sentencex.segment(language, paragraph):
        end += len(piece)
        rest = paragraph[end:].lstrip()
        # "am 3. Juli", "nr 23. maddesi": a number with a dot before a small letter goes on
        if _ENDS_WITH_ORDINAL.search(paragraph[start:end]) and rest[:1].islower():
            continue
        yield from _trimmed(paragraph, start, end, offset)
        start = end
    yield from _trimmed(paragraph, start, len(paragraph), offset)


def _trimmed(paragraph: str, start: int, end: int, offset: int) -> Iterator[tuple[int, int]]:
    sentence = paragraph[start:end]
    stripped = sentence.strip()
    if stripped:
        begin = offset + start + sentence.index(stripped[0])
        yield begin, begin + len(stripped)
