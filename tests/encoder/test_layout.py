"""Where sentences, candidates and events stand among an article's pieces."""

from __future__ import annotations

import numpy as np
import pytest

from models.encoder.layout import DISTANCES, MEASURES, distances, layout_of, measures
from models.encoder.passages import NO_SENTENCE, Passage, Piece


@pytest.fixture
def layout():
    """The text "Ban set. China acts.": a title of two pieces and a sentence of two, each in its passage, marks around."""
    first, second = Passage(), Passage()
    first.mark(0)
    first.add([Piece(5, 0, 3), Piece(6, 4, 8)], 0)
    first.mark(2)
    second.mark(0)
    second.add([Piece(5, 0, 3)], NO_SENTENCE)
    second.add([Piece(7, 9, 14), Piece(8, 15, 20)], 1)
    return layout_of([first, second])


def test_marks_and_context_are_left_out(layout):
    """What stands in a passage only to help the encoder is judged nowhere."""
    assert layout.sentence.tolist() == [0, 0, 1, 1]
    assert layout.of_passage.tolist() == [0, 0, 1, 1]
    assert layout.of_place.tolist() == [1, 2, 2, 3]


def test_each_piece_belongs_to_one_sentence(layout):
    """Membership is a partition."""
    assert layout.membership().tolist() == [[1, 1, 0, 0], [0, 0, 1, 1]]


def test_a_stretch_shares_its_weight_over_the_pieces_it_touches(layout):
    """A stretch that no piece covers weighs nothing and lies in no sentence."""
    spans = layout.spans([(4, 14), (9, 14), (30, 31)])
    assert spans.tolist() == [[0, 0.5, 0.5, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    assert layout.sentence_of(spans).tolist() == [0, 1, NO_SENTENCE]
    assert layout.centre_of(spans).tolist() == [1.5, 2.0, 0.0]


def test_no_stretch_gives_no_row(layout):
    """An article may name no candidate."""
    assert layout.spans([]).shape == (0, 4)


def test_distances_tell_sides_and_titles_apart():
    """Before, behind and the title are different kinds of distance."""
    told = distances(np.array([0, 3]), np.array([0, 1, 3, 9]))
    assert told.shape == (2, 4)
    assert len(set(told.ravel().tolist())) > 4
    assert told.max() < DISTANCES
    assert told[0, 1] == told[0, 3]  # from a title every sentence is as far
    assert told[1, 1] != told[1, 3]  # before, behind


def test_places_are_measured_within_a_sentence_only():
    """Across sentences the kind of distance says enough."""
    told = measures(np.array([4.0], np.float32), np.array([2.0, 8.0], np.float32), np.array([1]), np.array([1, 2]))
    assert told.shape == (1, 2, MEASURES)
    assert told[0, 0, 0] < 0  # it lies before
    assert not told[0, 1].any()
