"""Figures, intervals, confusion and examples, on articles few enough to reckon by hand."""

from __future__ import annotations

import math
import time

import pytest

from models.evaluation.annotation import Row
from models.evaluation.examples import Fault, choose, failures
from models.evaluation.report import Entry, Gold, report
from models.evaluation.scorecard import Scorecard, score
from tests.evaluation.conftest import event, row

Rows = dict[str, Row]


@pytest.fixture
def card(gold: Rows, read: Rows) -> Scorecard:
    """The figures of the reading."""
    return score("test-1", gold, read)


def test_all_languages_instruments_and_statuses_have_their_figures(card: Scorecard) -> None:
    """3 of 5 events are matched, 4 were read; by status a match counts only at the right stage."""
    assert card.overall.told("event") == pytest.approx(2 * 3 / 9, abs=0.001)
    assert card.overall.told("status") == pytest.approx(2 / 3, abs=0.001)
    assert {name: one.told("event_r") for name, one in card.tables["lang"].items()} == {"en": 1.0, "fr": 0.333}
    instruments = card.tables["instrument"]
    assert (instruments["import_tariff"].told("precision"), instruments["import_tariff"].told("recall")) == (0.667, 1.0)
    assert (instruments["export_ban"].told("precision"), instruments["export_ban"].told("recall")) == (1.0, 0.5)
    assert (instruments["negotiation"].told("precision"), instruments["negotiation"].told("recall")) == (None, 0.0)
    statuses = card.tables["status"]
    assert (statuses["in_force"].told("precision"), statuses["in_force"].told("recall")) == (0.5, 0.333)
    assert (statuses["announced"].told("recall"), statuses["considered"].told("precision")) == (0.0, 0.0)


def test_the_confusion_counts_matched_events_by_both_statuses(card: Scorecard) -> None:
    """What was missed or invented is not in it."""
    assert card.confusion == {("in_force", "in_force"): 1, ("announced", "considered"): 1, ("lifted", "lifted"): 1}


def test_an_interval_holds_its_figure_and_is_the_same_every_time(gold: Rows, read: Rows, card: Scorecard) -> None:
    """Seeded; every figure that is a share has one, counts have none."""
    again = score("test-1", gold, read)
    for key, table in card.tables.items():
        for name, one in table.items():
            assert again.tables[key][name].bounds == one.bounds
            assert "articles" not in one.bounds
            assert "gold_events" not in one.bounds
            for figure, (low, high) in one.bounds.items():
                assert low <= one.values[figure] <= high, (key, name, figure)
    assert {"event", "status", "date", "timeline"} <= set(card.overall.bounds)


def test_more_articles_make_an_interval_narrower(gold: Rows, read: Rows, card: Scorecard) -> None:
    """A hundred times as many: about a tenth as wide."""
    many = {f"{name}{copy}": one for name, one in gold.items() for copy in range(100)}
    found = {f"{name}{copy}": one for name, one in read.items() for copy in range(100)}
    began = time.perf_counter()
    wide, narrow = card.overall.bounds["event"], score("test-1", many, found).overall.bounds["event"]
    assert 0.05 < (narrow[1] - narrow[0]) / (wide[1] - wide[0]) < 0.2
    assert time.perf_counter() - began < 5


def test_a_reading_without_error_leaves_nothing_to_chance(gold: Rows) -> None:
    """All figures are one, and so are the ends of their intervals."""
    card = score("test-1", gold, gold)
    assert card.overall.told("timeline") == 1.0
    assert card.overall.bounds["timeline"] == (1.0, 1.0)
    assert not list(failures(gold, gold))


def test_nothing_annotated_and_nothing_read_has_no_figure() -> None:
    """There is nothing to divide by."""
    card = score("test-1", {"d": row("d")}, {})
    assert math.isnan(card.overall.values["event"])
    assert "event" not in card.overall.bounds
    assert card.overall.told("event") is None


def test_failures_are_told_with_what_was_expected_and_the_words_of_the_article(gold: Rows, read: Rows) -> None:
    """Missed, invented, and right but for a field."""
    told = {(one.fault, one.instrument, one.article): one.told for one in failures(gold, read)}
    assert told == {
        (Fault.WRONG_FIELD, "import_tariff", "a"): "status considered for announced",
        (Fault.MISSED, "export_ban", "b"): "in_force US → CN (steel) 2022",
        (Fault.MISSED, "negotiation", "c"): "in_force US CN (steel) 2023-07-04",
        (Fault.INVENTED, "import_tariff", "d"): "in_force US → CN (steel) 2023-07-04",
    }


def test_examples_are_few_and_of_different_articles() -> None:
    """Two of a kind, however many there are."""
    gold = {name: row(name, event(), event(issuers=["JP"])) for name in "abcdef"}
    (chosen,) = choose(failures(gold, {}), 2)["import_tariff"].values()
    assert len({one.article for one in chosen}) == len(chosen) == 2


def test_the_report_is_markdown_that_a_quote_cannot_break(gold: Rows, read: Rows, card: Scorecard) -> None:
    """Every table has as many cells in each line, and what strangers wrote stays text."""
    entries = [Entry(card, read, articles_per_second=12.3456, peak_bytes=450_000_000), Entry(score("other-1", gold, {}), {})]
    page = report(Gold("gold.jsonl", "0" * 64, gold), entries)
    assert "| test-1 | " in page
    assert "| 12.3 | 450 MB |" in page
    assert "| other-1 | " in page
    assert "tax on \\<steel\\> \\| \\*now\\*." in page
    widths = [[line.count("|") for line in block.splitlines()] for block in page.split("\n\n") if block.startswith("| ")]
    assert len(widths) == 9
    assert all(len(set(counts)) == 1 for counts in widths)
    assert "| **announced** | 1 |  |  |  | 1 |" in page
