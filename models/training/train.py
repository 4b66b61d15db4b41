"""Trains the reader's network on the corpus: `python -m models.training.train BASE OUT`.

Seeded, on the CPU, with every setting in hyperparameters.toml. BASE is what `models.training.base` wrote; OUT is a `transformers` folder.
"""

from __future__ import annotations

import argparse
import logging
import random
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModel

from config.files import Settled, read_toml
from config.taxonomy import load_taxonomy
from models.encoder.network import EventConfig, EventModel
from models.training.articles import CORPUS, ENTITY_TYPES, read_corpus
from models.training.examples import Classes, Example, example_of
from models.training.losses import losses_of
from models.training.split import held_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

log = logging.getLogger(__name__)
_ROUND = 16
"""Lengths are padded to multiples of this: kernels are chosen anew for every new length."""


class Rates(Settled):
    """Learning rates."""

    encoder: float
    heads: float
    layer_decay: float
    warmup: float
    weight_decay: float


class Sizes(Settled):
    """Sizes of the heads."""

    width: int
    dropout: float


class Masking(Settled):
    """Shares of what is hidden in training."""

    names: float
    pieces: float


class Hyperparameters(Settled):
    """All settings of a training run."""

    seed: int
    epochs: int
    batch: int
    threads: int
    rates: Rates
    network: Sizes
    losses: dict[str, float]
    masking: Masking


def new_model(base: Path, sizes: Sizes) -> EventModel:
    """Return a network with the encoder of a `transformers` folder and fresh heads."""
    taxonomy = load_taxonomy()
    encoder = AutoModel.from_pretrained(base, add_pooling_layer=False)
    config = EventConfig(
        AutoConfig.from_pretrained(base).to_dict(),
        tuple(taxonomy.instruments),
        tuple(taxonomy.statuses),
        tuple(taxonomy.items),
        ENTITY_TYPES,
        sizes.width,
        sizes.dropout,
    )
    model = EventModel(config)
    model.encoder.load_state_dict(encoder.state_dict())
    return frozen(model)


def frozen(model: EventModel) -> EventModel:
    """Hold the embeddings still: they are most of the weights, and stay as they are packed."""
    for parameter in model.encoder.embeddings.parameters():
        parameter.requires_grad = False
    return model


def encoded(model: EventModel, examples: Sequence[Example], hidden: Sequence[list[list[int]]]) -> list[Tensor]:
    """Return the states (T, hidden) of each article's pieces; `hidden` are the passages' numbers, some of them masked."""
    rows = [numbers for passages in hidden for numbers in passages]
    length = -(-max(map(len, rows)) // _ROUND) * _ROUND
    ids = torch.full((len(rows), length), model.encoder.config.pad_token_id)
    mask = torch.zeros((len(rows), length), dtype=torch.long)
    for place, numbers in enumerate(rows):
        ids[place, : len(numbers)] = torch.tensor(numbers)
        mask[place, : len(numbers)] = 1
    states = model.encode(ids, mask)
    found, first = [], 0
    for example in examples:
        layout = example.layout
        found.append(states[torch.from_numpy(layout.of_passage + first), torch.from_numpy(layout.of_place)])
        first += len(example.passages)
    return found


def masked(example: Example, mask: int, masking: Masking, chance: random.Random) -> list[list[int]]:
    """Return the numbers of an article's passages with some names and pieces hidden, a name wherever it stands."""
    numbers = [list(passage.numbers) for passage in example.passages]
    layout = example.layout
    hidden = {value: chance.random() < masking.names for value in sorted({candidate.value for candidate in example.candidates})}
    spans = [(candidate.start, candidate.end) for candidate in example.candidates if candidate.government and hidden[candidate.value]]
    covered = layout.spans(spans).any(0)
    for place in np.flatnonzero(covered).tolist():
        numbers[layout.of_passage[place]][layout.of_place[place]] = mask
    for passage in numbers:
        for place in range(1, len(passage)):
            if chance.random() < masking.pieces:
                passage[place] = mask
    return numbers


def batches(examples: Sequence[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Yield the examples in random order, those of like length together, about `size` passages at a time."""
    order = sorted(examples, key=lambda example: max(len(passage.numbers) for passage in example.passages) + chance.uniform(0, 24))
    found: list[list[Example]] = [[]]
    for example in order:
        if sum(len(told.passages) for told in found[-1]) + len(example.passages) > size and found[-1]:
            found.append([])
        found[-1].append(example)
    chance.shuffle(found)
    yield from found


def parameter_groups(model: EventModel, rates: Rates) -> list[dict[str, object]]:
    """Return the parameters with their learning rates: heads learn fast, lower layers less than upper ones."""
    layers = model.encoder.config.num_hidden_layers
    groups: dict[float, list[torch.nn.Parameter]] = defaultdict(list)
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("encoder."):
            layer = int(name.split(".layer.")[1].split(".")[0]) if ".layer." in name else 0
            groups[rates.encoder * rates.layer_decay ** (layers - 1 - layer)].append(parameter)
        else:
            groups[rates.heads].append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in groups.items()]


def train(model: EventModel, examples: Sequence[Example], tokenizer: Tokenizer, settings: Hyperparameters) -> Iterator[int]:
    """Train; yields the number of each epoch as it ends, so that a caller can measure and keep."""
    chance = random.Random(settings.seed)  # noqa: S311 - no secret
    optimizer = torch.optim.AdamW(parameter_groups(model, settings.rates), weight_decay=settings.rates.weight_decay)
    steps = settings.epochs * sum(1 for _ in batches(examples, settings.batch, random.Random(0)))  # noqa: S311 - counting
    warm = max(1, int(settings.rates.warmup * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / warm, max(0.01, (steps - step) / (steps - warm)))
    )
    mask = tokenizer.token_to_id("<mask>")
    begun, done = time.monotonic(), 0
    for epoch in range(settings.epochs):
        model.train()
        sums: dict[str, float] = defaultdict(float)
        counts: dict[str, float] = defaultdict(float)
        for batch in batches(examples, settings.batch, chance):
            loss = _batch_loss(model, batch, [masked(example, mask, settings.masking, chance) for example in batch], settings, sums, counts)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            if done % 25 == 0:
                told = " ".join(f"{name} {sums[name] / max(1, counts[name]):.3f}" for name in sums)
                log.info("epoch %d step %d of about %d, %.0f s: %s", epoch + 1, done, steps, time.monotonic() - begun, told)
        yield epoch + 1


def _batch_loss(
    model: EventModel,
    batch: list[Example],
    hidden: list[list[list[int]]],
    settings: Hyperparameters,
    sums: dict[str, float],
    counts: dict[str, float],
) -> Tensor:
    parts: dict[str, list[Tensor]] = defaultdict(list)
    judged: dict[str, int] = defaultdict(int)
    for states, example in zip(encoded(model, batch, hidden), batch, strict=True):
        found = losses_of(model, states, example)
        for name, value in found.sums.items():
            parts[name].append(value)
            judged[name] += found.counts[name]
    means = {name: torch.stack(values).sum() / max(1, judged[name]) for name, values in parts.items()}
    for name, mean in means.items():
        sums[name] += float(mean.detach()) * judged[name]
        counts[name] += judged[name]
    return torch.stack([settings.losses[name] * mean for name, mean in means.items()]).sum()


def main() -> None:
    """Train on what is not held back, and save after every epoch."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--resume", type=Path, help="a folder that training wrote, to train on from")
    parser.add_argument("--settings", type=Path, default=Path(__file__).parent / "hyperparameters.toml")
    told = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = read_toml(told.settings, Hyperparameters)
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    model = frozen(EventModel.from_pretrained(told.resume)) if told.resume else new_model(told.base, settings.network)
    tokenizer = Tokenizer.from_file(str(told.base / "tokenizer.json"))
    classes = Classes(model.config.instruments, model.config.statuses, model.config.items, model.config.tags)
    corpus = read_corpus(sorted((CORPUS / "articles").glob("*.jsonl")))
    examples = [example_of(article, tokenizer, classes) for article in corpus if not held_back(article)]
    log.info("%d articles, %d pieces", len(examples), sum(len(example.layout.start) for example in examples))
    for epoch in train(model, examples, tokenizer, settings):
        model.save_pretrained(told.out)
        log.info("epoch %d kept in %s", epoch, told.out)


if __name__ == "__main__":
    main()
