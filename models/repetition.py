"""A story told twice on one page: some sites append a machine's rewording of their own article, often without a space between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_GLUE = re.compile(r"(?<=[^\W\d_]{3}[.!?])(?=[^\W\d_a-z][^\W\d_]{1,}(?:\s|['’]))|(?<=[^\W\d_]{3}[.!?][»”\"])(?=[^\W\d_a-z][^\W\d_])")
"""The seam between two tellings: a full stop between two words with no space after it. Abbreviations have shorter words."""
_LEAST_BESIDE_GLUE = 60
"""Characters that must stand on both sides of a seam, so that "example.Com" is none."""

_SENTENCE = re.compile(r"(?<=[.!?…।؟])[»”\"’)]*\s+|(?<=[。！？])[」』”）]*")
_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힣]+|[\w\u0900-\u0963\u064b-\u0652]+")
_IDEOGRAPHIC = re.compile(r"[぀-ヿ㐀-鿿가-힣]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

_STEM = 6
"""Letters of a word that count, so that inflected forms are the same word."""
_LEAST_WORDS = 15
"""Content words under which a paragraph is too short to be called a retelling: headings and captions repeat words by nature."""
_LEAST_REPEATED = 40
"""Characters from which on a paragraph that says exactly what an earlier one said is a repetition: a pull quote, a caption."""
_RUN = 2
"""Retold paragraphs in a row from which on the whole story is being told again."""
_MOST_PARAGRAPHS = 400
"""A page with more is a list or hostile; comparing all its pairs would take seconds."""


@dataclass(frozen=True, slots=True)
class _Bounds:
    """From which shares on a paragraph is a retelling of what stands above it."""

    words: float
    """Content words of a sentence that one earlier paragraph has."""
    sentences: float
    """Such sentences in the paragraph, by content words."""
    phrases: float
    """Runs of three content words that stand above in the same order."""


# Set on 258 pages of 181 publishers (flairNLP/fundus), where follow-up paragraphs seldom reach .25 of the phrases unless they do tell a
# thing twice, and on reworded pages, where retellings have .45 to .70. Two in a row make the rest of the page suspect.
_FIRST = _Bounds(words=0.6, sentences=0.55, phrases=0.35)
_FURTHER = _Bounds(words=0.5, sentences=0.5, phrases=0.12)


@dataclass(frozen=True, slots=True)
class _Telling:
    words: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    numbers: frozenset[str]


def split_glued(paragraph: str) -> list[str]:
    """Split a paragraph where the next telling was glued to it without a space: "... respectif.Les États-Unis ..."."""
    parts: list[str] = []
    start = 0
    for seam in _GLUE.finditer(paragraph):
        if seam.start() - start >= _LEAST_BESIDE_GLUE and len(paragraph) - seam.start() >= _LEAST_BESIDE_GLUE:
            parts.append(paragraph[start : seam.start()].strip())
            start = seam.start()
    return [*parts, paragraph[start:].strip()]


def first_tellings(paragraphs: Sequence[str]) -> tuple[list[str], int | None]:
    """Drop every paragraph that repeats or rewords earlier ones.

    Returns the paragraphs kept, and how many of them stand above the second telling of the whole story (None where only a paragraph
    or none is told twice). A paragraph with a number that does not stand above tells something new and stays.
    """
    if len(paragraphs) > _MOST_PARAGRAPHS:
        return list(paragraphs), None
    kept: list[str] = []
    earlier: list[_Telling] = []
    seam: int | None = None
    in_a_row = 0
    for paragraph in paragraphs:
        bounds = _FIRST if seam is None else _FURTHER
        told = _first_part(paragraph, earlier, bounds)
        if told:
            kept.append(told)
            earlier.append(_telling(told))
        in_a_row = 0 if told == paragraph else in_a_row + 1
        if in_a_row == _RUN and seam is None:
            seam = len(kept)
    return kept, seam


def _first_part(paragraph: str, earlier: Sequence[_Telling], bounds: _Bounds) -> str:
    """The paragraph without the parts of it that are retold; whole when none is, however it may be glued."""
    parts = split_glued(paragraph)
    new = [part for part in parts if not _is_retold(part, earlier, bounds)]
    return paragraph if len(new) == len(parts) else " ".join(new)


def sentences(paragraph: str) -> list[str]:
    """Split roughly into sentences: good enough to compare them."""
    return [sentence for sentence in _SENTENCE.split(paragraph) if sentence.strip()]


def _is_retold(paragraph: str, earlier: Sequence[_Telling], bounds: _Bounds) -> bool:
    telling = _telling(paragraph)
    if len(paragraph) >= _LEAST_REPEATED and any(telling == one for one in earlier):
        return True
    if len(telling.words) < _LEAST_WORDS or not earlier:
        return False
    if not telling.numbers <= frozenset().union(*(one.numbers for one in earlier)):
        return False
    known = frozenset().union(*(one.phrases for one in earlier))
    phrases = len(telling.phrases & known) / max(1, len(telling.phrases))
    return phrases >= bounds.phrases and _retold_sentences(paragraph, earlier, bounds.words) >= bounds.sentences


def _retold_sentences(paragraph: str, earlier: Sequence[_Telling], bound: float) -> float:
    """The share of the paragraph, by content words, in sentences whose words one earlier paragraph mostly has."""
    retold = total = 0
    for sentence in sentences(paragraph):
        words = frozenset(_content_words(sentence))
        total += len(words)
        if words and max(len(words & one.words) for one in earlier) >= bound * len(words):
            retold += len(words)
    return retold / total if total else 0.0


def _telling(paragraph: str) -> _Telling:
    words = _content_words(paragraph)
    phrases = frozenset(zip(words, words[1:], words[2:], strict=False))
    return _Telling(frozenset(words), phrases, frozenset(_NUMBER.findall(paragraph)))


def _content_words(text: str) -> list[str]:
    """Words of four letters or more, cut to their stem; pairs of signs where words are not spaced (kana endings left out)."""
    words: list[str] = []
    for match in _WORD.finditer(text.casefold()):
        run = match[0]
        if _IDEOGRAPHIC.match(run):
            words += [run[at : at + 2] for at in range(len(run) - 1) if not all("぀" <= sign <= "ゟ" for sign in run[at : at + 2])]
        elif len(run) >= 4 or run.isdigit():
            words.append(run[:_STEM])
    return words
