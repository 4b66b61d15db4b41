"""Rates of duty: every percentage of a text, and the one told beside an action."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from models.reading.findings import Findings
    from models.reading.instruments import Anchor
    from models.reading.lexicon import Hit

_BEFORE = re.compile(r"(\d{1,4}(?:[.,٫]\d{1,2})?)\s*$")
_AFTER = re.compile(r"^\s*(\d{1,4}(?:[.,٫]\d{1,2})?)")


def rates_of(doc: Doc) -> Iterator[tuple[int, int, float]]:
    """Yield every percentage of a document: the characters of number and sign, and the number."""
    for sign in doc.spans["ideas"]:
        if sign.label_ == "percent" and (told := _told_at(doc, sign.start, sign.end)):
            yield told


def find_rate(findings: Findings, anchor: Anchor, others: list[Anchor]) -> float | None:
    """Return the highest percentage that stands nearer to `anchor` than to any other instrument of the sentence."""
    rates = [_number_at(findings, sign) for sign in findings.of("percent") if findings.belongs(sign, anchor, others)]
    return max((rate for rate in rates if rate is not None), default=None)


def _number_at(findings: Findings, sign: Hit[str]) -> float | None:
    told = _told_at(findings.doc, sign.start, sign.end)
    return told[2] if told else None


def _told_at(doc: Doc, first: int, last: int) -> tuple[int, int, float] | None:
    """The number before the percent sign (tokens `first` to `last`), or after it where the language writes it so ("%25", "yüzde 25")."""
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1].text)
    if before := _BEFORE.search(doc.text[max(0, start - 10) : start]):
        return start - len(before.group()), end, _number(before.group(1))
    if after := _AFTER.search(doc.text[end : end + 10]):
        return start, end + after.end(), _number(after.group(1))
    return None


def _number(told: str) -> float:
    return float(told.replace(",", ".").replace("٫", "."))
