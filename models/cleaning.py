"""An article's own words: what is left of a page's text when its frame, its comments and its retellings are gone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.frame import (
    breadcrumb,
    ends_sentence,
    is_box,
    is_byline,
    is_credit,
    is_label,
    is_related_heading,
    is_related_line,
    is_teaser,
    starts_comments,
)
from models.language import foreign_to
from models.repetition import first_tellings, sentences

_EDGE = 4
"""Paragraphs from the top or the end among which bylines and repeated titles are looked for."""
_TEASERS = 8
"""Titles that a list of related articles has at most."""
_BODY = 300
"""Bytes of text that must stand above readers' comments; bytes, because ideographs say more in fewer signs."""
_FOREIGN_SHARE = 0.3
"""A foreign tail longer than this share of the text is no stray comment but the other half of a bilingual page."""
_ATTRIBUTED = re.compile(r"[”“»\"」』][^.!?。！？]{0,60}$")
"""A quotation and who said it, which many end without a full stop."""
_HEADING = 100
"""Characters up to which an unfinished line within the text may be a heading."""
_TELLING = 80
"""Characters from which on a paragraph's language can be told."""
_HARD_WRAP = range(45, 101)
"""Usual lengths of lines in hard-wrapped text files."""
_CUT_MARK = re.compile(r"\s*(?:\[(?:…|\.{3})\]|\((?:…|\.{3})\))\s*$")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Soft hyphens and zero-width spaces: layout that hides words from every search."""
_NUMBERED = re.compile(r"^\s*\d{1,3}[.)]\s")


def clean(title: str, body: str, language: str) -> tuple[str, str]:
    """Return title and body without what is not the article's own telling.

    Gone are breadcrumbs, share bars, bylines, captions, boxes, teasers of other articles, readers' comments (in any language), the
    title repeated, the story told a second time in other words, and a sentence cut off at the end. An ordinary article comes back
    as it is. Paragraphs of the result are separated by blank lines; it may be empty.
    """
    title = clean_title(title)
    paragraphs = _without_comments(split_paragraphs(body.translate(_INVISIBLE)))
    paragraphs = _without_teasers(paragraphs)
    paragraphs = [paragraph for paragraph in paragraphs if not (is_label(paragraph) or is_box(paragraph) or is_credit(paragraph))]
    paragraphs = _without_edges(paragraphs, title)
    paragraphs, seam = first_tellings(paragraphs)
    paragraphs = _without_foreign_tail(paragraphs, language)
    return title, "\n\n".join(_without_cut_sentences(paragraphs, seam))


def clean_title(title: str) -> str:
    """Return `title` on one line and without the breadcrumb trail that leads to it."""
    line = _on_one_line(title.translate(_INVISIBLE))
    steps = breadcrumb(line)
    return steps[-1] if steps else line


def split_paragraphs(body: str) -> list[str]:
    """Split at blank lines; lines within a block are paragraphs too, unless the text is hard-wrapped."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", body.replace("\r\n", "\n").replace("\r", "\n"))]
    parts = blocks if _is_hard_wrapped(blocks) else [line for block in blocks for line in block.split("\n")]
    return [_on_one_line(part) for part in parts if part.strip()]


def _on_one_line(text: str) -> str:
    """Single plain spaces; no-break spaces stay, for they belong to the spelling of French and of numbers."""
    return re.sub(r"[ \t\n\r\f\v\x1c-\x1f]+", " ", text).strip()


def _is_hard_wrapped(blocks: Sequence[str]) -> bool:
    """Whether most lines with another below them in their block are of one length and end in mid-sentence."""
    inner = [line.strip() for block in blocks for line in block.split("\n")[:-1]]
    wrapped = sum(len(line) in _HARD_WRAP and not ends_sentence(line) for line in inner)
    return bool(inner) and wrapped >= 0.6 * len(inner)


def _without_comments(paragraphs: list[str]) -> list[str]:
    """Cut at the heading of the readers' comments; such a line above the text is a mere button."""
    kept: list[str] = []
    length = 0
    for paragraph in paragraphs:
        if starts_comments(paragraph):
            if length >= _BODY:
                break
            continue
        kept.append(paragraph)
        length += len(paragraph.encode()) if ends_sentence(paragraph) else 0
    return kept


def _without_teasers(paragraphs: Sequence[str]) -> list[str]:
    kept: list[str] = []
    teasers = 0
    for paragraph in paragraphs:
        if is_related_heading(paragraph):
            teasers = _TEASERS
        elif is_related_line(paragraph):
            teasers = 0
        elif teasers and is_teaser(paragraph):
            teasers -= 1
        else:
            teasers = 0
            kept.append(paragraph)
    return kept


def _without_edges(paragraphs: Sequence[str], title: str) -> list[str]:
    """Drop breadcrumbs and the repeated title near the top, and bylines near the top and the end."""
    kept = []
    for index, paragraph in enumerate(paragraphs):
        near_top, near_end = index < _EDGE, index >= len(paragraphs) - 2
        if near_top and (_same_words(paragraph, title) or breadcrumb(paragraph)):
            continue
        if (near_top or near_end) and is_byline(paragraph):
            continue
        kept.append(paragraph)
    return kept


def _same_words(one: str, other: str) -> bool:
    first, second = (re.sub(r"[\W_]+", "", text).casefold() for text in (one, other))
    return bool(first) and first == second


def _without_foreign_tail(paragraphs: list[str], language: str) -> list[str]:
    """Drop the last paragraphs when they are in another language, as readers' comments are; and numbered ones anywhere."""
    foreign = [foreign_to(paragraph, language) for paragraph in paragraphs]
    own = (index for index, text in enumerate(paragraphs) if not foreign[index] and len(text) >= _TELLING)
    last = max(own, default=-1)  # of shorter ones the language cannot be told
    tail = next((index for index, strange in enumerate(foreign) if strange and index > last), len(paragraphs))
    kept = [text for index, text in enumerate(paragraphs[:tail]) if not (foreign[index] and _NUMBERED.match(text))]
    return kept if _length(kept) >= (1 - _FOREIGN_SHARE) * _length(paragraphs) else paragraphs


def _length(paragraphs: Sequence[str]) -> int:
    return sum(map(len, paragraphs))


def _without_cut_sentences(paragraphs: Sequence[str], seam: int | None) -> list[str]:
    """Drop the unfinished sentence at the end of the text, and of the paragraphs below the seam of a second telling.

    Where most paragraphs end without a full stop, the writer does not use them, and nothing is cut off.
    """
    finished = [ends_sentence(paragraph) for paragraph in paragraphs]
    if len(paragraphs) < 2 or sum(finished) < len(paragraphs) / 2:
        return list(paragraphs)
    kept = []
    for index, paragraph in enumerate(paragraphs):
        last, below = index == len(paragraphs) - 1, seam is not None and index >= seam
        cut = _CUT_MARK.search(paragraph) or (
            (last or (below and len(paragraph) > _HEADING)) and not (finished[index] or _ATTRIBUTED.search(paragraph))
        )
        text = _finished_part(paragraph) if cut else paragraph
        if text:
            kept.append(text)
    return kept


def _finished_part(paragraph: str) -> str:
    """The paragraph up to the end of its last whole sentence."""
    whole = [sentence for sentence in sentences(_CUT_MARK.sub("", paragraph)) if ends_sentence(sentence)]
    end = paragraph.rfind(whole[-1]) + len(whole[-1]) if whole else 0
    rest = paragraph[end:]
    return paragraph[: end + len(rest) - len(rest.lstrip("»”“\"’')]）」』"))].rstrip()
