"""The rate of a duty told beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.reading.findings import Findings
    from models.reading.instruments import Anchor
    from models.reading.lexicon import Hit

_BEFORE = re.compile(r"(\d{1,4}(?:[.,٫]\d{1,2})?)\s*$")
_AFTER = re.compile(r"^\s*(\d{1,4}(?:[.,٫]\d{1,2})?)")


def find_rate(findings: Findings, anchor: Anchor, others: list[Anchor]) -> float | None:
    """Return the highest percentage that stands nearer to `anchor` than to any other instrument of the sentence."""
    rates = [_number_at(findings, sign) for sign in findings.of("percent") if findings.belongs(sign, anchor, others)]
    return max((rate for rate in rates if rate is not None), default=None)


def _number_at(findings: Findings, sign: Hit[str]) -> float | None:
    """The number before the percent sign, or after it where the language writes it so ("%25", "yüzde 25")."""
    text = findings.doc.text
    start = findings.doc[sign.start].idx
    last = findings.doc[sign.end - 1]
    found = _BEFORE.search(text[max(0, start - 10) : start]) or _AFTER.search(text[last.idx + len(last.text) :][:10])
    return float(found.group(1).replace(",", ".").replace("٫", ".")) if found else None
