"""What surrounds an article on its page: share bars, bylines, captions, boxes, teasers, breadcrumbs, readers' comments."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from config.cleaning import load_frame

_SHORT = 120
"""Characters up to which a paragraph may be a label, a byline or a heading."""
_BOX = 320
"""Characters up to which a paragraph may be a newsletter box or a cookie notice."""
_ENDS = ".!?…。！？؟।॥:：;"
_CLOSERS = "»«”“‟\"’‘')]）」』* "
_SIGNATURE = re.compile(r"\s*(?:[(\[（【][^()\[\]（）【】]{1,80}[)\]）】]|[/–—]\s?\w{2,4})\s*$")
"""Initials, agency or names after the last full stop: "(dpa)", "/ ab"."""
_TRAIL = re.compile(r"\s+[»›>→/]\s+|\s*[›→]\s*|\s+::\s+")
"""A "»" that touches a word closes a quote."""
_ARROW = re.compile(r"[»›>→]")
"""What separates the steps of a trail that does not begin with "Home"; slashes and colons stand in titles too."""
_PARTS = re.compile(r"\s*[|·•/,;–—\n\t]\s*|\s{2,}|\s+-\s+")
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,2}|\d{1,2}[-./ ]{1,2}\d{1,2}[-./ ]{1,2}(?:19|20)\d\d"
    r"|\d{1,2}\.?\s(?:\w|[\u0900-\u097f]){3,12}\.?,?\s(?:de\s)?(?:19|20)\d\d|[^\W\d]{3,12}\.?\s\d{1,2},?\s(?:19|20)\d\d"
)
_CASED = re.compile(r"[^\W\d_]")


def ends_sentence(paragraph: str) -> bool:
    """Whether `paragraph` ends like a sentence, in any script; closing quotes and brackets do not count."""
    bare = (text.rstrip(_CLOSERS) for text in (paragraph, _SIGNATURE.sub("", paragraph)))
    return any(text and text[-1] in _ENDS for text in bare)


def breadcrumb(line: str) -> list[str]:
    """Return the steps of a breadcrumb trail such as "Home » News » Title"; no steps when `line` is no trail."""
    steps = [step.strip() for step in _TRAIL.split(line) if step.strip()]
    short = sum(1 for _ in takewhile(lambda step: len(step) <= 40, steps))
    starts_home = bool(steps) and _matches("home", steps[0], whole=True)
    if len(steps) >= 3 and short >= len(steps) - 1 and _ARROW.search(line) and not ends_sentence(line):
        return steps
    return steps if starts_home and len(steps) >= 2 else []


def is_label(line: str) -> bool:
    """Whether `line` is a share bar, a button or another label and nothing else."""
    if len(line) > 2 * _SHORT:
        return False
    parts = [part for part in _PARTS.split(line) if part.strip()]
    words = line.split()
    return all(_is_button(part) for part in parts) or (len(words) > 1 and all(_is_button(word) for word in words))


def is_box(paragraph: str) -> bool:
    """Whether `paragraph` is a newsletter box, a cookie notice, a copyright line or the like."""
    return len(paragraph) <= _BOX and _matches("opening", paragraph)


def is_credit(line: str) -> bool:
    """Whether `line` does nothing but credit a picture."""
    return len(line) <= _SHORT and (_matches("caption", line) and not _has_sentences(line))


def is_byline(line: str) -> bool:
    """Whether `line`, near the top or the end of an article, only names author, desk or time."""
    if len(line) > _SHORT or ends_sentence(line):
        return False
    if len(line) <= 60 and _DATE.search(line) and len(_DATE.sub("", line)) <= 25:
        return True
    match = _pattern("byline").match(_plain(line))
    return match is not None and _is_named(_plain(line, fold=False)[match.end() :])


def is_related_heading(line: str) -> bool:
    """Whether `line` heads a list of other articles."""
    return len(line) <= _SHORT and _matches("related", line.rstrip(" :："), whole=True)


def is_related_line(line: str) -> bool:
    """Whether `line` itself names another article: "Read also: ..."."""
    if len(line) > 2 * _SHORT or (match := _pattern("related").match(_plain(line))) is None:
        return False
    rest = _plain(line)[match.end() :].lstrip()
    return rest[:1] in set(":：|–—-»>") if rest else False


def is_teaser(line: str) -> bool:
    """Whether `line` below a heading of related articles can be one of their titles."""
    return len(line) <= 1.5 * _SHORT and not ends_sentence(line)


def starts_comments(line: str) -> bool:
    """Whether `line` heads the readers' comments: "2 thoughts on ...", "Leave a comment"."""
    if len(line) > 2 * _SHORT or (match := _pattern("comments").match(_plain(line))) is None:
        return False
    rest = _plain(line)[match.end() :].strip(" :.")
    return not rest or rest[0] in '“"„«『「([|–—'


def _is_button(part: str) -> bool:
    plain = _plain(part)
    if not plain or plain.isdigit() or plain in load_frame().networks:
        return True
    match = _pattern("whole").match(plain)
    return match is not None and (match.end() == len(plain) or plain[match.end() :].strip() in load_frame().networks)


def _is_named(rest: str) -> bool:
    """Whether what follows "By" is a name, a time or nothing: in cased scripts most words begin with a capital."""
    words: list[str] = [word for word in re.findall(r"[\w.'’-]+", rest) if len(word) > 2]
    cased = [word for word in words if word[0].lower() != word[0].upper()]
    if not words or any(sign.isdigit() for sign in rest):
        return True
    if not cased:
        return len(rest) <= 30
    return sum(word[0].isupper() for word in cased) >= 0.6 * len(cased)


def _has_sentences(line: str) -> bool:
    return len(re.findall(r"[.!?。]\s+\w", line)) > 0 and len(line) > _SHORT // 2


def _matches(kind: str, line: str, *, whole: bool = False) -> bool:
    plain = _plain(line)
    match = _pattern(kind).match(plain)
    return match is not None and (not whole or match.end() == len(plain))


def _plain(line: str, *, fold: bool = True) -> str:
    """The line without signs around it and with single spaces; in lower case, keeping its length, unless `fold` is off."""
    text = re.sub(r"\s+", " ", line.replace("’", "'")).strip(" \t#*_>|·•►▶▼→←-–—✉✕×…")
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text) if fold else text


@lru_cache(maxsize=8)
def _pattern(kind: str) -> re.Pattern[str]:
    """All phrases of one kind, longest first; "#" is any number; a phrase in spaced writing ends where a word ends."""
    phrases = sorted(load_frame().all(kind), key=len, reverse=True)
    return re.compile("|".join(_expression(phrase) for phrase in phrases))


def _expression(phrase: str) -> str:
    expression = re.escape(phrase).replace(r"\#", r"\d[\d.,  ]*").replace("#", r"\d[\d.,  ]*")
    spaced = phrase[-1].isalnum() and not re.match(r"[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7a3]", phrase[-1])
    return expression + (r"(?![\w\u0900-\u0963])" if spaced else "")
