"""What may fill a role: everything of a kind that the text names, with its value."""

from __future__ import annotations

from datetime import date

import pytest

from models.encoder.candidates import Sort, candidates_of
from models.reading.pipeline import read_document

PUBLISHED = date(2025, 2, 5)
TEXT = "China answers\n\nOn Tuesday Beijing put a 15% duty on coal from the United States, and the Ministry of Commerce listed Illumina."


@pytest.fixture(scope="module")
def found():
    """The candidates of one short article."""
    return candidates_of(read_document(TEXT, "en", PUBLISHED), PUBLISHED)


@pytest.mark.parametrize(
    ("sort", "words", "value"),
    [
        (Sort.GOVERNMENT, "Beijing", "CN"),
        (Sort.GOVERNMENT, "United States", "US"),
        (Sort.RATE, "15%", "15"),
        (Sort.ITEM, "coal", "coal"),
        (Sort.DATE, "On Tuesday", "2025-02-04"),
    ],
)
def test_what_the_text_names_is_offered_with_its_value(found, sort, words, value):
    """Governments, goods, rates and dates are found by what is exact."""
    offered = {(candidate.sort, candidate.value) for candidate in found if TEXT[candidate.start : candidate.end] in words}
    assert (sort, value) in offered


def test_a_date_is_offered_as_past_and_as_to_come(found):
    """The network chooses which of the two is meant."""
    day = next(candidate for candidate in found if candidate.sort is Sort.DATE)
    assert (day.value, day.ahead) == ("2025-02-04", "2025-02-11")


def test_candidates_come_in_the_order_of_the_text(found):
    """The order is part of what a reading repeats."""
    assert [candidate.start for candidate in found] == sorted(candidate.start for candidate in found)
