"""Rows of the timeline in words: who, whom, what, at which stage, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from config.taxonomy import load_taxonomy
from flows.digest.records import Line, Quote
from flows.digest.strangers import one_line, safe_link, shortened
from models.consolidation.days import written
from models.consolidation.titles import government_name

Row = dict[str, Any]

MOST_NAMES = 4
"""Names of one kind that a line has room for."""
LONGEST_NAME = 80
LONGEST_QUOTE = 280
"""Columns: about three lines of print."""
SHORT_ID = 8
"""Characters of an event's id that a reader needs to type."""


def line_of(row: Row, evidence: Row | None) -> Line:
    """Return the line of an event: `row` of the query digest or of the timeline, `evidence` of the query best_evidence."""
    return Line(row["event_id"], headline_of(row), tuple(_facts(row)), quote_of(evidence) if evidence else None)


def headline_of(row: Row) -> str:
    """Return who does what, such as "China: export controls on gallium, germanium"."""
    what = instrument_label(row["instrument"])
    if row["items"]:
        what += " on " + listed([item.replace("_", " ") for item in row["items"]])
    if row["firms"]:
        what += f" ({listed(row['firms'])})"
    return f"{issuers_of(row)}: {what}"


def issuers_of(row: Row) -> str:
    """Return who acts, by English names."""
    return " and ".join(map(_government, row["issuers"])) or "Unknown issuer"


def told_date(day: date | None, precision: str | None) -> str:
    """Return a date at the precision known: a month stays a month, unknown is "unknown"."""
    return "unknown" if day is None else written(day, precision)


def listed(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    shown = ", ".join(shortened(one_line(name), LONGEST_NAME) for name in names[:MOST_NAMES])
    return f"{shown} and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else shown


def instrument_label(instrument: str) -> str:
    """Return the English name of an instrument; one that this release does not know stands for itself."""
    known = load_taxonomy().instruments.get(instrument)
    return known.label if known else one_line(instrument).replace("_", " ")


def status_label(status: str) -> str:
    """Return the English name of a stage; one that this release does not know stands for itself."""
    known = load_taxonomy().statuses.get(status)
    return known.label if known else one_line(status).replace("_", " ")


def quote_of(evidence: Row, limit: int = LONGEST_QUOTE) -> Quote:
    """Return the words that tell an event, at most `limit` columns of them."""
    published = evidence["published_at"]
    language = language_of(evidence["language"])
    return Quote(
        text=shortened(one_line(evidence["quote"]), limit),
        language=language.code,
        language_name=language.name,
        direction="rtl" if language.is_rtl else "ltr",
        publisher=shortened(one_line(evidence["publisher"]), LONGEST_NAME),
        published=published.date().isoformat() if published else "",
        url=safe_link(evidence["url"]),
    )


@dataclass(frozen=True, slots=True)
class LanguageTold:
    """How a language is named, and which way it runs."""

    code: str
    name: str
    is_rtl: bool


@cache
def language_of(code: str) -> LanguageTold:
    """Return the English name and the direction of an ISO 639-1 code; what is none is "und", undetermined, as BCP 47 has it."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return LanguageTold("und", "Unknown language", is_rtl=False)
    return LanguageTold(locale.language, locale.get_language_name("en") or code, is_rtl=locale.character_order == "right-to-left")


def _facts(row: Row) -> list[tuple[str, str]]:
    """Label and value of all that is known; what is not known is left out, unless it was known before."""
    changes = row.get("changes") or ()
    dated = told_date(row["event_date"], row["event_date_precision"])
    effective = told_date(row["effective_date"], row["effective_date_precision"])
    if "date changed" in changes:
        dated = _with_former(dated, told_date(row["before_event_date"], row["before_event_date_precision"]))
        effective = _with_former(effective, told_date(row["before_effective_date"], row["before_effective_date_precision"]))
    facts = [
        ("By", listed(row["issuer_bodies"])),
        ("Against", listed(list(map(_government, row["targets"])))),
        ("Stage", _stage(row, changes)),
        ("Date", dated),
        ("Effective", "" if effective == "unknown" else effective),
        ("Rate", _rate(row, changes)),
        ("Legal basis", listed(row["legal_documents"])),
        ("Independent voices", _voices(row, changes)),
        ("Confidence", f"{row['confidence']:.0%}"),
        ("Event", row["event_id"][:SHORT_ID]),
    ]
    return [(label, value) for label, value in facts if value]


def _stage(row: Row, changes: Sequence[str]) -> str:
    stage = status_label(row["status"])
    if "withdrawn" in changes:
        return f"{stage}; withdrawn: no article tells it any more"
    if "stage changed" in changes and row["before_status"]:
        return _with_former(stage, status_label(row["before_status"]))
    return stage


def _rate(row: Row, changes: Sequence[str]) -> str:
    rate = _per_cent(row["rate_pct"])
    if "rate changed" in changes:
        return _with_former(rate or "unknown", _per_cent(row["before_rate_pct"]) or "unknown")
    return rate


def _voices(row: Row, changes: Sequence[str]) -> str:
    voices = str(row["owner_count"])
    if "corroborated" in changes:
        voices = _with_former(voices, str(row["before_owner_count"]))
    return f"{voices}, one of them official" if row["official_source"] else voices


def _with_former(now: str, before: str) -> str:
    return now if now == before else f"{now} (was {before})"


def _per_cent(rate: float | None) -> str:
    return "" if rate is None else f"{rate:g}%"


def _government(code: str) -> str:
    return one_line(government_name(code))
