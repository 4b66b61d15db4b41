"""What may fill a role of an event: every government, agency, firm, item, rate and date that an article names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from models.reading.rates import rates_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from spacy.tokens import Doc


class Sort(StrEnum):
    """What a candidate is; the order is part of a trained model."""

    GOVERNMENT = "government"
    ADJECTIVE = "adjective"
    TOWARD = "toward"
    PERSON = "person"
    AGENCY = "agency"
    COMPANY = "company"
    ITEM = "item"
    RATE = "rate"
    DATE = "date"


STANDS_FOR_A_GOVERNMENT = frozenset({Sort.GOVERNMENT, Sort.ADJECTIVE, Sort.TOWARD, Sort.PERSON, Sort.AGENCY, Sort.COMPANY})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of the text that may fill a role."""

    start: int
    end: int
    """Characters."""
    sort: Sort
    value: str
    """Item code, rate as a number, resolved date, or id of the agency, firm or person; the code for names of governments."""
    government: str | None = None
    """Code of the government that it stands for."""
    ahead: str | None = None
    """A date read as one to come: "on Friday" may be either."""


def candidates_of(doc: Doc, published: date | None) -> list[Candidate]:
    """Return all candidates of a document read by `models.reading.pipeline.read_document`, in order."""
    found = [*_names(doc), *_items(doc), *_rates(doc), *_dates(doc, published)]
    return sorted(found, key=lambda candidate: (candidate.start, candidate.end, candidate.sort, candidate.value))


def _names(doc: Doc) -> Iterator[Candidate]:
    for span in doc.spans["references"]:
        yield Candidate(span.start_char, span.end_char, Sort(span.label_), span.kb_id_, government=span._.government)


def _items(doc: Doc) -> Iterator[Candidate]:
    for span in doc.spans["items"]:
        yield Candidate(span.start_char, span.end_char, Sort.ITEM, span.label_)


def _rates(doc: Doc) -> Iterator[Candidate]:
    for start, end, rate in rates_of(doc):
        yield Candidate(start, end, Sort.RATE, f"{rate:g}")


def _dates(doc: Doc, published: date | None) -> Iterator[Candidate]:
    for span in doc.spans["dates"]:
        told = span._.partial.resolve(published)
        ahead = span._.partial.resolve(published, ahead=True)
        if told or ahead:
            yield Candidate(span.start_char, span.end_char, Sort.DATE, told or ahead, ahead=ahead or told)
